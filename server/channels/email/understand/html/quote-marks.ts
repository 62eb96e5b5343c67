/** Classes, ids and attributes by which mail programs mark what they quote. Data, not code. */
const QUOTE_ATTRIBUTES = [
  'yahoo_quoted', 'yahooquoted', 'tutanota_quote', 'moz-forward-container', 'outlookmessageheader', 'gmx_quote', 'name="quote"', "name='quote'", 'mailru-blockquote', 'wordwrap-quote', 'isreplycontent',
  'mail-editor-reference-message-container',
];

/** The same for programs that put the quoted mail into a blockquote inside: what follows that blockquote is an answer. */
const QUOTE_BEGINNINGS = ['gmail_quote_container', 'protonmail_quote', 'zmail_extra'];

/** What mail programs write above a quoted mail, in whatever language. */
const HEADER_ATTRIBUTES = ['divrplyfwdmsg'];

/** What mail programs put around a signature. */
const SIGNATURE_ATTRIBUTES = ['gmail_signature"', 'gmail_signature\'', 'id="signature"', 'id=signature', 'id="x_signature"', 'moz-signature', 'protonmail_signature_block"', 'ms-outlook-mobile-signature', 'composer_signature', 'data-signature-widget="container"', 'applemailsignature', 'id="zm-_id_-sgn"'];

/** What the button for indenting makes of the sender's own words. */
const INDENT = /webkit-indent-blockquote|(?=[^>]*border:\s?(?:none|0))(?=[^>]*40px)/i;

export type MarkKind = 'quote' | 'beginning' | 'header' | 'signature';

const KINDS: ReadonlyArray<[MarkKind, readonly string[]]> = [['signature', SIGNATURE_ATTRIBUTES], ['header', HEADER_ATTRIBUTES], ['beginning', QUOTE_BEGINNINGS], ['quote', QUOTE_ATTRIBUTES]];
const MARKED = new Set(['div', 'span', 'table', 'section', 'pre']);

/** What an element holds, as far as its mail program says: quoted text, text up to the quotation in it, a quoted mail's header, a signature. */
export function markKind(name: string, attributes: string): MarkKind | null {
  if (name === 'blockquote') return INDENT.test(attributes.slice(0, 500)) ? null : 'quote';
  if (attributes === '' || !MARKED.has(name)) return null;
  const lower = attributes.slice(0, 2000).toLowerCase();
  return KINDS.find(([, marks]) => marks.some((mark) => lower.includes(mark)))?.[0] ?? null;
}
