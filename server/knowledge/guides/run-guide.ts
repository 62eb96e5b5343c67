import { randomInt } from 'node:crypto';
import type { GuideAnswer, GuideFront, GuideView, WalkedStep } from '../../../protocol';
import { badInput, happened, isSigned, newId, problem, sign, system, type Ctx } from '../../kernel';
import { belongsTo } from '../search';
import { Guides, guideById } from './guide.model';
import { GuideRuns, runById, standing, type GuideRunDoc, type TakenStep } from './guide-run.model';
import { placeOf } from './place-of';
import { guidePorts } from './ports';
import { presentRun } from './present-step';
import { triedText } from './tried';
import { understand } from './understand';
import type { Place } from './walk';

const codeMs = 86_400_000;
const leftMs = 86_400_000;
const sure = 0.6;

/** Who answers, and where. */
export interface Walker {
  front: GuideFront;
  by: WalkedStep['by'];
}

/** What a new run is begun with. */
export interface Beginning {
  guideId: string;
  locale: string;
  front: GuideFront;
  /** The brand whose customer begins it; null: a customer of the company itself. Absent: an agent, for whom brands do not count. */
  brandId?: string | null;
  session?: string;
  ticketId?: string;
  attributes?: Record<string, string>;
}

/** The token by which whoever began a run goes on with it. */
export const tokenOf = (ctx: Ctx, runId: string): string => `${runId}.${sign(ctx.secrets, 'guide-run', `${ctx.companyId}:${runId}`)}`;

/** Id of the run a token belongs to; null for anything else. */
export function runOfToken(ctx: Ctx, token: string): string | null {
  const [id = '', signature = ''] = token.split('.');
  return /^[0-9a-f]{24}$/.test(id) && isSigned(ctx.secrets, 'guide-run', { text: `${ctx.companyId}:${id}`, signature }) ? id : null;
}

/** Begins a published guide. Throws not-found for what is not published, or not for the public or the brand's customers when one of them asks. */
export async function startRun(ctx: Ctx, { guideId, locale, front, brandId, session, ticketId, attributes }: Beginning): Promise<GuideView> {
  const guide = await guideById(ctx.companyId, guideId);
  if (!guide || guide.state !== 'published' || (guide.audience !== 'public' && front !== 'console') || (brandId !== undefined && !belongsTo(guide.brandIds, brandId))) throw problem('not-found');
  const now = new Date(ctx.clock.now());
  const versions = { [guideId]: guide.version };
  const { place } = await placeOf(ctx, { guideId, versions }, []);
  const run: GuideRunDoc = {
    _id: newId(), companyId: ctx.companyId, guideId, versions, locale, begunIn: front, front, state: 'running', steps: [], at: atOf(place, now), unsure: false, ticketId: ticketId ?? null, session: session ?? null, attributes: attributes ?? {},
    code: String(randomInt(10_000_000, 100_000_000)), codeUntil: new Date(now.getTime() + codeMs), revision: 0, startedAt: now, updatedAt: now, endedAt: null,
  };
  await GuideRuns.create(run);
  await Guides.updateOne({ companyId: ctx.companyId, _id: guideId }, { $inc: { begun: 1 } });
  return viewOf(ctx, run);
}

/** A run as it stands. */
export async function viewOf(ctx: Ctx, run: GuideRunDoc, locale = run.locale): Promise<GuideView> {
  return presentRun(run, await placeOf(ctx, run, stepsOf(run)), locale);
}

const stepsOf = (run: GuideRunDoc): TakenStep[] => standing(run);
const atOf = (place: Exclude<Place, { kind: 'missing' }>, since: Date): GuideRunDoc['at'] => (place.kind === 'step' ? { guideId: place.guideId, at: place.at, since } : null);

/** Answers the step in hand. An answer to another step (sent twice, or late) changes nothing; what is not understood is asked again. */
export async function answerRun(ctx: Ctx, run: GuideRunDoc, { input, walker }: { input: GuideAnswer; walker: Walker }): Promise<GuideView> {
  const { place } = await placeOf(ctx, run, stepsOf(run));
  if (run.state === 'left' || place.kind !== 'step' || place.at !== input.nodeId) return viewOf(ctx, run);
  const understood = understand(place, input.answer, run.locale);
  if (!understood || understood.confidence < sure - (understood.answer === 'unknown' ? 0.2 : 0)) return save(ctx, run, { unsure: true, front: walker.front });
  const ticketId = await act(ctx, run, { place, input, answer: understood.answer });
  const step: TakenStep = { guideId: place.guideId, version: run.versions[place.guideId] ?? 0, at: place.at, ...understood, said: input.answer, ...walker, when: new Date(ctx.clock.now()), dropped: false };
  return save(ctx, run, { steps: [...run.steps, step], unsure: false, front: walker.front, ...(ticketId ? { ticketId } : {}) });
}

