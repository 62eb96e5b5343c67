export interface TagHandler {
  text(value: string): void;
  /** `attributes` is the source between the name and `>`. */
  open(name: string, attributes: string): void;
  close(name: string): void;
}

/** Their content is no text of the mail. */
const RAW_TEXT = new Set(['script', 'style', 'title']);

/** The `>` that ends the tag beginning at `at`, one inside quotes respected; -1 when another tag begins first. */
function tagEnd(html: string, at: number): number {
  for (let i = at; i < html.length; i++) {
    const c = html.charCodeAt(i);
    if (c === 62) return i;
    if (c === 60) return -1;
    if (c !== 34) continue;
    i = html.indexOf('"', i + 1);
    if (i < 0) return html.indexOf('>', at);
  }
  return -1;
}

function skipComment(html: string, at: number): number {
  if (html.startsWith('<!--', at)) {
    const end = html.indexOf('-->', at + 4);
    return end < 0 ? html.length : end + 3;
  }
  const end = html.indexOf('>', at);
  return end < 0 ? html.length : end + 1;
}

/** The end tag of an element whose content is no markup, searched without copying the rest. */
function rawTextEnd(html: string, name: string, at: number): number {
  const search = new RegExp(`</${name}`, 'gi');
  search.lastIndex = at;
  const match = search.exec(html);
  return match ? match.index : html.length;
}

/** Splits HTML into text and tags in one pass. It checks nothing: for reading, never for making HTML safe. */
export function readTags(html: string, handler: TagHandler): void {
  let at = 0;
  const lastEnd = html.lastIndexOf('>');
  while (at < html.length) {
    const lt = html.indexOf('<', at);
    if (lt < 0 || lt > lastEnd) break;
    if (lt > at) handler.text(html.slice(at, lt));
    const next = html.charCodeAt(lt + 1);
    if (next === 33 || next === 63) {
      at = skipComment(html, lt);
      continue;
    }
    const closing = next === 47;
    const nameAt = closing ? lt + 2 : lt + 1;
    const name = /^[A-Za-z][A-Za-z0-9:-]{0,30}/.exec(html.slice(nameAt, nameAt + 32))?.[0].toLowerCase();
    const end = name === undefined ? -1 : tagEnd(html, nameAt);
    if (name === undefined || end < 0) {
      handler.text('<');
      at = lt + 1;
      continue;
    }
    at = end + 1;
    if (closing) handler.close(name);
    else {
      handler.open(name, html.slice(nameAt + name.length, end));
      if (RAW_TEXT.has(name)) at = rawTextEnd(html, name, at);
    }
  }
  if (at < html.length) handler.text(html.slice(at));
}
