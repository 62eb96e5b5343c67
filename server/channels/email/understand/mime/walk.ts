import { lastField, readHeaderBlock } from './header-block';
import type { HeaderField } from './header-block';
import { parseStructured } from './parameters';
import type { StructuredValue } from './parameters';

/** One node of a mail's MIME tree. Offsets are into the raw mail. */
export interface MailPart {
  fields: HeaderField[];
  type: StructuredValue;
  disposition: StructuredValue;
  start: number;
  end: number;
  children: MailPart[];
  /** The mail ended before a boundary closed this part. */
  truncated: boolean;
  /** A multipart whose closing delimiter is there. */
  closed: boolean;
}

const MAX_DEPTH = 30;
const MAX_PARTS = 10_000;
const MAX_SEARCH = 20_000;

interface Range {
  start: number;
  end: number;
  /** No boundary stands behind this range. */
  open: boolean;
}

interface Context {
  raw: Buffer;
  parts: number;
}

/** True when nothing but blanks (or the closing `--`) stands between `at` and the end of the line. */
function endOfDelimiter(raw: Buffer, at: number, end: number): { next: number; closes: boolean } | null {
  const closes = raw[at] === 45 && raw[at + 1] === 45;
  let i = closes ? at + 2 : at;
  while (i < end && (raw[i] === 32 || raw[i] === 9)) i++;
  if (i >= end) return { next: end, closes };
  if (raw[i] === 13) i++;
  if (raw[i] === 10) return { next: i + 1, closes };
  if (raw[i - 1] === 13) return { next: i, closes };
  return closes ? { next: i, closes } : null;
}

function beforeLineEnd(raw: Buffer, at: number, start: number): number {
  let end = at;
  if (end > start && raw[end - 1] === 10) end--;
  if (end > start && raw[end - 1] === 13) end--;
  return end;
}

/** Where a part is over that the mail's end cut off inside the delimiter behind it. */
function beforeHalfDelimiter(raw: Buffer, delimiter: Buffer, { start, end }: { start: number; end: number }): number {
  const line = raw.lastIndexOf(10, end - 1) + 1;
  const left = end - line;
  const half = line > start && left >= 2 && left <= delimiter.length + 1 && raw.subarray(line, end).equals(Buffer.concat([delimiter, Buffer.from('-')]).subarray(0, left));
  return half ? beforeLineEnd(raw, line, start) : end;
}

interface Split {
  ranges: Range[];
  closed: boolean;
}

/** The ranges between the delimiter lines of one multipart. Empty when the boundary never occurs. */
function splitAt(context: Context, boundary: string, within: Range): Split {
  const { raw } = context;
  const delimiter = Buffer.from(`--${boundary}`, /[^\x00-\x7f]/.test(boundary) ? 'utf8' : 'latin1');
  const ranges: Range[] = [];
  let partStart = -1;
  let at = raw.indexOf(delimiter, within.start);
  while (at >= 0 && at < within.end && ranges.length < MAX_PARTS) {
    const lineStart = at === within.start || raw[at - 1] === 10 || raw[at - 1] === 13;
    const tail = lineStart ? endOfDelimiter(raw, at + delimiter.length, within.end) : null;
    if (tail) {
      if (partStart >= 0) ranges.push({ start: partStart, end: Math.max(partStart, beforeLineEnd(raw, at, partStart)), open: false });
      partStart = tail.closes ? -1 : tail.next;
      at = raw.indexOf(delimiter, tail.next);
      // Parts behind the closing delimiter: a second one was written, or the multipart inside bears the same boundary.
      if (tail.closes && (at < 0 || at >= within.end)) return { ranges, closed: true };
    } else at = raw.indexOf(delimiter, at + 1);
  }
  if (partStart >= 0 && (partStart < within.end || !within.open)) ranges.push({ start: partStart, end: within.open ? beforeHalfDelimiter(raw, delimiter, { start: partStart, end: within.end }) : within.end, open: within.open });
  return { ranges, closed: partStart < 0 && ranges.length > 0 };
}

