// What HTML of a mail may contain. Everything else goes, its text stays.
'use strict';

const TAGS = [
  'a', 'abbr', 'acronym', 'address', 'article', 'b', 'bdi', 'bdo', 'big', 'blockquote', 'br', 'caption', 'center', 'cite', 'code', 'col', 'colgroup', 'dd', 'del', 'dfn', 'dir', 'div', 'dl', 'dt', 'em',
  'figcaption', 'figure', 'font', 'footer', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'i', 'img', 'ins', 'kbd', 'li', 'main', 'mark', 'nav', 'ol', 'p', 'pre', 'q', 'rp', 'rt', 'ruby', 's', 'samp', 'section', 'small',
  'span', 'strike', 'strong', 'sub', 'sup', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'time', 'tr', 'tt', 'u', 'ul', 'var', 'wbr',
];
const ATTRIBUTES = [
  'abbr', 'align', 'alt', 'bgcolor', 'border', 'cellpadding', 'cellspacing', 'cite', 'color', 'colspan', 'data-remote-src', 'datetime', 'dir', 'face', 'height', 'href', 'hspace', 'lang', 'nowrap', 'rowspan', 'scope', 'size',
  'span', 'src', 'start', 'style', 'title', 'type', 'valign', 'value', 'vspace', 'width',
];
const PROPERTIES = new Set([
  'background-color', 'border', 'border-bottom', 'border-bottom-color', 'border-bottom-style', 'border-bottom-width', 'border-collapse', 'border-color', 'border-left', 'border-left-color', 'border-left-style', 'border-left-width',
  'border-radius', 'border-right', 'border-spacing', 'border-style', 'border-top', 'border-top-color', 'border-top-style', 'border-top-width', 'border-width', 'caption-side', 'color', 'direction', 'display', 'font', 'font-family',
  'font-size', 'font-style', 'font-variant', 'font-weight', 'height', 'letter-spacing', 'line-height', 'list-style-type', 'margin', 'margin-bottom', 'margin-left', 'margin-right', 'margin-top', 'max-width', 'min-width', 'padding',
  'padding-bottom', 'padding-left', 'padding-right', 'padding-top', 'table-layout', 'text-align', 'text-decoration', 'text-indent', 'text-transform', 'vertical-align', 'white-space', 'width', 'word-break', 'word-wrap',
]);
/** Nothing that loads, moves out of its place or runs. */
const HARMLESS_VALUE = /^[\w\s#%.,+'"()!-]{1,300}$/;
const FUNCTIONS = /url|expression|image|attr|var|env|element|import|calc|\\|@|-moz-|behavior/i;

/** Keeps the harmless declarations of a style attribute. */
function cleanStyle(style) {
  return String(style).slice(0, 5000).split(';').slice(0, 80).map((declaration) => {
    const colon = declaration.indexOf(':');
    const name = declaration.slice(0, colon).trim().toLowerCase();
    const value = declaration.slice(colon + 1).trim();
    if (colon < 1 || !PROPERTIES.has(name) || !HARMLESS_VALUE.test(value) || FUNCTIONS.test(value)) return '';
    if (name.startsWith('margin') && value.includes('-')) return '';
    return `${name}: ${value}`;
  }).filter(Boolean).join('; ');
}

module.exports = {
  ALLOWED_TAGS: new Set(TAGS), ALLOWED_ATTRIBUTES: new Set(ATTRIBUTES),
  VOID: new Set(['br', 'col', 'hr', 'img', 'wbr']),
  DROPPED_WITH_CONTENT: new Set(['script', 'style', 'title', 'head', 'iframe', 'noscript', 'object', 'embed', 'template', 'select', 'textarea', 'video', 'audio', 'noembed', 'noframes', 'xmp', 'plaintext']),
  /** Attributes that hold what people read. */
  FREE_TEXT: new Set(['alt', 'title', 'value']),
  /** Holds for every other attribute: a known protocol, or a value that is no address at all. Links and pictures are judged apart. */
  HARMLESS: /^(?:(?:https?|mailto|tel|cid):|[^a-z]|[a-z+.-]+(?:[^a-z+.:-]|$))/i,
  LINK: /^(?:https?:\/\/|mailto:|tel:)/i,
  IMAGE_DATA: /^data:image\/(?:png|jpe?g|gif|webp);base64,[a-z0-9+/=\s]+$/i,
  REMOTE: /^(?:https?:)?\/\//i,
  cleanStyle,
};
