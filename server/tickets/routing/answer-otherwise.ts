import { happened, problem, type Actor, type Ctx } from '../../kernel';
import { addContactPoint } from '../../customers';
import { both, changeWork, demandsOf, endWork, liveInteraction, routingSettingsOf, type InteractionDoc } from '../../workforce';
import { changeTicket } from '../change-ticket';
import { costOf } from '../cost';
import { putToWork } from '../put-to-work';
import { note } from '../solve-ticket';
import type { TicketDoc } from '../ticket.model';
import { byPhone, type Otherwise } from './reach-otherwise';
import { setAside } from './snooze-ticket';

/**
 * The customer who waits is answered otherwise, by phone or mail, and keeps their place: the same work item with its arrival goes on as a
 * call or a letter. Throws nothing-to-call when nothing waits.
 */
export async function answerOtherwise(ctx: Ctx, actor: Actor, about: { ticket: TicketDoc; otherwise: Otherwise }): Promise<TicketDoc> {
  const after = await answerOtherwiseIfWaiting(ctx, actor, about);
  if (!after) throw problem('nothing-to-call');
  return after;
}

/** The same; answers null when nothing waits, or an agent took it at this very moment. */
export async function answerOtherwiseIfWaiting(ctx: Ctx, actor: Actor, { ticket, otherwise }: { ticket: TicketDoc; otherwise: Otherwise }): Promise<TicketDoc | null> {
  for (;;) {
    const live = await liveInteraction(ctx.companyId, ticket._id);
    if (!live || live.state === 'assigned') return null;
    // What was changed since it was read is read again.
    if (await convert(ctx, actor, { live, ticket, otherwise })) return agreed(ctx, actor, { ticket, otherwise });
  }
}

async function convert(ctx: Ctx, actor: Actor, { live, ticket, otherwise }: { live: InteractionDoc; ticket: TicketDoc; otherwise: Otherwise }): Promise<InteractionDoc | null> {
  const { channel, phone } = otherwise;
  const named = { workItemId: live._id, ticketId: live.ticketId, queueId: live.queueId, channel };
  const requirement = await demandElsewhere(ctx, { live, ticket, channel });
  const event = phone === null ? [] : [happened('work.callback', { ...named, dueAt: null }, { by: actor, subject: live._id, at: ctx.clock.now() })];
  return changeWork(ctx, { interaction: live, set: { channel, ...(await costOf(ctx, channel)), sleeps: false, phone, requirement }, events: event });
}

// What only the old channel asked for is asked no more; what the new one asks for is.
async function demandElsewhere(ctx: Ctx, { live, ticket, channel }: { live: InteractionDoc; ticket: TicketDoc; channel: string }): Promise<Record<string, number>> {
  const settings = await routingSettingsOf(ctx.companyId);
  const language = ticket.intake?.language ?? null;
  const [before, lasting] = [settings.channelSkills[live.channel] ?? {}, both(ticket.requirement ?? {}, settings.languageSkills[language ?? ''] ?? {})];
  const kept = Object.fromEntries(Object.entries(live.requirement ?? {}).map(([skill, level]) => [skill, before[skill] === level ? lasting[skill] ?? 0 : level]).filter(([, level]) => level !== 0));
  return both(kept, demandsOf(settings, { channel, language }));
}

/** Calls the customer back: in turn, with the place of what waits, or at a moment. Throws nothing-to-call, bad-schedule. */
export async function callBack(ctx: Ctx, actor: Actor, { ticket, phone, at }: { ticket: TicketDoc; phone: string; at: Date | null }): Promise<TicketDoc> {
  if (at && at.getTime() <= ctx.clock.now()) throw problem('bad-schedule');
  const otherwise = byPhone(phone, at);
  const live = await liveInteraction(ctx.companyId, ticket._id);
  if (!at) {
    if (live) return answerOtherwise(ctx, actor, { ticket, otherwise });
    await putToWork(ctx, actor, { ticket, channel: otherwise.channel, attributes: {}, phone });
    return agreed(ctx, actor, { ticket, otherwise });
  }
  if (live) {
    await endWork(ctx, actor, { interaction: live, end: { how: live.acceptedAt ? 'handled' : 'withdrawn', disposition: null } });
  }
  const aside = await setAside(ctx, actor, { ticket, snooze: { at, kind: 'callback', note: '', arrivedAt: live?.arrivedAt ?? null, phone } });
  return agreed(ctx, actor, { ticket: aside, otherwise });
}

// The number or address is one of the customer's from now on; somebody else's proven one stays theirs.
async function agreed(ctx: Ctx, actor: Actor, { ticket, otherwise }: { ticket: TicketDoc; otherwise: Otherwise }): Promise<TicketDoc> {
  const { kind, value, at } = otherwise.answerBy;
  const after = await changeTicket(ctx, actor, { ticket, set: { answerBy: otherwise.answerBy, ask: null } });
  await addContactPoint(ctx, actor, { id: ticket.customerId, kind, value }).catch((error: unknown) => ctx.log.info({ err: error, ticketId: ticket._id }, 'an address could not be added to the customer'));
  await note(ctx, actor, { ticket: after, code: kind === 'phone' ? (at ? 'callback-at' : 'callback') : 'answer-by-email', params: { value, at: at?.toISOString() ?? null } });
  return after;
}
