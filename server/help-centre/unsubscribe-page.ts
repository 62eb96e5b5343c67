import { readUnsubscribe, unsubscribe } from '../tickets';
import { html, type Safe } from './html';
import { addressOf, page } from './page';
import type { Visitor } from './visit';

const shown = ({ frame }: Visitor, token: string, body: Safe): string => page(frame, { path: `/unsubscribe/${token}`, title: frame.t('reminders'), hidden: true, body: html`<h1>${frame.t('reminders')}</h1>${body}` });

/** The page a reminder's link leads to. Looking at it changes nothing, since mail filters look at links. */
export function unsubscribePage(visitor: Visitor, token: string): string {
  const { ctx, frame: { t, tongue } } = visitor;
  readUnsubscribe(ctx, token);
  return shown(visitor, token, html`<p>${t('reminders.ask')}</p><form method="post" action="${addressOf(tongue, `/unsubscribe/${token}`)}"><button>${t('reminders.end')}</button></form>`);
}

/** One click does it, without cookies and without being sent on, as RFC 8058 wants it of a program that clicks for its reader. */
export async function endReminders(visitor: Visitor, token: string): Promise<string> {
  await unsubscribe(visitor.ctx, token);
  return shown(visitor, token, html`<p class="note" role="status">${visitor.frame.t('reminders.ended')}</p>`);
}
