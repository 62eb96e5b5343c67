import { companyById } from '../access';
import { isSigned, problem, sign, system, type Ctx } from '../kernel';
import { note } from './solve-ticket';
import { ticketById } from './ticket.model';

const purpose = 'ticket-rating';
const again = { points: 5, seconds: 86_400 };

/** Where the customer of a ticket may rate how it went, for mails: nobody can make up one of another ticket. */
export async function ratingLink(ctx: Ctx, ticketId: string): Promise<string> {
  const company = await companyById(ctx.companyId);
  return `${ctx.publicUrl}/help/${company?.locale.split('-')[0] ?? 'en'}/rate/${ticketId}.${sign(ctx.secrets, purpose, `${ctx.companyId}:${ticketId}`)}`;
}

/** The ticket of a rating link; throws not-found for anything else. */
export function ratedTicketId(ctx: Ctx, token: string): string {
  const [ticketId = '', signature = ''] = token.split('.');
  if (!isSigned(ctx.secrets, purpose, { text: `${ctx.companyId}:${ticketId}`, signature })) throw problem('not-found');
  return ticketId;
}

/** Records how a customer rates a ticket, 1 bad to 5 good; the last word counts. Throws not-found and, beyond a few a day, too-many-requests. */
export async function rateTicket(ctx: Ctx, ticketId: string, { score, comment }: { score: number; comment: string }): Promise<void> {
  const ticket = await ticketById(ctx.companyId, ticketId);
  if (!ticket || ticket.erasedAt) throw problem('not-found');
  await ctx.limits.take('ticket-rating', `${ctx.companyId}:${ticketId}`, again);
  await note(ctx, system('customer'), { ticket, code: 'rated', params: { score, comment: comment.slice(0, 2000) } });
}
