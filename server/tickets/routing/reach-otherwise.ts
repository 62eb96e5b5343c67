import { z } from 'zod';
import type { OverflowAction } from '../../../protocol';
import type { Actor, Ctx } from '../../kernel';
import { manifestOf } from '../ports';
import type { TicketDoc } from '../ticket.model';
import { sayAutomatically } from './say-automatically';
import { changeTicket } from '../change-ticket';

/** How work is to be done when not on the channel it came by. */
export interface Otherwise {
  channel: string;
  phone: string | null;
  answerBy: NonNullable<TicketDoc['answerBy']>;
}

const phoneForm = /\+?[0-9][0-9 ()/.-]{4,28}/;
const mailForm = /[^\s<>()",;:]+@[^\s<>()",;:]+\.[^\s<>()",;:.]{2,}/;

/** A call to a number instead. */
export const byPhone = (phone: string, at: Date | null = null): Otherwise => ({ channel: 'voice', phone, answerBy: { kind: 'phone', value: phone, at } });
/** A mail to an address instead. */
export const byEmail = (address: string): Otherwise => ({ channel: 'email', phone: null, answerBy: { kind: 'email', value: address, at: null } });

/** What is known already of how the customer can be reached in the way an overflow wants; null: it has to be asked. */
export function knownReach(then: OverflowAction, { customerContact, channel }: Pick<TicketDoc, 'customerContact' | 'channel'>, attributes: Record<string, string>): Otherwise | null {
  if (then.to === 'email') {
    const address = customerContact.includes('@') ? customerContact : attributes['email'];
    return address && z.email().safeParse(address).success ? byEmail(address) : null;
  }
  if (then.to !== 'callback') return null;
  const number = manifestOf(channel).media === 'voice' ? customerContact : attributes['phone'];
  return number && phoneForm.exec(number)?.[0] === number ? byPhone(number) : null;
}

/** Finds in a customer's words what they were asked for; null: it is not there. */
export function reachIn(ask: TicketDoc['ask'], text: string): Otherwise | null {
  const found = ask === 'email' ? mailForm.exec(text)?.[0] : ask === 'phone' ? phoneForm.exec(text)?.[0] : undefined;
  if (found === undefined) return null;
  if (ask === 'email') return z.email().safeParse(found).success ? byEmail(found.toLowerCase()) : null;
  return byPhone(found.trim());
}

/** Tells the customer what an overflow has to say, and notes how they will be answered or what they are asked for. */
export async function tellOverflow(ctx: Ctx, actor: Actor, told: { ticket: TicketDoc; then: Exclude<OverflowAction, { to: 'queue' }>; otherwise: Otherwise | null; key: string }): Promise<TicketDoc> {
  const { ticket, then, otherwise } = told;
  const asked = then.to === 'email' ? 'email' as const : 'phone' as const;
  const live = manifestOf(ticket.channel).pace === 'live' && manifestOf(ticket.channel).media === 'text';
  const set = then.to === 'message' ? {} : otherwise ? { answerBy: otherwise.answerBy, ask: null } : live ? { ask: asked } : {};
  const after = await changeTicket(ctx, actor, { ticket, set });
  if (then.text.trim() !== '') await sayAutomatically(ctx, { ticket: after, text: then.text.trim(), clientId: told.key });
  return after;
}
