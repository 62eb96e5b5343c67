import type { MailAddress } from '../types';
import { decodeRawHeader, decodeWords } from './encoded-words';

const MAX_ADDRESSES = 5000;

/** What has been read of one address so far. */
interface Draft {
  phrase: string;
  angle: string | null;
  comment: string;
}

function emptyDraft(): Draft {
  return { phrase: '', angle: null, comment: '' };
}

/** The end of a quoted string, comment or angle that begins at `at`, or the end of the input. */
function closing(input: string, at: number, close: string): number {
  let depth = 0;
  for (let i = at + 1; i < input.length; i++) {
    const c = input[i]!;
    if (c === '\\' && close !== '>') i++;
    else if (c === '(' && close === ')') depth++;
    else if (c === close && depth-- === 0) return i;
  }
  return -1;
}

function cleanAddress(text: string): string {
  const bare = text.replace(/^mailto:/i, '').replace(/\s+/g, '').replace(/^<+|>+$/g, '').replace(/^@[^:]*:/, '');
  return bare.startsWith("'") && bare.endsWith("'") ? bare.slice(1, -1) : bare;
}

function cleanName(text: string, fallback: string): string {
  const name = decodeWords(text.replace(/\s+/g, ' ').replace(/[\s>]+$/, '').trim(), fallback).replace(/\s+/g, ' ').trim();
  return name.length > 1 && /^'.*'$/.test(name) ? name.slice(1, -1).trim() : name;
}

function finish(draft: Draft, fallback: string): MailAddress | null {
  const phrase = draft.phrase.trim();
  if (draft.angle !== null) {
    const address = decodeRawHeader(cleanAddress(draft.angle), fallback);
    const name = cleanName(phrase || draft.comment, fallback);
    return address === '' && name === '' ? null : { address, name };
  }
  if (phrase === '') return null;
  const found = phrase.includes('@') ? /\S+@\S+/.exec(phrase) : null;
  if (!found) return { address: '', name: cleanName(phrase, fallback) };
  const rest = `${phrase.slice(0, found.index)} ${phrase.slice(found.index + found[0].length)}`.trim();
  return { address: decodeRawHeader(cleanAddress(found[0]), fallback), name: cleanName(rest || draft.comment, fallback) };
}

class AddressReader {
  readonly found: MailAddress[] = [];
  private draft = emptyDraft();

  constructor(private readonly input: string, private readonly fallback: string) {}

  read(): MailAddress[] {
    let at = 0;
    while (at < this.input.length && this.found.length < MAX_ADDRESSES) at = this.step(at);
    this.flush();
    return this.found;
  }

  private flush(): void {
    const address = finish(this.draft, this.fallback);
    if (address) this.found.push(address);
    this.draft = emptyDraft();
  }

  private step(at: number): number {
    const c = this.input[at]!;
    if (c === '"' || c === '(' || c === '<') return this.enclosed(at, c);
    if (c === ',' || c === ';') this.flush();
    else if (c === ':' && this.draft.angle === null && !this.draft.phrase.includes('@')) this.draft = emptyDraft();
    else if (c === '\\' && at + 1 < this.input.length) {
      this.draft.phrase += this.input[at + 1]!;
      return at + 2;
    } else this.draft.phrase += c;
    return at + 1;
  }

  private enclosed(at: number, open: string): number {
    const end = closing(this.input, at, open === '(' ? ')' : open === '<' ? '>' : '"');
    if (end < 0) {
      this.draft.phrase += this.input.slice(at + 1).replace(/[<>"]/g, ' ');
      return this.input.length;
    }
    const inner = this.input.slice(at + 1, end);
    if (open === '<') {
      if (this.draft.angle !== null) this.flush();
      this.draft.angle = inner;
    } else if (open === '(') this.draft.comment = inner.trim();
    else this.draft.phrase += inner.replace(/\\(.)/g, '$1');
    return end + 1;
  }
}

/** Reads an address list: quoted names, comments, groups, `;` for `,`. Names without address have an empty address. */
export function parseAddresses(value: string | null, fallback = ''): MailAddress[] {
  return value === null || value === '' ? [] : new AddressReader(value.slice(0, 200_000), fallback).read();
}

/** Who wrote: the first with an address. `Larsen, Ada <ada@example.org>` without quotes is one person, not two. */
export function parseSender(value: string | null, fallback = ''): MailAddress | null {
  const found = parseAddresses(value, fallback);
  const at = found.findIndex((one) => one.address !== '');
  if (at <= 0) return found[0] ?? null;
  return { address: found[at]!.address, name: found.slice(0, at + 1).map((one) => one.name).filter(Boolean).join(', ') };
}
