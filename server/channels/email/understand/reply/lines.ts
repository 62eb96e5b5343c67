import { MAX_ATTRIBUTION_LINES, isAttribution, mayBeginAttribution } from './attribution';
import { headerRole, isHeaderBlock, isReplyAbove, isRule, isSentFrom, markerOf } from './markers';
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

const QUOTED = /^[ \t]*(?:>|[A-Za-z]{1,10}>|\|)/;
const FENCE = /^[ \t]*(?:```|~~~)/;

function simpleKind(text: string): LineKind {
  if (!/[^\s\u200b\u200e\u200f]/.test(text)) return 'empty';
  const marker = markerOf(text);
  if (marker) return marker;
  if (isReplyAbove(text)) return 'original';
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
    if (isAttribution(joined)) return n + 1;
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
      else if (line.kind === 'empty' && (count >= 4 || roles.has('subject'))) break;
    }
    if (!isHeaderBlock(roles, count)) continue;
    const stop = lines[last + 1]?.kind === 'text' && roles.size < 5 && last + 1 < end && lines[last + 2]?.kind === 'empty' ? last + 1 : last;
    for (let k = i; k <= stop; k++) lines[k]!.kind = 'header';
    i = stop;
  }
}

/** Splits a mail's text into lines and says what each is. */
export function readLines(text: string): Line[] {
  const lines = text.replace(/\r\n?/g, '\n').split('\n').map((line) => ({ text: line, kind: simpleKind(line) }));
  markFences(lines);
  markHeaders(lines);
  markAttributions(lines);
  return lines;
}
