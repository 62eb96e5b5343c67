/** One header field; the value is unfolded and still one character per byte (latin1). */
export interface HeaderField {
  name: string;
  value: string;
}

export interface HeaderBlock {
  fields: HeaderField[];
  /** Offset of the first byte of the body. */
  bodyStart: number;
}

const MAX_FIELDS = 2000;
const MAX_VALUE = 200_000;
const LF = 10;
const FIELD = /^([!-9;-~]{1,120})[ \t]*:/;

interface Line {
  /** Offset of the line's last byte before its end of line. */
  stop: number;
  next: number;
}

function lineAt(raw: Buffer, start: number, end: number): Line {
  const lf = raw.indexOf(LF, start);
  const next = lf < 0 || lf >= end ? end : lf + 1;
  let stop = lf < 0 || lf >= end ? end : lf;
  if (stop > start && raw[stop - 1] === 13) stop--;
  return { stop, next };
}

function skipPreamble(raw: Buffer, start: number, end: number): number {
  let at = start;
  if (raw[at] === 0xef && raw[at + 1] === 0xbb && raw[at + 2] === 0xbf) at += 3;
  const begin = at;
  while (at < end && (raw[at] === 10 || raw[at] === 13)) at++;
  const first = lineAt(raw, at, end);
  const line = raw.latin1Slice(at, Math.min(first.stop, at + 10));
  if (/^>?From (?![ \t]*:)/.test(line)) return first.next;
  return at > begin && !FIELD.test(raw.latin1Slice(at, first.stop)) ? start : at;
}

function looksLikeField(raw: Buffer, from: number, to: number): boolean {
  return FIELD.test(raw.latin1Slice(from, Math.min(to, from + 130)));
}

class Fields {
  readonly list: HeaderField[] = [];
  private parts: string[] = [];
  private length = 0;

  open(name: string, value: string): void {
    this.close();
    this.list.push({ name: name.toLowerCase(), value: '' });
    this.fold(value);
  }

  fold(value: string): void {
    if (this.list.length === 0 || this.length > MAX_VALUE) return;
    this.parts.push(value);
    this.length += value.length;
  }

  wantsMore(): boolean {
    return this.parts.at(-1)?.trimEnd().endsWith(';') ?? false;
  }

  close(): void {
    const last = this.list.at(-1);
    if (last) last.value = this.parts.length === 1 ? this.parts[0]!.trim() : this.parts.join(' ').trim();
    this.parts = [];
    this.length = 0;
  }
}

/**
 * Reads the header block in raw[start, end). A line that is no field ends the block unless a field follows it;
 * a line that begins with `--` does so always, because it is the boundary of the next part.
 */
export function readHeaderBlock(raw: Buffer, range: { start: number; end: number; root?: boolean }): HeaderBlock {
  const { end } = range;
  const fields = new Fields();
  let at = range.root ? skipPreamble(raw, range.start, end) : range.start;
  while (at < end) {
    const { stop, next } = lineAt(raw, at, end);
    if (stop === at) {
      at = next;
      break;
    }
    const c = raw[at]!;
    if ((c === 32 || c === 9) && fields.list.length > 0) {
      const text = raw.latin1Slice(at, stop).trim();
      if (text === '' && !looksLikeField(raw, next, end) && raw[next] !== 32 && raw[next] !== 9) {
        at = next;
        break;
      }
      if (text !== '') fields.fold(text);
      at = next;
      continue;
    }
    const line = raw.latin1Slice(at, stop);
    const match = FIELD.exec(line);
    // A parameter that lost its indent: `Content-Type: multipart/mixed;` and `boundary="…"` at the margin.
    if (!match && fields.wantsMore() && /^[A-Za-z][\w*-]{1,40}=/.test(line)) fields.fold(line.trim());
    else if (match && fields.list.length < MAX_FIELDS) fields.open(match[1]!, line.slice(match[0].length));
    else if (line.startsWith('--') || fields.list.length === 0 || !looksLikeField(raw, next, end)) break;
    at = next;
  }
  fields.close();
  return { fields: fields.list, bodyStart: at };
}

/** The last field of that name: a repeated Content-Type is read as most mail programs do. */
export function lastField(fields: readonly HeaderField[], name: string): string | null {
  for (let i = fields.length - 1; i >= 0; i--) if (fields[i]!.name === name) return fields[i]!.value;
  return null;
}

/** The first field of that name. */
export function firstField(fields: readonly HeaderField[], name: string): string | null {
  for (const field of fields) if (field.name === name) return field.value;
  return null;
}
