import { newId, problem } from '../kernel';
import { Messages, Tickets, type MessageDoc, type TicketDoc } from '../tickets';
import { runToken } from './guide-pages';
import { html, Safe } from './html';
import { addressOf, page, type Frame } from './page';
import { linkFor } from './sign-in';
import type { Visitor } from './visit';

const writing = { points: 10, seconds: 600 };
const asking = { points: 5, seconds: 900 };
const isEmail = (text: string): boolean => /^[^\s@<>"']+@[^\s@<>"']+\.[^\s@<>"']{2,}$/.test(text) && text.length <= 254;

/** Ways to a person: whether somebody is there and how long it takes, a form, going on with a guide. */
export async function reachPage(visitor: Visitor, state: 'new' | 'sent' | 'wrong' = 'new'): Promise<string> {
  const { frame, ports, ctx, customer } = visitor;
  const { t, tongue } = frame;
  const { online, expectedWait } = await ports.position(ctx);
  const wait = online ? `${t('online')} ${expectedWait === null || expectedWait < 30 ? t('now') : t('wait', { n: Math.max(1, Math.round(expectedWait / 60)) })}` : t('away');
  const form = html`<form method="post" action="${addressOf(tongue, '/reach')}"><h2>${t('write')}</h2><input type="hidden" name="id" value="${newId()}">
<div class="field"><label for="name">${t('name')}</label><input id="name" name="name" maxlength="200" autocomplete="name"></div><div class="field"><label for="email">${t('email')}</label><input id="email" name="email" type="email" required maxlength="254" autocomplete="email" value="${customer?.email ?? ''}"></div>
<div class="field"><label for="subject">${t('subject')}</label><input id="subject" name="subject" maxlength="300" dir="auto"></div><div class="field"><label for="message">${t('message')}</label><textarea id="message" name="message" rows="6" required maxlength="20000" dir="auto"></textarea></div>
<div class="honey" aria-hidden="true"><label for="website">Website</label><input id="website" name="website" tabindex="-1" autocomplete="off"></div><button>${t('send')}</button></form>`;
  const resume = html`<section><h2>${t('resume')}</h2><form method="post" action="${addressOf(tongue, '/guide/resume')}"><div class="field"><label for="code">${t('digits')}</label><input id="code" name="code" inputmode="numeric" pattern="[0-9 ]{8,9}" required maxlength="9"></div><button class="plain">${t('next')}</button></form></section>`;
  const body = html`<h1>${t('reach')}</h1><p class="note" role="status">${wait}</p>${state === 'sent' ? html`<p class="note" role="status"><strong>${t('arrived')}</strong></p>` : html`${state === 'wrong' && html`<p class="fault" role="alert">${t('wrong')}</p>`}${form}`}${resume}`;
  return page(frame, { path: '/reach', title: t('reach'), body });
}

/** Takes the form. The path of a guide and the visit go along. */
export async function takeLetter(visitor: Visitor, form: Record<string, string>): Promise<'sent' | 'wrong'> {
  const { ctx, ports, frame, customer, session } = visitor;
  if ((form['website'] ?? '') !== '') return 'sent';
  const email = (form['email'] ?? '').trim().toLowerCase();
  const text = (form['message'] ?? '').trim().slice(0, 20_000);
  if (!isEmail(email) || text === '') return 'wrong';
  await ctx.limits.take('help-letter', visitor.request.ip ?? 'unknown', writing);
  const attributes = Object.fromEntries(Object.entries({ guideRun: runToken(visitor), helpSession: session }).filter(([, value]) => value !== ''));
  const sourceId = `help:${/^[0-9a-f]{24}$/.test(form['id'] ?? '') ? form['id'] : newId()}`;
  await ports.take(ctx, { email, verified: customer?.email === email, name: (form['name'] ?? '').trim().slice(0, 200), subject: (form['subject'] ?? '').trim().slice(0, 300), text, locale: frame.tongue, queueId: frame.brand.queueId, attributes, sourceId });
  return 'sent';
}

/** Asks for a mail link; says the same whether the address is known or not. */
export async function askLink(visitor: Visitor, given: string): Promise<void> {
  const { ctx, ports, frame } = visitor;
  const email = given.trim().toLowerCase();
  if (!isEmail(email)) return;
  await ctx.limits.take('help-link', visitor.request.ip ?? 'unknown', asking);
  const token = await linkFor(ctx, email);
  if (token === null) return;
  const link = `${frame.origin}${addressOf(frame.tongue, `/sign-in/${token}`)}`;
  await ports.sendMail(ctx, { to: email, subject: frame.t('sign-in.mail', { company: frame.brand.name }), text: frame.t('sign-in.mail.text', { link }), action: frame.t('sign-in.go') }).catch((error: unknown) => ctx.log.error({ err: error }, 'a sign-in link could not be mailed'));
}

