import { accountsById } from '../access';
import { ProblemError, type Ctx, type DomainEvent } from '../kernel';
import { agentById } from '../workforce';
import { messageById } from './message.model';
import { ticketPorts } from './ports';
import { liveMessage } from './summarise';
import { suppressedOf } from './suppressed.model';
import { ticketById } from './ticket.model';

// A console that is only loaded anew is back by then.
const afterMs = 30_000;
const allowance = { points: 20, seconds: 3600 };

const isHere = async (ctx: Ctx, accountId: string): Promise<boolean> => (await agentById(ctx.companyId, accountId))?.connected ?? false;

/** After a note that speaks to colleagues: those who are not at a console are mailed a little later, once. The others were told there. */
export async function planMentionMails(ctx: Ctx, event: DomainEvent, live: unknown): Promise<void> {
  if (event.data['kind'] !== 'note') return;
  const message = liveMessage(live) ?? (await messageById(ctx.companyId, String(event.data['messageId'])));
  for (const accountId of message?.mentions ?? []) {
    if (!message || accountId === message.authorId || (await isHere(ctx, accountId))) continue;
    await ctx.jobs.add('mention.mail', { companyId: ctx.companyId, messageId: message._id, accountId }, { at: ctx.clock.now() + afterMs });
  }
}

/** The job: mails a colleague what a note says to them, unless they came back meanwhile. Throws when the mail server does not take it, to be tried again. */
export async function mailMention(ctx: Ctx, { messageId, accountId }: { messageId: string; accountId: string }): Promise<void> {
  const message = await messageById(ctx.companyId, messageId);
  const [ticket, accounts] = await Promise.all([message ? ticketById(ctx.companyId, message.ticketId) : null, accountsById(ctx, [accountId])]);
  const account = accounts.get(accountId);
  if (!message || !ticket || !account || account.disabled || (await isHere(ctx, accountId))) return;
  if (!(await mayBeMailed(ctx, account.email))) return;
  await ticketPorts().mailColleague(ctx, { to: account.email, locale: account.locale, name: account.name, by: message.authorName, number: ticket.number, subject: ticket.subject, text: message.text, link: `${ctx.publicUrl}/inbox/following/${ticket._id}` });
}

// An address we read ourselves would make a ticket of it, and that ticket notes of its own.
async function mayBeMailed(ctx: Ctx, address: string): Promise<boolean> {
  if ((await ticketPorts().ownAddresses(ctx)).includes(address.toLowerCase()) || (await suppressedOf(ctx, [address])).length > 0) return false;
  return ctx.limits.take('mention-mail', `${ctx.companyId} ${address.toLowerCase()}`, allowance).then(() => true, (error: unknown) => {
    if (error instanceof ProblemError) return false;
    throw error;
  });
}
