import { contextOf, problem, type Actor, type Ctx, type Services } from '../kernel';
import { belowOf } from './below';
import { loadTicket } from './load-ticket';
import { messageById, Messages, type MessageDoc } from './message.model';
import { markDelivery, missedOf } from './note-bounce';
import { ticketPorts } from './ports';
import { schedule } from './send-message';
import { ticketById } from './ticket.model';

const maxReferences = 20;
/** A timer may ring this much before its time. */
const earlyMs = 500;
/** Waits between tries, in seconds: about 24 hours in all. */
const waits = [30, 120, 600, 1800, 3600, 7200, 14_400, 28_800, 28_800];

/** The job: sends a message that is due, once. Stale jobs do nothing. */
export async function deliverMessage(ctx: Ctx, { messageId, version }: { messageId: string; version: number }): Promise<void> {
  // Before the message is read: what is taken back after that was not due yet (see undoMessage).
  const asked = ctx.clock.now();
  const message = await messageById(ctx.companyId, messageId);
  if (!message?.delivery || message.sendVersion !== version || !['queued', 'delayed'].includes(message.delivery.state)) return;
  if (message.sendAt && message.sendAt.getTime() > asked + earlyMs) return schedule(ctx, message);
  const ticket = await ticketById(ctx.companyId, message.ticketId);
  if (!ticket) return;
  const result = await ticketPorts().send(ctx, { message, ticket, references: await referencesFor(ctx, message), below: await belowOf(ctx, message, ticket) });
  if (result.state === 'waiting') return putOff(ctx, message, result.until);
  if (result.state !== 'failed') {
    const refs = result.externalId ? { externalId: result.externalId, refs: [...new Set([result.externalId, ...message.refs])] } : {};
    const unreached = [...(message.unreached ?? []).filter((each) => each.lasting), ...(result.refused ?? [])];
    if (unreached.length > 0) return reachOthers(ctx, message, { refs, unreached });
    return markDelivery(ctx, { message, state: result.state, reason: '', extra: { attempts: message.attempts + 1, ...refs, ...(message.unreached ? { unreached: [] } : {}) } });
  }
  await postpone(ctx, { message, reason: result.reason, retryAt: result.retryAt });
}

type Unreached = NonNullable<MessageDoc['unreached']>;

// One of several was refused: the others have it, and get it no second time.
async function reachOthers(ctx: Ctx, message: MessageDoc, { refs, unreached }: { refs: Partial<MessageDoc>; unreached: Unreached }): Promise<void> {
  const reason = unreached.map((each) => `${each.address}: ${each.reason}`).join('; ').slice(0, 1000);
  await postpone(ctx, { message, reason, retryAt: unreached.every((each) => each.lasting) ? undefined : new Date(ctx.clock.now()), unreached, refs });
}

async function postpone(ctx: Ctx, { message, reason, retryAt, unreached = message.unreached, refs = {} }: { message: MessageDoc; reason: string; retryAt: Date | undefined; unreached?: Unreached | undefined; refs?: Partial<MessageDoc> }): Promise<void> {
  const wait = waits[message.attempts];
  const known = { attempts: message.attempts + 1, ...refs, ...(unreached ? { unreached } : {}) };
  const missed = unreached?.length ? missedOf(message, unreached) : {};
  if (!retryAt || wait === undefined) return markDelivery(ctx, { message, state: 'failed', reason, ...missed, extra: known });
  const extra = { ...known, sendAt: new Date(Math.max(retryAt.getTime(), ctx.clock.now() + wait * 1000)), sendVersion: message.sendVersion + 1 };
  await markDelivery(ctx, { message, state: 'delayed', reason, ...missed, extra });
  await schedule(ctx, { ...message, ...extra });
}


// Not a try that failed: nobody is told, and none of the tries is used up.
async function putOff(ctx: Ctx, message: MessageDoc, sendAt: Date): Promise<void> {
  const changed = await Messages.updateOne({ companyId: ctx.companyId, _id: message._id, sendVersion: message.sendVersion }, { $set: { sendAt }, $inc: { sendVersion: 1 } });
  if (changed.modifiedCount > 0) await schedule(ctx, { ...message, sendAt, sendVersion: message.sendVersion + 1 });
}

