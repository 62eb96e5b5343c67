import { model } from 'mongoose';
import { houseSchema, isDuplicate, newId, type Ctx } from '../../kernel';

/** One visit of somebody who helps themselves: what was asked, read, and whether they wrote to us after all. */
export interface HelpSessionDoc {
  _id: string;
  companyId: string;
  /** Chosen at random by the front end; says nothing about who it is. */
  key: string;
  front: string;
  locale: string;
  searches: { q: string; results: number; at: Date }[];
  /** Articles and guides opened. */
  reads: { id: string; at: Date }[];
  ticketId: string | null;
  wroteAt: Date | null;
  startedAt: Date;
  lastAt: Date;
}

const schema = houseSchema<HelpSessionDoc>({
  key: { type: String, required: true }, front: { type: String, default: '' }, locale: { type: String, default: '' }, searches: { type: [Object], default: [] }, reads: { type: [Object], default: [] }, ticketId: { type: String, default: null }, wroteAt: { type: Date, default: null },
  startedAt: { type: Date, required: true }, lastAt: { type: Date, required: true },
}, { collection: 'helpsessions' });
schema.index({ companyId: 1, key: 1 }, { unique: true });
schema.index({ companyId: 1, startedAt: -1 });
schema.index({ startedAt: 1 }, { expireAfterSeconds: 400 * 86_400 });

/** The collection of visits. */
export const HelpSessions = model<HelpSessionDoc>('HelpSession', schema);

const mostKept = 50;

/** Who helps themselves: the front end's random key; without one nothing is noted. */
export interface Visit {
  session: string | undefined;
  front: string;
  locale: string;
}

async function note(ctx: Ctx, { session, front, locale }: Visit, change: { push?: Record<string, unknown>; set?: Record<string, unknown> }): Promise<void> {
  if (!session) return;
  const now = new Date(ctx.clock.now());
  const push = change.push ? { $push: Object.fromEntries(Object.entries(change.push).map(([field, value]) => [field, { $each: [value], $slice: -mostKept }])) } : {};
  const update = { $set: { lastAt: now, ...change.set }, $setOnInsert: { _id: newId(), front, locale, startedAt: now }, ...push };
  await HelpSessions.updateOne({ companyId: ctx.companyId, key: session }, update, { upsert: true }).catch(async (error: unknown) => {
    if (!isDuplicate(error)) throw error;
    await note(ctx, { session, front, locale }, change);
  });
}

/** Somebody asked. A question that grows letter by letter counts once: the last one of it. */
export async function noteSearch(ctx: Ctx, visit: Visit, { q, results }: { q: string; results: number }): Promise<void> {
  if (!visit.session) return;
  const found = await HelpSessions.findOne({ companyId: ctx.companyId, key: visit.session }).lean<HelpSessionDoc>();
  const last = found?.searches.at(-1);
  const grows = last && found && found.reads.every((read) => read.at < last.at) && (q.startsWith(last.q) || last.q.startsWith(q));
  if (grows) await HelpSessions.updateOne({ companyId: ctx.companyId, key: visit.session }, { $pop: { searches: 1 } });
  await note(ctx, visit, { push: { searches: { q, results, at: new Date(ctx.clock.now()) } } });
}

/** Somebody opened an article or a guide. */
export const noteRead = (ctx: Ctx, visit: Visit, id: string): Promise<void> => note(ctx, visit, { push: { reads: { id, at: new Date(ctx.clock.now()) } } });

/** Somebody wrote to us after all. */
export const noteWrote = (ctx: Ctx, visit: Visit, ticketId: string): Promise<void> => note(ctx, visit, { set: { ticketId, wroteAt: new Date(ctx.clock.now()) } });
