import type { OverflowAction } from '../../../protocol';
import type { Ctx } from '../../kernel';
import { calendarById, isOpen } from '../../service-levels';
import { mostWaiting, overflowOnArrival, promisePlace, queueById, roomOf, type NewWork, type QueueDoc } from '../../workforce';

/** Where something that arrives is to wait, how it came there, and what happens instead of plain waiting. */
export interface Place {
  queueId: string;
  way: NewWork['way'];
  /** Null: it simply waits. */
  then: Exclude<OverflowAction, { to: 'queue' }> | null;
  open: boolean;
}

interface Coming {
  queueId: string;
  channel: string;
  workItemId: string;
  visited?: readonly string[];
}

/** Follows the overflows of a queue and of those they lead to; a place in a queue with a limit is promised to the work item. None is entered twice, so that a ring of overflows ends where it would close: there it waits. */
export async function findPlace(ctx: Ctx, { queueId, channel, workItemId, visited = [] }: Coming): Promise<Place> {
  const been = new Set([...visited, queueId]);
  const way: NewWork['way'] = [];
  for (let here = queueId; ;) {
    const queue = await queueById(ctx.companyId, here);
    if (!queue) return { queueId: here, way, then: null, open: true };
    const open = await isOpenNow(ctx, queue);
    const over = await overflowOf(ctx, queue, { channel, open, workItemId });
    if (!over) return { queueId: here, way, then: null, open };
    const step = { from: here, to: over.then.to, why: over.why, measured: over.measured };
    if (over.then.to !== 'queue') return { queueId: here, way: [...way, step], then: over.then, open };
    const next = over.then.queueId;
    if (been.has(next) || !(await queueById(ctx.companyId, next))) return { queueId: here, way, then: null, open };
    been.add(next);
    way.push(step);
    here = next;
  }
}

/** Whether a queue is within its hours now. */
export async function isOpenNow(ctx: Ctx, queue: Pick<QueueDoc, 'hoursId'>): Promise<boolean> {
  const now = ctx.clock.now();
  return queue.hoursId === null || isOpen(await calendarById(ctx.companyId, queue.hoursId, now), now);
}

// The waiting room is asked only by queues that overflow by its figures. Those are behind when many come at once: who has seen room is let in
// only by the room itself.
async function overflowOf(ctx: Ctx, queue: QueueDoc, { channel, open, workItemId }: { channel: string; open: boolean; workItemId: string }) {
  if (queue.overflow.before.length === 0) return null;
  const measured = queue.overflow.before.some(({ when }) => when !== 'closed') ? await roomOf(ctx).expectedWait(queue._id) : null;
  const figures = { channel, open, expectedSeconds: measured?.seconds ?? null, waiting: measured?.waiting ?? 0 };
  const over = overflowOnArrival(queue.overflow, figures);
  const most = mostWaiting(queue.overflow, channel);
  if (over || most === null) return over;
  const waiting = await promisePlace(ctx, { queueId: queue._id, itemId: workItemId, most });
  return waiting === null ? null : overflowOnArrival(queue.overflow, { ...figures, waiting });
}