// The ticket is opened before the step is kept: a repeated answer finds the same ticket by the run's id.
async function act(ctx: Ctx, run: GuideRunDoc, { place, input, answer }: { place: Extract<Place, { kind: 'step' }>; input: GuideAnswer; answer: string }): Promise<string | null> {
  if (place.node.kind !== 'action' || place.node.action === 'check-version' || answer !== 'done') return null;
  if (run.ticketId) return null;
  const address = input.address ?? run.attributes['from'] ?? run.attributes['email'] ?? '';
  const phone = place.node.action === 'call-back';
  if (phone ? !/^\+?[\d\s()/.-]{5,30}$/.test(address) : !/^[^\s@]+@[^\s@]+$|^\+?[\d\s()/.-]{5,30}$/.test(address)) throw badInput({ address: phone ? 'is not a phone number' : 'is not a mail address' });
  const tried = await triedText(ctx, run);
  return guidePorts().openTicket(ctx, { runId: run._id, action: place.node.action, address, name: input.name ?? '', subject: tried.title, text: [input.text?.trim() ?? '', tried.text].filter(Boolean).join('\n\n'), queueId: place.node.queueId ?? null, locale: run.locale, attributes: attributesOf(run) });
}

/** What a run knows, for routing: what came with it and its answers by step. */
export const attributesOf = (run: GuideRunDoc): Record<string, string> => ({ ...run.attributes, guide: run.guideId, ...Object.fromEntries(standing(run).map((step) => [`guide-${step.at}`, step.answer.slice(0, 200)])) });

/** Takes back all but the first `keep` answers; they stay in the log. */
export async function rewindRun(ctx: Ctx, run: GuideRunDoc, keep: number): Promise<GuideView> {
  const kept = new Set(standing(run).slice(0, keep));
  return save(ctx, run, { steps: run.steps.map((step) => (step.dropped || kept.has(step) ? step : { ...step, dropped: true })), unsure: false });
}

/** Hands the run to a person, or notes that it went to a ticket; the step in hand stays where it is. */
export async function linkRun(ctx: Ctx, runId: string, ticketId: string): Promise<GuideRunDoc | null> {
  const run = await runById(ctx.companyId, runId);
  if (!run || run.ticketId === ticketId) return null;
  return GuideRuns.findOneAndUpdate({ companyId: ctx.companyId, _id: runId }, { $set: { ticketId, updatedAt: new Date(ctx.clock.now()) } }, { returnDocument: 'after' }).lean<GuideRunDoc>();
}

/** Goes on with a run by its digits, at a brand its guide belongs to; a telephone shows no brand. Throws link-expired. */
export async function resumeRun(ctx: Ctx, code: string, { front, brandId }: Pick<Beginning, 'front' | 'brandId'>): Promise<GuideView> {
  const valid = { companyId: ctx.companyId, code, state: 'running' as const, codeUntil: { $gt: new Date(ctx.clock.now()) } };
  const found = await GuideRuns.findOne(valid).select('guideId').lean<Pick<GuideRunDoc, 'guideId'>>();
  const guide = found && (await guideById(ctx.companyId, found.guideId));
  if (!guide || (front !== 'phone' && brandId !== undefined && !belongsTo(guide.brandIds, brandId))) throw problem('link-expired');
  const run = await GuideRuns.findOneAndUpdate({ ...valid, guideId: guide._id }, { $set: { front }, $inc: { revision: 1 } }, { returnDocument: 'after' }).lean<GuideRunDoc>();
  if (!run) throw problem('link-expired');
  return viewOf(ctx, run);
}

/** Writes a change of a run by compare-and-set, with the event of its end. Whoever comes second sees what the first made of it. */
async function save(ctx: Ctx, run: GuideRunDoc, change: Partial<GuideRunDoc>): Promise<GuideView> {
  const { companyId } = ctx;
  const now = new Date(ctx.clock.now());
  const next = { ...run, ...change };
  const { place, versions } = await placeOf(ctx, next, stepsOf(next));
  const state = place.kind === 'step' ? 'running' : place.result === 'solved' ? 'solved' : 'escalated';
  const moved = place.kind !== 'step' || place.at !== run.at?.at || place.guideId !== run.at.guideId;
  const ended = state !== 'running' && run.state === 'running' ? [happened('guide-run.ended', { runId: run._id, guideId: run.guideId, state, ticketId: next.ticketId }, { by: system('guide'), subject: run._id, at: now.getTime() })] : [];
  const set = { ...change, versions, state, at: moved ? atOf(place, now) : run.at, updatedAt: now, endedAt: state === 'running' ? null : (run.endedAt ?? now) };
  const done = await GuideRuns.findOneAndUpdate({ companyId, _id: run._id, revision: run.revision }, { $set: set, $inc: { revision: 1 }, $push: { pending: { $each: ended } } }, { returnDocument: 'after' }).lean<GuideRunDoc>();
  if (!done) return viewOf(ctx, (await runById(companyId, run._id)) ?? run);
  await ctx.relay.publish({ collection: 'guideruns', companyId, id: run._id }, ended);
  return viewOf(ctx, done);
}

/** Marks runs in which nothing happened for a day. */
export async function sweepLeft(services: Pick<Ctx, 'clock'>): Promise<void> {
  const before = new Date(services.clock.now() - leftMs);
  await GuideRuns.updateMany({ state: 'running', updatedAt: { $lt: before } }, { $set: { state: 'left' } }).setOptions({ acrossCompanies: true });
}
