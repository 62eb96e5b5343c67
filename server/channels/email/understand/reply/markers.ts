import { FORWARDED_MESSAGE, HEADER_NAMES, ORIGINAL_MESSAGE, SENT_FROM } from './words';

export type HeaderRole = keyof typeof HEADER_NAMES;

const roleOf = new Map<string, HeaderRole>();
for (const role of Object.keys(HEADER_NAMES) as HeaderRole[]) for (const name of HEADER_NAMES[role]) if (!roleOf.has(name)) roleOf.set(name, role);

const MAX_HEADER_NAME = 30;

/** `*From:* Some One`, `De : …`, `Von:	…`: which field of a quoted header block a line is, or null. */
export function headerRole(line: string): HeaderRole | null {
  const bare = line.replace(/^[\s>*_|]{1,20}/, '');
  const colon = bare.search(/[:：]/);
  if (colon < 1 || colon > MAX_HEADER_NAME) return null;
  return roleOf.get(bare.slice(0, colon).replace(/[\s*_\u00a0]+$/g, '').toLowerCase()) ?? null;
}

/** True for two roles that can begin a header block together: who and when, or who and what. */
export function isHeaderBlock(roles: ReadonlySet<HeaderRole>, lines: number): boolean {
  const known = [...roles].filter((role) => role !== 'other').length;
  return lines >= 2 && (roles.has('from') ? known >= 2 : known >= 3 && roles.has('subject'));
}

export type Marker = 'original' | 'forwarded';

/** `-----Original Message-----`, `Begin forwarded message:`, `** Weitergeleitete Nachricht **`. */
export function markerOf(line: string): Marker | null {
  if (line.length > 160) return null;
  const trimmed = line.trim();
  const framed = /^[>\s]*[-_*=]{2,}/.test(trimmed) || /[-_*=]{2,}$/.test(trimmed);
  const colon = /[:：]$/.test(trimmed);
  if (!framed && !colon) return null;
  const words = trimmed.replace(/^[>\s]*[-_*=\s]+|[-_*=\s:：]+$/g, '').toLowerCase();
  if (FORWARDED_MESSAGE.some((name) => words.startsWith(name) && words.length < name.length + (framed ? 60 : 3))) return 'forwarded';
  return ORIGINAL_MESSAGE.some((name) => words.startsWith(name) && words.length < name.length + (framed ? 60 : 3)) ? 'original' : null;
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

/** `Sent from my iPhone` and the like, alone in its line. */
export function isSentFrom(line: string): boolean {
  if (line.length > MAX_SENT_FROM) return false;
  const words = line.trim().replace(/^[-_*<([\s]+/, '').toLowerCase();
  if (!SENT_FROM.some((begin) => words.startsWith(begin))) return false;
  const rest = words.split(/\s+/).length;
  return rest <= 14 && !/[?!]$/.test(words) && !/[.]\s+\p{L}/u.test(words);
}

/** `##- Please type your reply above this line -##`. */
export function isReplyAbove(line: string): boolean {
  return line.length < 200 && /^[\s>]*[-#*=_]{2,}.*(?:above this line|oberhalb dieser|au-dessus de cette ligne|encima de esta línea|boven deze regel).*$/i.test(line);
}
