import { MAX_ATTRIBUTION_LINES, isArrowAttribution, isAttribution, isOwnLineAbove, mayBeginAttribution } from './attribution';
import { headerRole, isFramed, isHeaderBlock, isReplyAbove, isRule, isSentFrom, isSurelySentFrom, markerOf } from './markers';
import type { HeaderRole } from './markers';

/**
 * What a line is: text, empty, quote, attribution ("… wrote:"), original or forwarded marker, header of a quoted mail,
 * rule (strokes only), phone ("Sent from my …").
 */
export type LineKind = 'text' | 'empty' | 'quote' | 'attribution' | 'original' | 'forwarded' | 'header' | 'rule' | 'phone';

export interface Line {
  text: string;
  kind: LineKind;
}

/** `>`, the initials some programs put before it, or a stroke; a stroke at both ends is a table. */
const QUOTED = /^[ \t]*(?:>|[A-Z][A-Za-z]{0,9}>|\|(?!.*\|[ \t]*$))/;
const FENCE = /^[ \t]*(?:```|~~~)/;

function simpleKind(text: string): LineKind {
  if (!/[^\s\u200b\u200e\u200f]/.test(text)) return 'empty';
  const marker = markerOf(text);
  if (marker) return marker;
  if (isReplyAbove(text)) return 'original';
  if (isArrowAttribution(text)) return 'attribution';
  if (QUOTED.test(text)) return 'quote';
  if (isRule(text)) return 'rule';
  if (isSentFrom(text)) return 'phone';
  return 'text';
}

/** Lines between ``` fences are text, whatever they look like. */
function markFences(lines: Line[]): void {
  let open = -1;
  lines.forEach((line, i) => {
    if (!FENCE.test(line.text)) return;
    if (open < 0) open = i;
    else {
      for (let k = open; k <= i; k++) lines[k]!.kind = lines[k]!.kind === 'empty' ? 'empty' : 'text';
      open = -1;
    }
  });
}

function unquoted(text: string): string {
  return text.replace(/^[ \t>]+/, '').trim();
}

/** Lines as one, as they were before the program wrapped them. */
function textOf(lines: readonly Line[], from: number, to: number): string {
  return lines.slice(from, to + 1).map((line) => unquoted(line.text)).join(' ');
}

/** `----- some words -----` above a quoted mail's header lines or attribution is its marker, in whatever language. */
function markFrame(lines: Line[], at: number): void {
  let i = at - 1;
  while (i >= 0 && lines[i]!.kind === 'empty') i--;
  if (i >= 0 && lines[i]!.kind === 'text' && isFramed(lines[i]!.text)) lines[i]!.kind = 'original';
}

/** Strokes or a marker above: what follows is a quoted mail, if it looks like one. */
function isAnnounced(lines: readonly Line[], at: number): boolean {
  let i = at - 1;
  while (i >= 0 && lines[i]!.kind === 'empty') i--;
  const above = lines[i];
  return above !== undefined && (above.kind === 'rule' || above.kind === 'original' || above.kind === 'forwarded' || above.kind === 'phone' || isFramed(above.text));
}

/** How many lines from `at` on form one attribution; 0 when they form none. */
function attributionLength(lines: readonly Line[], at: number): number {
  const first = lines[at]!;
  if (first.kind !== 'text' && first.kind !== 'quote' && first.kind !== 'rule') return 0;
  if (first.text.length > 300 || !/\p{L}/u.test(first.text.slice(0, 100))) return 0;
  let joined = '';
  for (let n = 0; n < MAX_ATTRIBUTION_LINES && at + n < lines.length; n++) {
    const line = lines[at + n]!;
    if (line.kind === 'empty' || line.kind === 'original' || line.kind === 'forwarded' || line.text.length > 300) return 0;
    const text = unquoted(line.text);
    // `<name@example.com>` may be broken in the middle.
    joined = `${joined}${joined === '' || joined.endsWith('<') ? '' : ' '}${text}`;
    if (isAttribution(joined)) return n > 0 && isOwnLineAbove(first.text, textOf(lines, at + 1, at + n)) ? 0 : n + 1;
    if (n === 0 && !mayBeginAttribution(text)) return 0;
  }
  return 0;
}

/** Marks attributions that open a quotation; inside `>` only those that nothing but quotes precede. */
function markAttributions(lines: Line[]): void {
  for (let i = 0; i < lines.length; i++) {
    const before = lines[i - 1]?.kind;
    if (lines[i]!.kind === 'quote' && before === 'quote') continue;
    const length = attributionLength(lines, i);
    for (let k = 0; k < length; k++) lines[i + k]!.kind = 'attribution';
    if (length > 0) markFrame(lines, i);
    if (length > 1) i += length - 1;
  }
}

/** Marks runs of header lines (wrapped subjects included) that name a sender and a date or subject. */
function markHeaders(lines: Line[]): void {
  for (let i = 0; i < lines.length; i++) {
    if (lines[i]!.kind !== 'text' || headerRole(lines[i]!.text) === null) continue;
    const roles = new Set<HeaderRole>();
    let end = i;
    let last = i;
    let count = 0;
    for (; end < lines.length && end < i + 25; end++) {
      const line = lines[end]!;
      const role = line.kind === 'text' ? headerRole(line.text) : null;
      if (role) {
        roles.add(role);
        count++;
        last = end;
      } else if (line.kind !== 'text' && line.kind !== 'empty') break;
      else if (line.kind === 'empty' ? end - last > 1 : end - last > 2) break;
      else if (line.kind === 'empty' && (count >= 4 || count > 1 && headerRole(lines[last]!.text) === 'subject')) break;
    }
    const sure = isAnnounced(lines, i) || lines.slice(i, last + 1).some((line) => line.text.includes('@'));
    if (!isHeaderBlock(roles, count, sure)) continue;
    const stop = lines[last + 1]?.kind === 'text' && roles.size < 5 && last + 1 < end && lines[last + 2]?.kind === 'empty' ? last + 1 : last;
    for (let k = i; k <= stop; k++) lines[k]!.kind = 'header';
    markFrame(lines, i);
    i = stop;
  }
}

/** "Sent from …" with more text behind it is no telephone's, unless it names a device. */
function keepSentences(lines: Line[]): void {
  let next: LineKind | undefined;
  for (let i = lines.length - 1; i >= 0; i--) {
    const line = lines[i]!;
    if (line.kind === 'phone' && next === 'text' && !isSurelySentFrom(line.text)) line.kind = 'text';
    if (line.kind !== 'empty') next = line.kind;
  }
}

/** Splits a mail's text into lines and says what each is. */
export function readLines(text: string): Line[] {
  const lines = text.replace(/\r\n?/g, '\n').split('\n').map((line) => ({ text: line, kind: simpleKind(line) }));
  markFences(lines);
  markHeaders(lines);
  markAttributions(lines);
  keepSentences(lines);
  return lines;
}
