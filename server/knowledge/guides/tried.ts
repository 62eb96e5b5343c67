import type { Ctx } from '../../kernel';
import { standing, type GuideRunDoc } from './guide-run.model';
import { placeOf } from './place-of';
import { walked } from './present-step';
import { say } from './say';

/** What was tried, as lines of text: for the ticket a guide opens. */
export async function triedText(ctx: Ctx, run: GuideRunDoc): Promise<{ title: string; text: string; steps: number }> {
  const { graphs } = await placeOf(ctx, run, standing(run));
  const steps = standing(run).map((step) => walked(graphs, step, run.locale));
  return { title: say(graphs.get(run.guideId)?.title, run.locale), text: steps.map((step, i) => `${i + 1}. ${step.title}: ${step.said}`).join('\n'), steps: steps.length };
}
