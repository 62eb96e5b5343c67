import { happened, system, contextOf, type Ctx, type Services } from '../../kernel';
import { changeWork, interactionById, Interactions, overflowWhileWaiting, queueById, timingIn, type InteractionDoc, type QueueDoc } from '../../workforce';
import type { OverflowAction } from '../../../protocol';
import { changeTicket } from '../change-ticket';
import { ticketById, type TicketDoc } from '../ticket.model';
import { answerOtherwiseIfWaiting } from './answer-otherwise';
import { findPlace, type Place } from './find-place';
import { knownReach, tellOverflow } from './reach-otherwise';

const overflowing = system('overflow');
const offeredWaitMs = 5000;

/** The timer: carries out the overflow that is due for what still waits; a stale one does nothing. */
export async function overflowDue(ctx: Ctx, workItemId: string): Promise<void> {
  const live = await interactionById(ctx.companyId, workItemId);
  if (!live?.overflowAt || live.overflowAt.getTime() > ctx.clock.now() || (live.state !== 'waiting' && live.state !== 'offered')) return;
  const [queue, ticket] = await Promise.all([queueById(ctx.companyId, live.queueId), ticketById(ctx.companyId, live.ticketId)]);
  if (!queue || !ticket) return;
  // Somebody is looking at it: their answer is waited for.
  if (live.state === 'offered') return postpone(ctx, live);
  const next = overflowWhileWaiting(queue.overflow, { channel: live.channel, queuedAt: live.queuedAt.getTime(), step: live.overflowStep });
  if (next) await carryOut(ctx, { live, queue, ticket, then: next.then });
  else await Interactions.updateOne({ companyId: ctx.companyId, _id: live._id, version: live.version }, { $set: { overflowAt: null } });
}

async function postpone(ctx: Ctx, live: InteractionDoc): Promise<void> {
  const at = ctx.clock.now() + offeredWaitMs;
  await Interactions.updateOne({ companyId: ctx.companyId, _id: live._id }, { $set: { overflowAt: new Date(at) } });
  await ctx.jobs.add('work.overflow', { companyId: ctx.companyId, workItemId: live._id, at }, { at });
}

interface Due {
  live: InteractionDoc;
  queue: QueueDoc;
  ticket: TicketDoc;
  then: OverflowAction;
}

async function carryOut(ctx: Ctx, { live, queue, ticket, then }: Due): Promise<void> {
  const now = ctx.clock.now();
  const further = timingIn(queue, { channel: live.channel, now, step: live.overflowStep + 1, queuedAt: live.queuedAt.getTime() });
  const measured = Math.round((now - live.queuedAt.getTime()) / 1000);
  const event = (queueId: string) => happened('work.overflowed', { workItemId: live._id, ticketId: live.ticketId, queueId, channel: live.channel, from: live.queueId, to: then.to, why: 'waited', measured }, { by: overflowing, subject: live._id, at: now });
  if (then.to === 'queue') {
    const place = await placeBeyond(ctx, live, then.queueId);
    const target = place ? await queueById(ctx.companyId, place.queueId) : null;
    const set = target ? { queueId: target._id, preferred: null, pastQueues: [...live.pastQueues, live.queueId], ...timingIn(target, { channel: live.channel, now }) } : further;
    const moved = await changeWork(ctx, { interaction: live, set, events: target ? [event(target._id)] : [] });
    if (moved && target) await changeTicket(ctx, overflowing, { ticket, set: { queueId: target._id } });
    return;
  }
  const changed = await changeWork(ctx, { interaction: live, set: further, events: [event(live.queueId)] });
  if (!changed) return;
  const otherwise = knownReach(then, ticket, live.attributes);
  const told = await tellOverflow(ctx, overflowing, { ticket, then, otherwise, key: `overflow-${live._id}-${live.overflowStep}` });
  if (otherwise && otherwise.channel !== live.channel) await answerOtherwiseIfWaiting(ctx, overflowing, { ticket: told, otherwise });
}

// Where a queue leads to; null when it was there before or is closed, so that nothing goes round in circles or from a slow queue into a shut one.
async function placeBeyond(ctx: Ctx, live: InteractionDoc, queueId: string): Promise<Place | null> {
  const visited = [...live.pastQueues, live.queueId];
  if (visited.includes(queueId) || !(await queueById(ctx.companyId, queueId))) return null;
  const place = await findPlace(ctx, { queueId, channel: live.channel, workItemId: live._id, visited });
  return place.open ? place : null;
}

const overdueMs = 2000;

/** Carries out overflows that are due and whose timer is missing. */
export async function sweepOverflows(services: Services): Promise<void> {
  const rows = await Interactions.find({ overflowAt: { $lt: new Date(services.clock.now() - overdueMs) }, state: { $in: ['waiting', 'offered'] } }).setOptions({ acrossCompanies: true }).limit(500).select('companyId').lean<InteractionDoc[]>();
  for (const row of rows) await overflowDue(contextOf(services, row.companyId), row._id);
}
