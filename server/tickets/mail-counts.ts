import type { Ctx } from '../kernel';
import { Intakes } from './intake.model';
import { Messages } from './message.model';

const dayMs = 86_400_000;

/** How much mail is on its way: not yet worked on by mailbox, waiting to leave, and not delivered within a day. */
export async function mailCounts(ctx: Ctx): Promise<{ waiting: Map<string, number>; sending: number; failed: number }> {
  const { companyId } = ctx;
  const [stored, sending, failed] = await Promise.all([
    Intakes.find({ companyId, state: 'stored', channel: 'email' }).select('meta').limit(5000).lean<{ meta: Record<string, string> }[]>(),
    Messages.countDocuments({ companyId, channel: 'email', 'delivery.state': { $in: ['queued', 'delayed'] } }),
    Messages.countDocuments({ companyId, channel: 'email', 'delivery.state': { $in: ['failed', 'bounced'] }, 'delivery.at': { $gt: new Date(ctx.clock.now() - dayMs) } }),
  ]);
  const waiting = new Map<string, number>();
  for (const { meta } of stored) waiting.set(meta['mailboxId'] ?? '', (waiting.get(meta['mailboxId'] ?? '') ?? 0) + 1);
  return { waiting, sending, failed };
}
