import { escapeHtml } from '../../kernel';
import { dark, light } from './mail-colours';

const anAddress = /(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)])/;
const linked = (text: string): string => text.split(anAddress).map((part, place) => (place % 2 === 1 ? `<a class="a" href="${escapeHtml(part)}" style="color:${light.accent}">${escapeHtml(part)}</a>` : escapeHtml(part))).join('');
const isAddress = (part: string): boolean => /^https?:\/\/\S+$/.test(part);

const paragraph = (part: string): string => (/^-+$/.test(part) ? `<hr class="l" style="border:0;border-top:1px solid ${light.line};margin:24px 0">` : `<p style="margin:0 0 16px">${linked(part).replace(/\n/g, '<br>')}</p>`);

// The button for eyes, the address below it for whoever would rather see where it leads.
const button = (link: string, action: string): string => `<p style="margin:24px 0 12px"><a class="b" href="${escapeHtml(link)}" style="display:inline-block;padding:10px 16px;border-radius:6px;background:${light.accent};color:${light.onAccent};font-weight:500;text-decoration:none">${escapeHtml(action)}</a></p>
<p class="s" style="margin:0 0 16px;color:${light.soft};font-size:13px;line-height:18px;overflow-wrap:anywhere">${escapeHtml(link)}</p>`;

const darkStyle = `.g{background:${dark.ground}!important;color:${dark.ink}!important}.c{background:${dark.card}!important;border-color:${dark.line}!important}.l{border-color:${dark.line}!important}.s{color:${dark.soft}!important}.a{color:${dark.accent}!important}.b{background:${dark.accent}!important;color:${dark.onAccent}!important}`;

/** A mail's text as HTML, in the same words: paragraphs, and the last link that stands alone as a button that says what it does. Earlier ones may be somebody else's words. */
export function htmlOf({ subject, text, action }: { subject: string; text: string; action: string }): string {
  const said = text.trim().split(/\n{2,}/);
  const ours = action === '' ? -1 : said.findLastIndex(isAddress);
  const parts = said.map((part, place) => (place === ours ? button(part, action) : paragraph(part)));
  return `<!doctype html>
<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${escapeHtml(subject)}</title><style>@media (prefers-color-scheme: dark){${darkStyle}}</style></head>
<body class="g" dir="auto" style="margin:0;background:${light.ground};color:${light.ink};font:400 16px/24px system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif">
<div style="max-width:560px;margin:0 auto;padding:24px 16px"><div class="c" style="background:${light.card};border:1px solid ${light.line};border-radius:10px;padding:32px 32px 16px">
${parts.join('\n')}
</div></div></body></html>`;
}
