import { decodeBytes, normaliseCharset } from './charset';
import { decodeWords } from './encoded-words';

export interface StructuredValue {
  /** Lower case, without parameters: `text/plain`, `attachment`. */
  value: string;
  /** By lower-case name. */
  parameters: Map<string, string>;
}

interface Piece {
  text: string;
  encoded: boolean;
}

/** A blank inside quotes, which trimming must leave. No header holds it: they are one character per byte. */
const QUOTED_BLANK = '\ue000';

/** Splits at `;` outside quotes; quotes are resolved. One pass, whatever the input. */
function splitParameters(input: string): string[] {
  const parts: string[] = [];
  let part = '';
  let quoted = false;
  for (let i = 0; i < input.length && parts.length < 500; i++) {
    const c = input[i]!;
    if (quoted && c === '\\' && i + 1 < input.length) part += input[++i]!;
    else if (c === '"') quoted = !quoted;
    else if (c === ';' && !quoted) {
      parts.push(part);
      part = '';
    } else part += quoted && c === ' ' ? QUOTED_BLANK : c;
  }
  parts.push(part);
  return parts;
}

function percentBytes(text: string): Buffer {
  return Buffer.from(text.replace(/%([0-9A-Fa-f]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1');
}

/** RFC 2231: the pieces name*0*, name*1 … in their order, decoded as one. */
function joinPieces(pieces: Map<number, Piece>): string {
  const ordered = [...pieces.entries()].sort((a, b) => a[0] - b[0]).map(([, piece]) => piece);
  const first = ordered[0];
  if (!first?.encoded) return decodeWords(ordered.map((piece) => piece.text).join(''));
  const match = /^([^']*)'[^']*'/.exec(first.text);
  const texts = ordered.map((piece, i) => (i === 0 && match ? piece.text.slice(match[0].length) : piece.text));
  const bytes = Buffer.concat(texts.map((text, i) => (ordered[i]!.encoded ? percentBytes(text) : Buffer.from(text, 'latin1'))));
  return decodeBytes(bytes, normaliseCharset(match?.[1] ?? ''));
}

/** Reads `value; name=value; name*0*=…` as in Content-Type and Content-Disposition. */
export function parseStructured(input: string | null, fallback = ''): StructuredValue {
  const [first = '', ...others] = splitParameters((input ?? '').slice(0, 20_000));
  // `Content-Disposition: filename="a.pdf"`: the value is missing.
  const [head, rest] = /^\s*(?:file)?name\*?=/i.test(first) ? ['', [first, ...others]] : [first, others];
  const parameters = new Map<string, string>();
  const pieces = new Map<string, Map<number, Piece>>();
  for (const part of rest) {
    const eq = part.indexOf('=');
    if (eq < 0) continue;
    const key = part.slice(0, eq).trim().toLowerCase();
    const text = part.slice(eq + 1).trim().replaceAll(QUOTED_BLANK, ' ');
    const match = /^([^*]+)(?:\*(\d{1,3}))?(\*)?$/.exec(key);
    if (match && (match[2] !== undefined || match[3])) {
      const list = pieces.get(match[1]!) ?? new Map<number, Piece>();
      list.set(Number(match[2] ?? 0), { text, encoded: match[3] !== undefined });
      pieces.set(match[1]!, list);
    } else if (!parameters.has(key)) parameters.set(key, decodeWords(text, fallback));
  }
  for (const [key, list] of pieces) parameters.set(key, joinPieces(list));
  return { value: head.replace(/\([^()]*\)/g, '').trim().toLowerCase(), parameters };
}
