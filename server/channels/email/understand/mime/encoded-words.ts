import { isUtf8 } from 'node:buffer';
import { decodeBytes, knowsCharset, normaliseCharset } from './charset';
import { decodeBase64 } from './transfer-encoding';

/** Forty times what RFC 2047 allows. */
const MAX_WORD = 3000;
const HIGH = /[\x80-\xff]/;

interface Word {
  charset: string;
  encoding: string;
  payload: string;
  end: number;
}

/** Text outside encoded words: UTF-8 if it is, otherwise the charset the mail declares elsewhere. */
export function decodeRawHeader(latin1: string, fallback: string): string {
  return HIGH.test(latin1) ? decodeBytes(Buffer.from(latin1, 'latin1'), null, fallback) : latin1;
}

function wordBytes(word: Word): Buffer {
  if (word.encoding === 'b') return decodeBase64(Buffer.from(word.payload, 'latin1'));
  const text = word.payload.replace(/_/g, ' ').replace(/=([0-9A-Fa-f]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(text, 'latin1');
}

/** The encoded word that begins at `at` (where `=?` stands), or null. */
function wordAt(value: string, at: number): Word | null {
  const first = value.indexOf('?', at + 2);
  if (first < 0 || first - at > 60 || value[first + 2] !== '?') return null;
  const encoding = value[first + 1]!.toLowerCase();
  const charset = value.slice(at + 2, first);
  if ((encoding !== 'b' && encoding !== 'q') || !/^[\w.:+*()-]+$/.test(charset)) return null;
  // "?=" may also be the first two characters of the payload: =?utf-8?Q?=C3=A4?=
  const window = value.slice(first + 3, first + 3 + MAX_WORD);
  const stop = window.indexOf('?=');
  if (stop < 0) return null;
  return { charset, encoding, payload: window.slice(0, stop), end: first + 3 + stop + 2 };
}

/** Some programs cut the base64 of a long text wherever the line is full: such pieces are one. */
function joinBase64(words: readonly Word[]): readonly Word[] {
  if (words.length === 1) return words;
  const joined: Word[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    if (last?.encoding === 'b' && word.encoding === 'b' && !last.payload.includes('=') && last.payload.length % 4 !== 0) joined[joined.length - 1] = { ...word, payload: last.payload + word.payload };
    else joined.push(word);
  }
  return joined;
}

function decodeWord(words: readonly Word[]): string {
  const charset = normaliseCharset(words[0]!.charset);
  const bytes = Buffer.concat(joinBase64(words).map(wordBytes));
  const rawUtf8 = words.some((word) => HIGH.test(word.payload)) && isUtf8(bytes);
  return decodeBytes(bytes, rawUtf8 ? 'utf-8' : knowsCharset(charset) ? charset : null);
}

/** Decodes RFC 2047 words in an unfolded latin1 header value; neighbours of one charset are joined before decoding. */
export function decodeWords(value: string, fallback = ''): string {
  let at = value.indexOf('=?');
  if (at < 0) return decodeRawHeader(value, fallback);
  let out = '';
  let from = 0;
  let run: Word[] = [];
  const flush = (): void => {
    if (run.length > 0) out += decodeWord(run);
    run = [];
  };
  while (at >= 0) {
    const word = wordAt(value, at);
    if (!word) {
      at = value.indexOf('=?', at + 2);
      continue;
    }
    const gap = value.slice(from, at);
    const adjacent = run.length > 0 && gap.trim() === '';
    if (!adjacent || run[0]!.charset.toLowerCase() !== word.charset.toLowerCase()) flush();
    if (!adjacent) out += decodeRawHeader(gap, fallback);
    run.push(word);
    from = word.end;
    at = value.indexOf('=?', from);
  }
  flush();
  return out + decodeRawHeader(value.slice(from), fallback);
}
