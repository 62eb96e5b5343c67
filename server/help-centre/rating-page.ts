import { problem } from '../kernel';
import { ratedTicketId, rateTicket } from '../tickets';
import { html } from './html';
import { addressOf, page } from './page';
import type { Visitor } from './visit';

const scores = [5, 4, 3, 2, 1] as const;

/** How it went, asked by a link in a mail; a form, so that software that follows links rates nothing. */
export async function ratingPage({ ctx, frame }: Visitor, token: string, done: boolean): Promise<string> {
  const { t, tongue } = frame;
  ratedTicketId(ctx, token);
  const form = html`<form method="post" action="${addressOf(tongue, `/rate/${token}`)}"><fieldset class="choices"><legend class="hidden">${t('rate')}</legend>${scores.map((score) => html`<label><input type="radio" name="score" value="${score}" required> ${t(`rate${score}`)}</label>`)}</fieldset>
<div class="field"><label for="comment">${t('rate.why')}</label><textarea id="comment" name="comment" rows="4" maxlength="2000" dir="auto"></textarea></div><button>${t('send')}</button></form>`;
  return page(frame, { path: `/rate/${token}`, title: t('rate'), hidden: true, body: html`<h1>${t('rate')}</h1>${done ? html`<p class="note" role="status">${t('thanks')}</p>` : form}` });
}

/** Takes the form. Throws bad-input without a score from 1 to 5. */
export async function takeRating({ ctx }: Visitor, token: string, form: Record<string, string>): Promise<void> {
  const score = Number(form['score']);
  if (!scores.some((each) => each === score)) throw problem('bad-input', { score: form['score'] ?? '' });
  await rateTicket(ctx, ratedTicketId(ctx, token), { score, comment: (form['comment'] ?? '').trim() });
}
