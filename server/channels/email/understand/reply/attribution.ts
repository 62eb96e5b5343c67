import { WROTE } from './words';

const MAX_LENGTH = 400;
/** Wrapped attribution lines are joined up to this many. */
export const MAX_ATTRIBUTION_LINES = 4;

const ADDRESS = /[^\s<>"'(),:;[\]]+@[^\s<>"'(),:;[\]]+/;
const YEAR = /(?:^|[^\d])(?:19|20)\d\d(?:[^\d]|$)|(?:^|[^\d])\d{1,2}[./-]\d{1,2}[./-]\d\d(?:[^\d]|$)|\d{1,2}월|\d{1,2}月/;
const CLOCK = /\d{1,2}[:.h时時시]\s?\d{2}/;
const VERBS = Object.values(WROTE).flat().sort((a, b) => b.length - a.length);
const ENDS_WITH_VERB = new RegExp(`(?:^|[\\s\\d)>])(?:${VERBS.map((verb) => verb.replace(/[()]/g, '\\$&')).join('|')})$`, 'iu');
const LETTER = /\p{L}/u;

/** Offset of the verb "wrote" in one of the known languages, or -1. It must stand alone, except where words are not spaced. */
function verbAt(lower: string): number {
  for (const verb of VERBS) {
    for (let at = lower.indexOf(verb); at >= 0; at = lower.indexOf(verb, at + 1)) {
      const spaced = verb.charCodeAt(0) < 0x1100;
      const before = lower[at - 1];
      const after = lower[at + verb.length];
      if (!spaced || ((before === undefined || !LETTER.test(before)) && (after === undefined || !LETTER.test(after)))) return at;
    }
  }
  return -1;
}

function hasDate(line: string): boolean {
  return YEAR.test(line) || CLOCK.test(line);
}

const ISO_WITH_ZONE = /^(?:19|20)\d\d-\d\d-\d\d,? \d{1,2}:\d\d(?::\d\d)?,? (?:GMT|UTC)?[+-]?\d{0,2}:?\d{0,2} .{1,100}$/;
const BEGINS_WITH_DATE = /^(?:\p{L}{2,12}\.?,? )?\(?\d{1,4}[./ -]/u;

/** `Some One <a@b> wrote:` and `On …, Some One wrote:` in any known language. */
function saysWrote(line: string, ends: boolean): boolean {
  const lower = line.toLowerCase();
  const at = verbAt(lower);
  if (at < 0) return false;
  const dated = hasDate(line);
  const addressed = ADDRESS.test(line);
  if (/^-{2,}.*-{2,}$/.test(line)) return dated || addressed;
  return ends && (dated || addressed) && (at > 0 || dated);
}

/**
 * True when one line (wrapped lines joined) says that what follows was written by somebody else.
 * Linear in the line; lines of more than 400 characters never are.
 */
export function isAttribution(joined: string): boolean {
  if (joined.length < 8 || joined.length > MAX_LENGTH) return false;
  const tail = joined.slice(-40).replace(/[*_\s]+$/, '');
  const ends = /[:：]$/.test(tail) || ENDS_WITH_VERB.test(tail);
  if (!ends && !tail.endsWith('--') && !/^[*_\s]*(?:19|20)\d\d-/.test(joined)) return false;
  const line = joined.replace(/\s+/g, ' ').replace(/^[*_ ]+|[*_ ]+$/g, '');
  if (saysWrote(line, ends)) return true;
  if (ISO_WITH_ZONE.test(line)) return true;
  // 30.09.2017, 18.30, "John Doe" <john@example.com>:
  return ends && line.includes('>') && BEGINS_WITH_DATE.test(line) && ADDRESS.test(line) && hasDate(line) || ends && /<[^<>@\s]+@[^<>@\s]+>[ :：]+$/.test(line) && YEAR.test(line) && CLOCK.test(line);
}

/** True when a line could be the first of a wrapped attribution: worth joining with the next ones. */
export function mayBeginAttribution(line: string): boolean {
  return line.length > 4 && line.length < 200 && (/\d/.test(line) || line.includes('@') || line.includes('<') || /^wiadomość napisana/i.test(line)) && LETTER.test(line);
}
