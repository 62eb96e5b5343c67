/** Classes, ids and attributes by which mail programs mark what they quote. `|` separates alternatives; data, not code. */
const QUOTE_ATTRIBUTES = [
  'gmail_quote_container', 'yahoo_quoted', 'yahooquoted', 'protonmail_quote', 'zmail_extra', 'tutanota_quote', 'moz-forward-container',
  'outlookmessageheader', 'gmx_quote', 'name="quote"', "name='quote'", 'mailru-blockquote', 'wordwrap-quote',
];

/** True for an element whose content is quoted text. */
export function quoteKind(name: string, attributes: string): boolean {
  if (name === 'blockquote') return true;
  if (name !== 'div' && name !== 'span' && name !== 'table' && name !== 'section') return false;
  if (attributes === '') return false;
  const lower = attributes.slice(0, 2000).toLowerCase();
  return QUOTE_ATTRIBUTES.some((mark) => lower.includes(mark));
}
