import type { Ctx } from '../kernel';
import { Intakes } from './intake.model';
import { Messages } from './message.model';
import { Tickets } from './ticket.model';

const dayMs = 86_400_000;
const most = 5000;

/** Mails of a queue that wait to leave, and those not delivered within a day. */
export interface Leaving {
  sending: number;
  failed: number;
}

/** How much mail is on its way: not yet worked on, by mailbox; leaving, by the queue it leaves for. */
export async function mailCounts(ctx: Ctx): Promise<{ waiting: Map<string, number>; leaving: Map<string, Leaving> }> {
  const { companyId } = ctx;
  const [stored, sending, failed] = await Promise.all([
    Intakes.find({ companyId, state: 'stored', channel: 'email' }).select('meta').limit(most).lean<{ meta: Record<string, string> }[]>(),
    ticketsOf(ctx, { 'delivery.state': { $in: ['queued', 'delayed'] } }), ticketsOf(ctx, { 'delivery.state': { $in: ['failed', 'bounced'] }, 'delivery.reason': { $ne: 'taken-back' }, 'delivery.at': { $gt: new Date(ctx.clock.now() - dayMs) } }),
  ]);
  const waiting = new Map<string, number>();
  for (const { meta } of stored) waiting.set(meta['mailboxId'] ?? '', (waiting.get(meta['mailboxId'] ?? '') ?? 0) + 1);
  return { waiting, leaving: await byQueue(ctx, { sending, failed }) };
}

const ticketsOf = async (ctx: Ctx, filter: object): Promise<string[]> =>
  (await Messages.find({ companyId: ctx.companyId, channel: 'email', ...filter }).select('ticketId').limit(most).lean<{ ticketId: string }[]>()).map((each) => each.ticketId);

async function byQueue(ctx: Ctx, tickets: Record<keyof Leaving, string[]>): Promise<Map<string, Leaving>> {
  const ids = [...new Set([...tickets.sending, ...tickets.failed])];
  const rows = ids.length === 0 ? [] : await Tickets.find({ companyId: ctx.companyId, _id: { $in: ids } }).select('queueId').lean<{ _id: string; queueId: string }[]>();
  const queueOf = new Map(rows.map((row) => [row._id, row.queueId]));
  const counts = new Map<string, Leaving>();
  for (const kind of ['sending', 'failed'] as const) {
    for (const ticketId of tickets[kind]) {
      const queueId = queueOf.get(ticketId) ?? '';
      const before = counts.get(queueId) ?? { sending: 0, failed: 0 };
      counts.set(queueId, { ...before, [kind]: before[kind] + 1 });
    }
  }
  return counts;
}
