import { newId, type Ctx } from '../kernel';
import { GuideRuns, type GuideRunDoc } from './guides';
import { HelpSessions, type HelpSessionDoc } from './making';
import { Feedback } from './vote';

const keysOf = (rows: readonly { session: string | null }[]): string[] => rows.flatMap((row) => (row.session === null ? [] : [row.session]));

/**
 * Takes out of visits, guide runs and feedback whatever could tell who it was, once a customer was erased: words, keys, what was read. What counts
 * for reports stays: that there was a visit, which way a guide went, that an article helped. Found by the customer's tickets and what came with them. May be repeated.
 */
export async function forgetVisits({ companyId }: Ctx, ticketIds: readonly string[]): Promise<void> {
  const [written, walked] = await Promise.all([HelpSessions.find({ companyId, ticketId: { $in: ticketIds } }).select('key').lean<HelpSessionDoc[]>(), GuideRuns.find({ companyId, ticketId: { $in: ticketIds } }).select('session').lean<GuideRunDoc[]>()]);
  const keys = [...new Set([...written.map((visit) => visit.key), ...keysOf(walked)])];
  await Feedback.updateMany({ companyId, session: { $in: keys } }, { $set: { session: null, comment: '' } });
  const runs = await GuideRuns.find({ companyId, $or: [{ ticketId: { $in: ticketIds } }, { session: { $in: keys } }] }).lean<GuideRunDoc[]>();
  for (const run of runs) await GuideRuns.updateOne({ companyId, _id: run._id }, { $set: { session: null, attributes: {}, code: '', codeUntil: new Date(0), steps: run.steps.map((step) => ({ ...step, said: '' })) } });
  for (const visit of await HelpSessions.find({ companyId, key: { $in: keys } }).lean<HelpSessionDoc[]>()) {
    await HelpSessions.updateOne({ companyId, _id: visit._id }, { $set: { key: `erased-${newId()}`, searches: visit.searches.map((search) => ({ ...search, q: '' })), reads: visit.reads.map((read) => ({ ...read, id: '' })) } });
  }
}
