import { updateSoon, type Ctx } from '../kernel';
import { applyDecisions } from './apply-decisions';
import { interactionById, Interactions, liveInteraction } from './interaction.model';
import { roomOf } from './rooms';
import { routingSettingsOf } from './routing-settings';

/** A live conversation in text without a word of the customer for so long, in milliseconds, costs no capacity; never, when nobody set a time. */
async function silentAfter(ctx: Ctx): Promise<number> {
  const { silentMinutes } = await routingSettingsOf(ctx.companyId);
  return silentMinutes === 0 ? Infinity : silentMinutes * 60_000;
}

// Somebody who types one line after the other is not noted with each.
const preciseMs = 2000;

/** The customer wrote, or (`taken`) an agent took the conversation: the minutes begin anew, and who slept wakes. */
export async function heardCustomer(ctx: Ctx, ticketId: string, taken = false): Promise<void> {
  const live = await liveInteraction(ctx.companyId, ticketId, { patient: true });
  if (!live?.sleeps) return;
  const now = ctx.clock.now();
  const fresh = !taken && !live.asleep && live.customerAt !== null && live.customerAt !== undefined && live.customerAt.getTime() + preciseMs > now;
  if (fresh) return;
  await updateSoon(Interactions, { companyId: ctx.companyId, _id: live._id }, { $set: { customerAt: new Date(now) } });
  if (live.asleep) await applyDecisions(ctx, (await roomOf(ctx).wake(live._id, now)).decisions);
  const silentMs = await silentAfter(ctx);
  // While a timer runs it finds the newer moment itself when it is over.
  const timed = !taken && live.state === 'assigned' && !live.asleep && live.customerAt !== null && live.customerAt !== undefined && live.customerAt.getTime() + silentMs > now;
  if (!timed) await setTimer(ctx, live._id, now + silentMs);
}

const setTimer = async (ctx: Ctx, interactionId: string, at: number): Promise<void> => (at === Infinity ? undefined : ctx.jobs.add('work.silent', { companyId: ctx.companyId, interactionId, at }, { at }));

/** The timer: frees the capacity of a conversation whose customer is silent still. */
export async function silentNow(ctx: Ctx, interactionId: string): Promise<void> {
  const live = await interactionById(ctx.companyId, interactionId);
  if (!live) return;
  const now = ctx.clock.now();
  const silentMs = await silentAfter(ctx);
  const over = (live.customerAt ?? live.arrivedAt).getTime() + silentMs;
  if (live.state === 'assigned' && live.sleeps && !live.asleep && over > now) return setTimer(ctx, interactionId, over);
  if (live.state === 'assigned' && live.sleeps && !live.asleep && over <= now) await applyDecisions(ctx, (await roomOf(ctx).sleep(live._id, now)).decisions);
}

/** Finds conversations whose timer was lost. */
export async function sweepSilent(ctx: Ctx): Promise<void> {
  const silentMs = await silentAfter(ctx);
  if (silentMs === Infinity) return;
  const before = new Date(ctx.clock.now() - silentMs - 5000);
  const rows = await Interactions.find({ companyId: ctx.companyId, state: 'assigned', sleeps: true, asleep: false, customerAt: { $lt: before } }).limit(500).select('_id').lean<{ _id: string }[]>();
  for (const { _id } of rows) await silentNow(ctx, _id);
}
