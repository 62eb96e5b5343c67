import type { DemoMail } from '../../channels/email';
import { escapeHtml } from '../../kernel';
import { demoMailboxes } from './people';

const style = `<link rel="stylesheet" href="/demo/style.css">`;
const frame = (title: string, body: string): string => `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title>${style}</head><body>${body}</body></html>`;

/** The style of the demo pages. */
export const demoStyle = `:root{color-scheme:light dark;--surface:light-dark(#fff,#14171a);--sunken:light-dark(#f4f6f8,#1d2125);--line:light-dark(#d9dee3,#343a41);--edge:light-dark(#868f98,#7b858f);--text:light-dark(#14181c,#eef1f4);--soft:light-dark(#515a63,#aab3bc);--accent:light-dark(#0b5f59,#5fc7b9);--on-accent:light-dark(#fff,#0c1413)}
*{box-sizing:border-box}body{margin:0;background:var(--surface);color:var(--text);font:400 16px/24px system-ui,sans-serif}header,main{max-width:880px;margin:0 auto;padding-inline:16px}
header{display:flex;flex-wrap:wrap;gap:4px 24px;align-items:center;min-height:64px}header strong{margin-inline-end:auto;font-weight:600}header nav{display:flex;flex-wrap:wrap;gap:4px 24px}header a{color:var(--soft);font-size:14px;text-decoration:none}header a:hover{color:var(--text);text-decoration:underline}
main{padding-block:24px 96px}h1{margin:0 0 8px;font-size:28px;line-height:36px;font-weight:600}h2{margin:32px 0 12px;font-size:20px;line-height:28px;font-weight:600}h3{margin:0;font-size:16px;line-height:24px;font-weight:600}p{margin:0}.soft,article p{color:var(--soft);font-size:14px;line-height:20px}
.goods{display:grid;grid-template-columns:repeat(auto-fill,minmax(220px,1fr));gap:24px;margin:32px 0 0;padding:0;list-style:none}.goods svg{display:block;width:100%;height:152px;padding:44px;margin-block-end:12px;border-radius:10px;background:var(--sunken);color:var(--soft);fill:none;stroke:currentcolor;stroke-width:1;stroke-linecap:round;stroke-linejoin:round}.goods h2{margin:0;font-size:16px;line-height:24px}
article{margin-block:12px;padding:16px;border:1px solid var(--line);border-radius:10px}pre{margin:12px 0 0;white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}form{display:grid;gap:4px;max-width:560px}label{margin-block-start:12px;font-size:14px;line-height:20px;font-weight:500}
input,select,textarea{font:inherit;color:inherit;width:100%;min-height:44px;padding:9px 12px;border:1px solid var(--edge);border-radius:6px;background:var(--surface)}textarea{resize:none;field-sizing:content;min-height:160px}button{justify-self:start;margin-block-start:12px;min-height:44px;padding:9px 16px;border:0;border-radius:6px;background:var(--accent);color:var(--on-accent);font:inherit;font-weight:500;cursor:pointer}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}`;

const header = '<header><strong>Demo Shop</strong><nav aria-label="Demo"><a href="/demo">Shop</a><a href="/demo/mailbox">My mailbox</a><a href="/">Agent console</a></nav></header>';

/** What the shop sells, each with a line drawing. */
const goods = [
  { name: 'Atlas lamp', price: '€ 49', drawing: '<path d="M9 18h6M10 21h4M8.5 14.5A6 6 0 1 1 15.5 14.5c-.6.5-.9 1-.9 1.6v.4H9.4v-.4c0-.6-.3-1.1-.9-1.6Z"/>' },
  { name: 'Atlas hub 2.3', price: '€ 129', drawing: '<rect x="3" y="13" width="18" height="7" rx="2"/><path d="M7 16.5h.01M10.5 16.5h.01M8.5 9a5 5 0 0 1 7 0M6 6.3a9 9 0 0 1 12 0"/>' },
  { name: 'Motion sensor', price: '€ 19', drawing: '<circle cx="12" cy="12" r="3"/><path d="M7.5 7.5a6.4 6.4 0 0 0 0 9M16.5 7.5a6.4 6.4 0 0 1 0 9M4.7 4.7a10.3 10.3 0 0 0 0 14.6M19.3 4.7a10.3 10.3 0 0 1 0 14.6"/>' },
  { name: 'Door contact', price: '€ 15', drawing: '<path d="M4 21h16M6 21V4a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v17M14.5 12h.01"/>' },
  { name: 'Wall plug', price: '€ 25', drawing: '<path d="M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0ZM12 17v4"/>' },
  { name: 'Smart radiator valve', price: '€ 59', drawing: '<path d="M5 5v14M9.7 5v14M14.3 5v14M19 5v14M5 8h14M5 16h14M19 12h3"/>' },
];

/** A shop page with the widget on it. */
export function shopPage(): string {
  const list = goods.map(({ name, price, drawing }) => `<li><svg viewBox="0 0 24 24" aria-hidden="true">${drawing}</svg><h2>${name}</h2><p class="soft">${price}</p></li>`).join('');
  return frame('Demo Shop', `${header}<main><h1>For a home that looks after itself</h1><p class="soft">A page as a company would have it. The round button in the corner is the Trunkline widget.</p><ul class="goods">${list}</ul></main><script async src="/widget/trunkline.js"></script>`);
}

/** The mailbox of the demo customer: what arrived, and a form to write. */
export function mailboxPage({ customer, mails }: { customer: string; mails: DemoMail[] }): string {
  const last = mails.at(-1);
  const options = demoMailboxes.map((box) => `<option value="${box.address}">${escapeHtml(box.name)} &lt;${box.address}&gt;</option>`).join('');
  const received = mails.map((mail) => `<article><h3>${escapeHtml(mail.subject)}</h3><p>From ${escapeHtml(mail.from)}, <time datetime="${mail.at.toISOString()}">${mail.at.toISOString().slice(0, 16).replace('T', ' ')}</time></p><pre>${escapeHtml(mail.text)}</pre></article>`).join('');
  const reply = last?.messageId ? `<input type="hidden" name="inReplyTo" value="${escapeHtml(last.messageId)}">` : '';
  const subject = last ? ` value="${escapeHtml(/^re:/i.test(last.subject) ? last.subject : `Re: ${last.subject}`)}"` : '';
  return frame('Demo mailbox', `${header}<main><h1>Mailbox of ${escapeHtml(customer)}</h1><section aria-labelledby="received"><h2 id="received">Received</h2><div id="mails">${received || '<p class="soft">Nothing yet. Write below, answer in the console, and the reply appears here.</p>'}</div></section>
<section aria-labelledby="write"><h2 id="write">${last ? 'Answer' : 'Write to support'}</h2><form method="post" action="/demo/mailbox"><label for="to">To</label><select id="to" name="to">${options}</select><label for="subject">Subject</label><input id="subject" name="subject" required maxlength="200"${subject}><label for="text">Message</label><textarea id="text" name="text" rows="8" required maxlength="10000"></textarea>${reply}<button type="submit">Send</button></form></section></main><script src="/demo/mailbox.js" defer></script>`);
}

/** Reloads the mailbox when something arrives, unless somebody is writing. */
export const mailboxScript = `let known=document.querySelectorAll('#mails article').length;setInterval(async()=>{const answer=await fetch('/demo/mailbox/mails').catch(()=>null);if(!answer||!answer.ok)return;const{rows}=await answer.json();if(rows.length>known&&document.getElementById('text').value==='')location.reload();},2000);`;
