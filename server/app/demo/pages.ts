import type { DemoMail } from '../../channels/email';
import { demoMailboxes } from './people';

const escape = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
const style = `<link rel="stylesheet" href="/demo/style.css">`;
const frame = (title: string, body: string): string => `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escape(title)}</title>${style}</head><body>${body}</body></html>`;

/** The style of the demo pages. */
export const demoStyle = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:0 auto;padding:2rem 1rem}nav a{margin-inline-end:1rem}
.goods{display:grid;grid-template-columns:repeat(auto-fill,minmax(14rem,1fr));gap:1rem;padding:0;list-style:none}.goods li,article{border:1px solid #8886;border-radius:10px;padding:1rem}
label{display:block;margin-block:.75rem .25rem;font-weight:600}input,select,textarea{font:inherit;width:100%;box-sizing:border-box;padding:.5rem;border:1px solid #8889;border-radius:6px}
button{font:inherit;font-weight:600;margin-block-start:1rem;padding:.6rem 1.2rem;border:0;border-radius:6px;background:#0b5f59;color:#fff}article{margin-block:1rem}pre{white-space:pre-wrap;font:inherit}`;

const nav = '<nav aria-label="Demo"><a href="/demo">Shop</a><a href="/demo/mailbox">My mailbox</a><a href="/">Agent console</a></nav>';

/** A shop page with the widget on it. */
export function shopPage(): string {
  const goods = [['Atlas lamp', '€ 49'], ['Atlas hub 2.3', '€ 129'], ['Motion sensor', '€ 19'], ['Door contact', '€ 15'], ['Wall plug', '€ 25'], ['Smart radiator valve', '€ 59']];
  const list = goods.map(([name, price]) => `<li><h2>${name}</h2><p>${price}</p></li>`).join('');
  return frame('Demo Shop', `<header>${nav}</header><main><h1>Demo Shop</h1><p>A page as a company would have it. The round button in the corner is the Trunkline widget.</p><ul class="goods">${list}</ul></main><script async src="/widget/trunkline.js"></script>`);
}

/** The mailbox of the demo customer: what arrived, and a form to write. */
export function mailboxPage({ customer, mails }: { customer: string; mails: DemoMail[] }): string {
  const last = mails.at(-1);
  const options = demoMailboxes.map((box) => `<option value="${box.address}">${escape(box.name)} &lt;${box.address}&gt;</option>`).join('');
  const received = mails.map((mail) => `<article><h3>${escape(mail.subject)}</h3><p>From ${escape(mail.from)}, <time datetime="${mail.at.toISOString()}">${mail.at.toISOString().slice(0, 16).replace('T', ' ')}</time></p><pre>${escape(mail.text)}</pre></article>`).join('');
  const reply = last?.messageId ? `<input type="hidden" name="inReplyTo" value="${escape(last.messageId)}">` : '';
  const subject = last ? ` value="${escape(/^re:/i.test(last.subject) ? last.subject : `Re: ${last.subject}`)}"` : '';
  return frame('Demo mailbox', `<header>${nav}</header><main><h1>Mailbox of ${escape(customer)}</h1><section aria-labelledby="received"><h2 id="received">Received</h2><div id="mails">${received || '<p>Nothing yet. Write below, answer in the console, and the reply appears here.</p>'}</div></section>
<section aria-labelledby="write"><h2 id="write">${last ? 'Answer' : 'Write to support'}</h2><form method="post" action="/demo/mailbox"><label for="to">To</label><select id="to" name="to">${options}</select><label for="subject">Subject</label><input id="subject" name="subject" required maxlength="200"${subject}><label for="text">Message</label><textarea id="text" name="text" rows="8" required maxlength="10000"></textarea>${reply}<button type="submit">Send</button></form></section></main><script src="/demo/mailbox.js" defer></script>`);
}

/** Reloads the mailbox when something arrives, unless somebody is writing. */
export const mailboxScript = `let known=document.querySelectorAll('#mails article').length;setInterval(async()=>{const answer=await fetch('/demo/mailbox/mails').catch(()=>null);if(!answer||!answer.ok)return;const{rows}=await answer.json();if(rows.length>known&&document.getElementById('text').value==='')location.reload();},2000);`;