/** The boundary that the body shows when the header's is missing, has a comment or is another: a line above a part's header. */
function boundaryIn(raw: Buffer, within: Range): string {
  const text = raw.latin1Slice(within.start, Math.min(within.end, within.start + MAX_SEARCH));
  return /(?:^|[\r\n])--([^\s-][^\r\n]{0,199}?|-[^\r\n]{1,199}?)[ \t]*\r?\n(?:content-(?:type|transfer-encoding|disposition)[ \t]*:)/i.exec(text)?.[1] ?? '';
}

function defaultType(parent: MailPart | null): string {
  return parent?.type.value === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
}

function readPart(context: Context, range: Range, parent: MailPart | null): MailPart {
  const { fields, bodyStart } = readHeaderBlock(context.raw, { start: range.start, end: range.end, root: parent === null });
  const type = parseStructured(lastField(fields, 'content-type'));
  if (!/^[\w!#$&^.+-]+\/[\w!#$&^.+*-]+$/.test(type.value)) type.value = type.value === 'text' || type.value === '' ? defaultType(parent) : type.value.startsWith('text/') ? 'text/plain' : 'application/octet-stream';
  const disposition = parseStructured(lastField(fields, 'content-disposition'));
  return { fields, type, disposition, start: bodyStart, end: range.end, children: [], truncated: false, closed: false };
}

const NOTHING: Split = { ranges: [], closed: false };

function split(context: Context, boundary: string, within: Range): Split {
  const declared = boundary === '' || boundary.length > 300 ? NOTHING : splitAt(context, boundary, within);
  if (declared.ranges.length > 0 || within.start >= within.end) return declared;
  const shown = boundaryIn(context.raw, within);
  return shown === '' || shown === boundary ? declared : splitAt(context, shown, within);
}

function walk(context: Context, part: MailPart, where: { open: boolean; depth: number }): void {
  context.parts++;
  const boundary = part.type.parameters.get('boundary')?.trimEnd() ?? '';
  if (!part.type.value.startsWith('multipart/')) return;
  const within = { start: part.start, end: part.end, open: where.open };
  const { ranges, closed } = where.depth >= MAX_DEPTH ? NOTHING : split(context, boundary, within);
  if (ranges.length === 0) {
    part.truncated = part.end > part.start;
    part.type = { value: 'text/plain', parameters: new Map() };
    return;
  }
  for (const range of ranges) {
    if (context.parts >= MAX_PARTS) return;
    const child = readPart(context, range, part);
    child.truncated = range.open && !child.type.value.startsWith('multipart/');
    part.children.push(child);
    walk(context, child, { open: range.open, depth: where.depth + 1 });
  }
  part.closed = closed;
  if (!closed && where.open) joinUnclosed(part);
}

/**
 * Where neither an inner nor the outer multipart is ever closed, bare text behind the inner one belongs to the part that was left open:
 * all of it is one unfinished part. Files behind it keep their own place.
 */
function joinUnclosed(part: MailPart): void {
  const at = part.children.findIndex((child) => child.children.length > 0 && !child.closed);
  const rest = part.children.slice(at + 1);
  const last = part.children[at]?.children.at(-1);
  if (at < 0 || rest.length === 0 || !last || last.children.length > 0) return;
  if (rest.some((leaf) => leaf.type.value !== 'text/plain' || leaf.type.parameters.has('name') || leaf.disposition.value !== '')) return;
  last.end = part.end;
  last.truncated = true;
  part.children.length = at + 1;
}

/** Reads the MIME tree of a mail. Never throws; depth and number of parts are limited. */
export function readMailTree(raw: Buffer): MailPart {
  const context = { raw, parts: 0 };
  const root = readPart(context, { start: 0, end: raw.length, open: true }, null);
  walk(context, root, { open: true, depth: 0 });
  return root;
}

/** All leaves, in the mail's order. */
export function leavesOf(part: MailPart): MailPart[] {
  return part.children.length === 0 ? [part] : part.children.flatMap(leavesOf);
}
