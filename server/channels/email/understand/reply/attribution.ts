import { OPENERS, OWN_WORDS, QUOTING, WROTE } from './words';

const MAX_LENGTH = 400;
/** Wrapped attribution lines are joined up to this many. */
export const MAX_ATTRIBUTION_LINES = 4;

const ADDRESS = /[^\s<>"'(),:;[\]]+@[^\s<>"'(),:;[\]]+/;
const YEAR = /(?:^|[^\d])(?:19|20)\d\d(?:[^\d]|$)|(?:^|[^\d])\d{1,2}[./-]\d{1,2}[./-]\d\d(?:[^\d]|$)|\d{1,2}월|\d{1,2}月/;
const CLOCK = /\d{1,2}[:.h時时시]\s?\d{2}/;
const VERBS = Object.values(WROTE).flat().sort((a, b) => b.length - a.length);
const ENDS_WITH_VERB = new RegExp(`(?:^|[\\s\\d)>])(?:${VERBS.map((verb) => verb.replace(/[()]/g, '\\$&')).join('|')})$`, 'iu');
const LETTER = /\p{L}/u;
/** Marks of writing direction and the like, which mail programs put around addresses. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/g;

interface Verb {
  at: number;
  end: number;
}

/** Where the verb "wrote" of one of the known languages stands, or null. It must stand alone, except where words are not spaced. */
function verbIn(lower: string): Verb | null {
  for (const verb of VERBS) {
    for (let at = lower.indexOf(verb); at >= 0; at = lower.indexOf(verb, at + 1)) {
      const spaced = verb.charCodeAt(0) < 0x0e00;
      const before = lower[at - 1];
      const after = lower[at + verb.length];
      if (!spaced || ((before === undefined || !LETTER.test(before)) && (after === undefined || !LETTER.test(after)))) return { at, end: at + verb.length };
    }
  }
  return null;
}

function hasDate(line: string): boolean {
  return YEAR.test(line) || CLOCK.test(line);
}

const ISO_WITH_ZONE = /^(?:19|20)\d\d-\d\d-\d\d,? \d{1,2}:\d\d(?::\d\d)?,? (?:GMT|UTC)?[+-]?\d{0,2}:?\d{0,2} .{1,100}$/;
const BEGINS_WITH_DATE = /^(?:\p{L}{2,12}\.?,? )?\(?\d{1,4}[./, -]/u;
const BEGINS_AS_ATTRIBUTION = new RegExp(`^(?:${OPENERS.join('|')})[ \\d].{0,60}\\d`, 'iu');

const OWN = new RegExp(`(?:^|[^\\p{L}])(?:${OWN_WORDS.filter((words) => words.charCodeAt(0) < 0x1100).join('|')})(?![\\p{L}])|${OWN_WORDS.filter((words) => words.charCodeAt(0) >= 0x1100).join('|')}`, 'iu');

/** English puts the verb last, or a date behind it; with other words behind it a sentence goes on. */
function goesOn(line: string, lower: string, verb: Verb): boolean {
  if (!/^(?:wrote|writes|said|has written)$/.test(lower.slice(verb.at, verb.end))) return false;
  const rest = line.slice(verb.end);
  return /\p{L}/u.test(rest) && !hasDate(rest) && !ADDRESS.test(rest);
}

/** `Some One <a@b> wrote:` and `On …, Some One wrote:` in any known language. */
function saysWrote(line: string, ends: boolean): boolean {
  const lower = line.toLowerCase();
  const verb = verbIn(lower);
  if (verb === null || goesOn(line, lower, verb)) return false;
  const dated = hasDate(line);
  const addressed = ADDRESS.test(line);
  if (!addressed && OWN.test(line)) return false;
  if (/^-{2,}.*-{2,}$/.test(line)) return dated || addressed;
  return ends && (dated || addressed) && (verb.at > 0 || dated);
}

/** Date, clock and address are all there, the address or the date last: no verb is needed. */
function namesAll(line: string): boolean {
  if (!ADDRESS.test(line) || !hasDate(line)) return false;
  if (line.includes('>') && BEGINS_WITH_DATE.test(line)) return true;
  if (!YEAR.test(line) || !CLOCK.test(line)) return false;
  if (/<[^<>@\s]+@[^<>@\s]+>[ :：]+$/.test(line) || /^[* ]*[^<>]{0,80}<[^<>@\s]+@[^<>@\s]+> ?[[(][^\])]{8,40}[\])][ :：]+$/.test(line)) return true;
  // Mar 2, 2026, 10:00 by help@example.com:
  return BEGINS_WITH_DATE.test(line) && /\d(?: ?[ap]\.?m\.?)?,? (?:\p{L}{1,4} )?[^\s<>@]+@[^\s<>@]+[ :：]+$/iu.test(line);
}

/**
 * True when one line (wrapped lines joined) says that what follows was written by somebody else.
 * Linear in the line; lines of more than 400 characters never are.
 */
export function isAttribution(joined: string): boolean {
  if (joined.length < 8 || joined.length > MAX_LENGTH) return false;
  const shown = joined.replace(INVISIBLE, '');
  const tail = shown.slice(-40).replace(/[*_\s]+$/, '');
  const ends = /[:：]$/.test(tail) || ENDS_WITH_VERB.test(tail);
  if (!ends && !tail.endsWith('--') && !/^[*_\s]*(?:19|20)\d\d-/.test(shown)) return false;
  const line = shown.replace(/\s+/g, ' ').replace(/^[*_ ]+|[*_ ]+$/g, '');
  if (saysWrote(line, ends)) return true;
  if (ISO_WITH_ZONE.test(line)) return true;
  if (!ends) return false;
  const lower = line.toLowerCase();
  return namesAll(line) || ADDRESS.test(line) && QUOTING.some((words) => lower.startsWith(`${words} `));
}

/** True when a line could be the first of a wrapped attribution: worth joining with the next ones. */
export function mayBeginAttribution(line: string): boolean {
  return line.length > 4 && line.length < 200 && (/\p{Nd}/u.test(line) || line.includes('@') || line.includes('<') || /^wiadomość napisana/i.test(line)) && LETTER.test(line);
}

/** True when the lines below are an attribution of their own and `first` is a line of the sender's, though both together look like one. */
export function isOwnLineAbove(first: string, rest: string): boolean {
  if (!isAttribution(rest)) return false;
  const begins = (line: string): boolean => BEGINS_AS_ATTRIBUTION.test(line) || BEGINS_WITH_DATE.test(line);
  const ends = /[.!?…。！？]["”’)]*\s*$/.test(first);
  const dated = begins(first) && hasDate(first);
  if (YEAR.test(rest) && begins(rest)) return ends || !dated;
  return !dated && (ends || first.length < 30 && /^[\p{Lu}"']/u.test(rest));
}

/** `>>> Some One <a@b> 02.03.2026 10:00 >>>`. */
export function isArrowAttribution(line: string): boolean {
  return line.length < 300 && /^[ \t]*>>> ?[^>].*>>>[ \t]*$/.test(line) && (ADDRESS.test(line) || hasDate(line));
}