async function referencesFor(ctx: Ctx, message: MessageDoc): Promise<string[]> {
  const earlier = await Messages.find({ companyId: ctx.companyId, ticketId: message.ticketId, seq: { $lt: message.seq }, externalId: { $ne: null } }).sort({ seq: -1 }).limit(maxReferences).select('externalId').lean<{ externalId: string }[]>();
  return earlier.map((each) => each.externalId).reverse();
}

/** Takes back a message that has not left. Throws not-found, version-conflict when it is too late. */
export async function undoMessage(ctx: Ctx, actor: Actor, { ticketId, messageId }: { ticketId: string; messageId: string }): Promise<void> {
  await loadTicket(ctx, actor, { id: ticketId, ability: 'ticket.reply' });
  const message = await messageById(ctx.companyId, messageId);
  if (!message || message.ticketId !== ticketId || message.authorId !== actor.id) throw problem('not-found');
  const undone = await Messages.updateOne({ companyId: ctx.companyId, _id: messageId, 'delivery.state': 'queued', sendAt: { $gt: new Date(ctx.clock.now() + earlyMs) } }, { $set: { delivery: { state: 'failed', reason: 'taken-back', at: new Date(ctx.clock.now()) }, sendVersion: message.sendVersion + 1 } });
  if (undone.modifiedCount === 0) throw problem('version-conflict');
  await markDelivery(ctx, { message, state: 'failed', reason: 'taken-back' });
}

/** Sends a failed message again, at once. Throws not-found, version-conflict when it has not failed. */
export async function retryMessage(ctx: Ctx, actor: Actor, { ticketId, messageId }: { ticketId: string; messageId: string }): Promise<MessageDoc> {
  await loadTicket(ctx, actor, { id: ticketId, ability: 'ticket.reply' });
  const message = await messageById(ctx.companyId, messageId);
  if (!message || message.ticketId !== ticketId) throw problem('not-found');
  if (!message.delivery || !['failed', 'bounced'].includes(message.delivery.state)) throw problem('version-conflict');
  // Whoever has it gets it no second time.
  const unreached = message.unreached?.length ? { unreached: message.unreached.map((each) => ({ ...each, lasting: false })) } : {};
  const extra = { sendAt: new Date(ctx.clock.now()), sendVersion: message.sendVersion + 1, attempts: 0, ...unreached };
  await markDelivery(ctx, { message, state: 'queued', reason: '', extra });
  const after = await messageById(ctx.companyId, messageId);
  if (!after) throw problem('not-found');
  await schedule(ctx, after);
  return after;
}

const overdueMs = 5000;

/** Adds the jobs of messages that are due and have none, after a crash or a lost Redis. */
export async function sweepDue(services: Services): Promise<void> {
  const before = new Date(services.clock.now() - overdueMs);
  const due = await Messages.find({ 'delivery.state': { $in: ['queued', 'delayed'] }, sendAt: { $lt: before } }).setOptions({ acrossCompanies: true }).limit(500).lean<MessageDoc[]>();
  for (const message of due) {
    const ctx = contextOf(services, message.companyId);
    const job = { companyId: message.companyId, channel: message.channel, messageId: message._id, version: message.sendVersion };
    const state = await ctx.jobs.stateOf('outbound.send', job);
    if (state === 'gone') await schedule(ctx, message);
    // Finished without effect: the process died between sending and noting it, or after a stale look. A new version gets a new id.
    else if (state === 'finished') await retryStuck(ctx, message);
  }
}

async function retryStuck(ctx: Ctx, message: MessageDoc): Promise<void> {
  const changed = await Messages.updateOne({ companyId: ctx.companyId, _id: message._id, sendVersion: message.sendVersion }, { $inc: { sendVersion: 1 } });
  if (changed.modifiedCount > 0) await schedule(ctx, { ...message, sendVersion: message.sendVersion + 1 });
}
