import { DEVICES, FORWARDED_MESSAGE, HEADER_NAMES, ORIGINAL_MESSAGE, SENT_FROM, SENT_FROM_END } from './words';

export type HeaderRole = keyof typeof HEADER_NAMES;

const roleOf = new Map<string, HeaderRole>();
for (const role of Object.keys(HEADER_NAMES) as HeaderRole[]) for (const name of HEADER_NAMES[role]) if (!roleOf.has(name)) roleOf.set(name, role);

const MAX_HEADER_NAME = 30;

/** `*From:* Some One`, `De : …`, `Von:	…`, `| From | Some One |`: which field of a quoted header block a line is, or null. */
export function headerRole(line: string): HeaderRole | null {
  const cell = /^\s*\|\s*([^|:：]{1,30}?)\s*\|.*\|\s*$/.exec(line);
  if (cell) return roleOf.get(cell[1]!.toLowerCase()) ?? null;
  const bare = line.replace(/^[\s>*_|]{1,20}/, '');
  const colon = bare.search(/[:：]/);
  if (colon < 1 || colon > MAX_HEADER_NAME) return null;
  return roleOf.get(bare.slice(0, colon).replace(/[\s*_\u00a0]+$/g, '').toLowerCase()) ?? null;
}

/**
 * True for fields that stand together only above a quoted mail: a sender, and a date or a subject. Without an address, and without a
 * marker or strokes above, they must be three with a subject among them: "From: Rome, To: Milan" is a journey.
 */
export function isHeaderBlock(roles: ReadonlySet<HeaderRole>, lines: number, sure: boolean): boolean {
  const known = [...roles].filter((role) => role !== 'other').length;
  if (lines < 2 || !sure && !(known >= 3 && roles.has('subject'))) return false;
  return roles.has('from') ? known >= 2 : known >= 3 && roles.has('subject');
}

export type Marker = 'original' | 'forwarded';

const STROKES = new Set('-_*=');

/** `-----Original Message-----`, `Begin forwarded message:`, `** Weitergeleitete Nachricht **`. */
export function markerOf(line: string): Marker | null {
  if (line.length > 160) return null;
  const trimmed = line.trim();
  const last = trimmed.at(-1) ?? '';
  const framed = (STROKES.has(last) && STROKES.has(trimmed.at(-2) ?? '')) || /^[>\s]*[-_*=]{2,}/.test(trimmed);
  const colon = last === ':' || last === '：';
  if (!framed && !colon) return null;
  const words = trimmed.replace(/^[>\s]*[-_*=\s[]+|[-_*=\s:：\]]+$/g, '').toLowerCase();
  if (FORWARDED_MESSAGE.some((name) => words.startsWith(name) && words.length < name.length + (framed ? 60 : 3))) return 'forwarded';
  return ORIGINAL_MESSAGE.some((name) => words.startsWith(name) && words.length < name.length + (framed ? 60 : 3)) ? 'original' : null;
}

/** `----- some words -----`: announces a quoted mail when its header lines follow. */
export function isFramed(line: string): boolean {
  return line.length <= 160 && /^[ \t]*[-_*=]{3,}[^-_*=].*[-_*=]{2,}[ \t]*$/.test(line);
}

const RULE = /^[ \t]*(?:[-_=+~#*\u2500\u2014\u2013\u1427] ?){2,}[ \t]*$|^[ \t]*[\u2014\u2013\u1427][ \t]*$|^-[ \t]*$/;

/** A line that consists of nothing but strokes. */
export function isRule(line: string): boolean {
  return line.length < 200 && RULE.test(line);
}

/** `-- `, `—`, `__`: the strokes that begin a signature. */
export function isSignatureRule(line: string): boolean {
  return /^[ \t]*(?:--|[\u2014\u2013]{1,2}|__|-|\u1427)[ \t]*$/.test(line);
}

const MAX_SENT_FROM = 120;

/** True when a line names a telephone, a tablet or a mail program. */
function namesDevice(lower: string): boolean {
  return DEVICES.some((device) => lower.includes(device));
}

const MINE = /\s(?:my|meinem|meiner|mon|ma|mi|mio|meu|mijn|mojego|mojej|моего|моей)\s/;

/** True for a line that is a telephone's even where text follows: it names a device, or is `Sent from my …` without a sentence. */
export function isSurelySentFrom(line: string): boolean {
  const lower = line.toLowerCase();
  return namesDevice(lower) || MINE.test(lower) && !/[,;]\s/.test(lower);
}

// Most lines are told by their first or last signs: hundreds of phrases are not tried on each.
const BEGINNINGS = new Map<string, string[]>();
for (const begin of SENT_FROM) BEGINNINGS.set(begin.slice(0, 2), [...(BEGINNINGS.get(begin.slice(0, 2)) ?? []), begin]);
const LAST_SIGNS = new Set(SENT_FROM_END.map((end) => end.at(-1)));

function beginsAsSentFrom(words: string): boolean {
  return BEGINNINGS.get(words.slice(0, 2))?.some((begin) => words.startsWith(begin)) ?? false;
}

function endsAsSentFrom(words: string): boolean {
  let end = words.length;
  while (end > 0 && ' \t.。\u00a0'.includes(words[end - 1]!)) end--;
  if (words[end - 1] !== '>' && !LAST_SIGNS.has(words[end - 1])) return false;
  const bare = words.replace(/<[^<>]*>/g, '').replace(/[\s.。]+$/, '');
  return bare.length <= 60 && SENT_FROM_END.some((phrase) => bare.endsWith(phrase)) && namesDevice(bare);
}

/** `Sent from my iPhone` and the like, alone in its line. */
export function isSentFrom(line: string): boolean {
  if (line.length > MAX_SENT_FROM) return false;
  const words = line.trim().replace(/^[-_*<([\s]+/, '').toLowerCase();
  if (!beginsAsSentFrom(words) && !endsAsSentFrom(words)) return false;
  const rest = words.split(/\s+/).length;
  return rest <= 14 && !/[?!]$/.test(words) && (!/[.]\s+\p{L}/u.test(words.replace(/[.]\s+please excuse.*$/, '')) || words.includes('http'));
}

const ABOVE = /above this line|oberhalb dieser|über dieser zeile|au-dessus de cette ligne|encima de esta línea|acima desta linha|sopra questa riga|boven deze (?:regel|lijn)|powyżej tej linii|(?:над|выше) этой (?:строк|лини)|이 (?:줄|선) 위|この(?:行|線)(?:より|の)上|此(?:行|线|線)(?:之?上|以上)|本行以上/i;

/** `##- Please type your reply above this line -##`. */
export function isReplyAbove(line: string): boolean {
  return line.length < 200 && /^[\s>]*[-#*=_]{2,}/.test(line) && ABOVE.test(line);
}
