import { decodeUuencoded } from './uuencode';

const HEX = new Int8Array(256).fill(-1);
for (let i = 0; i < 10; i++) HEX[48 + i] = i;
for (let i = 0; i < 6; i++) HEX[65 + i] = HEX[97 + i] = 10 + i;

const EQUALS = 61;

function isBlank(c: number | undefined): boolean {
  return c === 32 || c === 9;
}

/** Where the line goes on after a soft break at `at` (just behind the `=`), or -1 when it is none. */
function afterSoftBreak(raw: Buffer, at: number): number {
  let i = at;
  while (isBlank(raw[i])) i++;
  if (i >= raw.length) return i;
  if (raw[i] === 13 && raw[i + 1] === 10) return i + 2;
  return raw[i] === 10 || raw[i] === 13 ? i + 1 : -1;
}

/** Quoted-printable (RFC 2045); what is not an escape stays as it stands. */
export function decodeQuotedPrintable(raw: Buffer): Buffer {
  let eq = raw.indexOf(EQUALS);
  if (eq < 0) return raw;
  const out = Buffer.allocUnsafe(raw.length);
  let from = 0;
  let to = 0;
  while (eq >= 0) {
    const a = HEX[raw[eq + 1] ?? 0]!;
    const b = HEX[raw[eq + 2] ?? 0]!;
    let next = eq + 3;
    to += raw.copy(out, to, from, eq);
    if (a >= 0 && b >= 0) out[to++] = a * 16 + b;
    else {
      next = afterSoftBreak(raw, eq + 1);
      if (next < 0) {
        out[to++] = EQUALS;
        next = eq + 1;
      }
    }
    from = next;
    eq = raw.indexOf(EQUALS, from);
  }
  to += raw.copy(out, to, from);
  return out.subarray(0, to);
}

/** Base64; text behind the padding is ignored unless it is another padded block on a new line. */
export function decodeBase64(raw: Buffer): Buffer {
  const pad = raw.indexOf(EQUALS);
  const text = raw.latin1Slice(0, raw.length);
  if (pad < 0) return Buffer.from(text, 'base64');
  if (text.slice(pad).replace(/[=\s]+/g, '') === '') return Buffer.from(text.slice(0, pad), 'base64');
  const blocks: Buffer[] = [];
  for (const block of text.split(/=+[ \t]*[\r\n]+/).slice(0, 100_000)) {
    const end = block.indexOf('=');
    blocks.push(Buffer.from(end < 0 ? block : block.slice(0, end), 'base64'));
  }
  return Buffer.concat(blocks);
}

/** Text whose header claims base64: several words and their punctuation in the first line. */
function isProse(raw: Buffer): boolean {
  const line = /^\s*([^\r\n]*)/.exec(raw.latin1Slice(0, Math.min(raw.length, 500)))?.[1] ?? '';
  return line.split(/[ \t]+/).length > 3 && /[.,!?:;'"()<>]/.test(line);
}

/** The names of that encoding. */
export const UUENCODE = /^(?:x-)?uue(?:ncode)?$/;

/** Undoes the Content-Transfer-Encoding; an unknown one (`6bit`, `8 bit`, empty) means none. */
export function decodeTransfer(raw: Buffer, encoding: string | null): Buffer {
  const name = (encoding ?? '').toLowerCase().replace(/\([^()]*\)|[\s"';]+/g, '').slice(0, 30);
  if (name === 'base64') return isProse(raw) ? raw : decodeBase64(raw);
  if (name === 'quoted-printable') return decodeQuotedPrintable(raw);
  if (UUENCODE.test(name)) return decodeUuencoded(raw)?.content ?? raw;
  return raw;
}
