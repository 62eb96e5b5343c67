// Makes safe HTML: reads a mail's HTML as a browser would and writes anew only what the profile allows. What is written holds no element whose
// content is read by other rules (script, style, svg, textarea and their like) and no unescaped '<', so whoever reads it again finds exactly the
// tags that were written here.
'use strict';
const { html: { NS }, parse } = require('parse5');
const { ALLOWED_TAGS, ALLOWED_ATTRIBUTES, DROPPED_WITH_CONTENT, FREE_TEXT, HARMLESS, LINK, IMAGE_DATA, REMOTE, VOID, cleanStyle } = require('./mail-profile.cjs');

/** Deeper elements lose their tags, not their text: browsers give up there too. */
const DEEPEST = 200;

const escapeText = (text) => text.replace(/[&<>\u00a0]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? '&nbsp;');
const escapeValue = (value) => escapeText(value).replace(/"/g, '&quot;');
// Signs that some reader skips or folds inside an address.
const bare = (value) => value.replace(/[\u0000-\u0020\u00a0\u1680\u180e\u2000-\u2029\u205f\u3000]/g, '');

/** Pictures come from the mail itself or wait to be allowed. */
function pictureOf(name, value) {
  const source = value.trim();
  if (name === 'src' && (/^cid:[^\s"'<>]+$/i.test(source) || IMAGE_DATA.test(source))) return ['src', value];
  return REMOTE.test(source) ? ['data-remote-src', source.startsWith('//') ? `https:${source}` : source] : null;
}

function attributeOf(tag, { name, value }) {
  if (!ALLOWED_ATTRIBUTES.has(name)) return null;
  if (name === 'src' || name === 'data-remote-src') return tag === 'img' ? pictureOf(name, value) : null;
  if (name === 'href') return tag === 'a' && LINK.test(value.trim()) ? [name, value] : null;
  if (name === 'style') return [name, cleanStyle(value)];
  return FREE_TEXT.has(name) || HARMLESS.test(bare(value)) ? [name, value] : null;
}

function startTag({ tagName, attrs }) {
  const kept = new Map(attrs.map((attribute) => attributeOf(tagName, attribute)).filter((pair) => pair && !(pair[0] === 'style' && pair[1] === '')));
  const remote = kept.get('data-remote-src');
  kept.delete('data-remote-src');
  if (remote !== undefined && !kept.has('src')) kept.set('data-remote-src', remote);
  const written = [...kept].map(([name, value]) => ` ${name}="${escapeValue(value)}"`).join('');
  return `<${tagName}${written}${kept.has('href') ? ' target="_blank" rel="noopener noreferrer nofollow"' : ''}>`;
}

const bodyOf = (document) => document.childNodes.find((node) => node.nodeName === 'html')?.childNodes.find((node) => node.nodeName === 'body');
const isDropped = (node) => node.namespaceURI !== NS.HTML || DROPPED_WITH_CONTENT.has(node.tagName);

/** Safe HTML of a mail's HTML. */
function sanitise(html) {
  const written = [];
  // Its own stack instead of calls, so that no nesting is too deep. A string is an end tag to be written.
  const waiting = [...(bodyOf(parse(html))?.childNodes ?? [])].reverse();
  let depth = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string') {
      written.push(next);
      depth -= 1;
    } else if (next.nodeName === '#text') written.push(escapeText(next.value));
    else if (next.tagName !== undefined && !isDropped(next)) {
      const shown = ALLOWED_TAGS.has(next.tagName) && depth < DEEPEST;
      if (shown) written.push(startTag(next));
      if (shown && !VOID.has(next.tagName)) {
        waiting.push(`</${next.tagName}>`);
        depth += 1;
      }
      for (let i = next.childNodes.length - 1; i >= 0; i -= 1) waiting.push(next.childNodes[i]);
    }
  }
  return written.join('');
}

module.exports = { sanitise };