/** The form that asks for a link, or says that one is on its way. */
export function signInPage({ frame }: Visitor, state: 'new' | 'sent' | 'expired'): string {
  const { t, tongue } = frame;
  const form = html`<form method="post" action="${addressOf(tongue, '/sign-in')}"><div class="field"><label for="email">${t('email')}</label><input id="email" name="email" type="email" required maxlength="254" autocomplete="email"></div><button>${t('send')}</button></form>`;
  const body = html`<h1>${t('sign-in')}</h1><p>${t('sign-in.text')}</p>${state === 'new' ? form : html`<p class="note" role="status">${t(state === 'sent' ? 'sign-in.sent' : 'expired')}</p>${state === 'expired' && form}`}`;
  return page(frame, { path: '/mine', title: t('sign-in'), body, hidden: true });
}

/** A button, so that software that looks at links in mails uses up none. */
export function confirmPage({ frame }: Visitor, token: string): string {
  const { t, tongue } = frame;
  const body = html`<h1>${t('sign-in')}</h1><form method="post" action="${addressOf(tongue, `/sign-in/${token}`)}"><button>${t('sign-in.go')}</button></form>`;
  return page(frame, { path: '/mine', title: t('sign-in'), body, hidden: true });
}

const visible = (companyId: string, customerId: string) => ({ companyId, customerId, spam: false, trashedAt: null });
const stateOf = ({ frame: { t } }: Visitor, ticket: TicketDoc): string => t(ticket.status === 'solved' || ticket.status === 'closed' ? 'solved' : 'open');

/** A customer's own requests. */
export async function minePage(visitor: Visitor, customerId: string): Promise<string> {
  const { ctx, frame } = visitor;
  const { t, tongue } = frame;
  const rows = await Tickets.find(visible(ctx.companyId, customerId)).sort({ lastMessageAt: -1 }).limit(100).lean<TicketDoc[]>();
  const body = html`<h1>${t('mine')}</h1>${rows.length === 0 ? html`<p class="note">${t('mine.none')}</p>` : html`<ul class="list">${rows.map((ticket) => html`<li><a href="${addressOf(tongue, `/mine/${ticket.number}`)}">#${ticket.number} <bdi>${ticket.subject}</bdi></a><p>${stateOf(visitor, ticket)} · ${dateOf(frame, ticket.lastMessageAt)}</p></li>`)}</ul>`}<form method="post" action="${addressOf(tongue, '/sign-out')}"><button class="link">${t('sign-out')}</button></form>`;
  return page(frame, { path: '/mine', title: t('mine'), body, hidden: true });
}

// The reader's own zone is known to scripts only: the company's, named.
const dateOf = ({ tongue, timeZone }: Frame, at: Date): string => new Intl.DateTimeFormat(tongue, { year: 'numeric', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZoneName: 'short', timeZone }).format(at);

/** The customer's own ticket; not-found for anybody else's. */
export async function ownTicket({ ctx }: Visitor, customerId: string, number: number): Promise<TicketDoc> {
  const ticket = await Tickets.findOne({ ...visible(ctx.companyId, customerId), number }).lean<TicketDoc>();
  if (!ticket) throw problem('not-found');
  return ticket;
}

/** One request: what was written, and a form to answer. Notes and what colleagues do stay inside. */
export async function ticketPage(visitor: Visitor, ticket: TicketDoc): Promise<string> {
  const { ctx, frame } = visitor;
  const { t, tongue } = frame;
  const rows = await Messages.find({ companyId: ctx.companyId, ticketId: ticket._id, kind: { $in: ['customer', 'agent'] } }).sort({ seq: 1 }).limit(500).lean<MessageDoc[]>();
  const entry = (message: MessageDoc): Safe => html`<li class="message${message.kind === 'agent' ? ' us' : ''}" dir="auto"><div class="quiet"><bdi>${message.kind === 'agent' ? message.authorName || frame.brand.name : t('you')}</bdi> · ${dateOf(frame, message.at)}</div>${message.replyText ?? message.text}</li>`;
  const body = html`<p class="where"><a href="${addressOf(tongue, '/mine')}">${t('mine')}</a></p><h1 dir="auto">#${ticket.number} ${ticket.subject}</h1><p class="quiet state">${stateOf(visitor, ticket)}</p><ol class="list">${rows.map(entry)}</ol>
<form method="post" action="${addressOf(tongue, `/mine/${ticket.number}`)}"><input type="hidden" name="id" value="${newId()}"><div class="field"><label for="message">${t('reply')}</label><textarea id="message" name="message" rows="5" required maxlength="20000" dir="auto"></textarea></div><button>${t('send')}</button></form>`;
  return page(frame, { path: `/mine/${ticket.number}`, title: ticket.subject, body, hidden: true });
}
