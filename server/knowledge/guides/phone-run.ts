import type { PhonePrompt } from '../../../protocol';
import type { Ctx } from '../../kernel';
import { runById, standing, type GuideRunDoc } from './guide-run.model';
import { meantBy, phonePrompt, phoneTries } from './phone-step';
import { placeOf } from './place-of';
import { answerRun } from './run-guide';
import { choicesOf } from './understand';

/** What a telephone menu reports: keys or words, to which part of the choices, after how many tries. */
export interface Press {
  nodeId?: string;
  digits?: string;
  speech?: string;
  part: number;
  failed: number;
}

/** The step in hand for a telephone. */
export async function promptOf(ctx: Ctx, run: GuideRunDoc, options: { part?: number; again?: boolean } = {}): Promise<PhonePrompt> {
  const { place } = await placeOf(ctx, run, standing(run));
  return phonePrompt({ runId: run._id, locale: run.locale }, place, options);
}

/** Takes keys or words for an answer; after the second try without one the caller counts as not knowing. */
export async function pressRun(ctx: Ctx, run: GuideRunDoc, press: Press): Promise<PhonePrompt> {
  const { place } = await placeOf(ctx, run, standing(run));
  if (place.kind !== 'step' || (press.nodeId !== undefined && press.nodeId !== place.at)) return promptOf(ctx, run);
  const meant = press.digits ? meantBy(place, { digits: press.digits, part: press.part, locale: run.locale }) : press.speech?.trim() ? { answer: press.speech.trim() } : null;
  if (meant === 'more') return promptOf(ctx, run, { part: press.part + 1 });
  const callBack = place.node.kind === 'action' && place.node.action !== 'check-version';
  const answer = meant?.answer ?? (press.failed + 1 >= phoneTries && choicesOf(place, run.locale).some((choice) => choice.answer === 'unknown') ? 'unknown' : null);
  if (answer === null) return promptOf(ctx, run, { part: press.part, again: true });
  const input = callBack ? { nodeId: place.at, answer: 'done', ...(press.digits ? { address: answer } : { text: answer }) } : { nodeId: place.at, answer };
  await answerRun(ctx, run, { input, walker: { front: 'phone', by: 'customer' } });
  const after = (await runById(ctx.companyId, run._id)) ?? run;
  if (after.unsure && press.failed + 1 >= phoneTries && choicesOf(place, run.locale).some((choice) => choice.answer === 'unknown')) {
    await answerRun(ctx, after, { input: { nodeId: place.at, answer: 'unknown' }, walker: { front: 'phone', by: 'automatic' } });
    return promptOf(ctx, (await runById(ctx.companyId, run._id)) ?? after);
  }
  return promptOf(ctx, after, { again: after.unsure });
}
