import { isAscii, isUtf8 } from 'node:buffer';
import { decodeUtf7 } from './utf7';

const decoders = new Map<string, ((bytes: Buffer) => string) | null>();

const ALIASES: Record<string, string> = {
  ascii: 'us-ascii', '646': 'us-ascii', 'ansi_x3.4-1968': 'us-ascii', utf8: 'utf-8', 'unicode-1-1-utf-8': 'utf-8', utf_8: 'utf-8',
  latin1: 'iso-8859-1', cp1252: 'windows-1252', 'iso-8859-8-i': 'iso-8859-8', 'ks_c_5601-1987': 'euc-kr', ks_c_5601: 'euc-kr',
  cp949: 'euc-kr', uhc: 'euc-kr', ms949: 'euc-kr', 'x-windows-949': 'euc-kr', 'windows-949': 'euc-kr', cp932: 'shift_jis', 'ms932': 'shift_jis', cp936: 'gbk', cp950: 'big5', 'x-gbk': 'gbk', 'cn-gb': 'gbk', chinesebig5: 'big5', 'cn-big5': 'big5', ansi: 'windows-1252', csiso2022jp: 'iso-2022-jp', 'iso-2022-jp-ms': 'iso-2022-jp', 'iso-2022-jp-1': 'iso-2022-jp', 'iso-2022-jp-2': 'iso-2022-jp', 'iso-2022-jp-3': 'iso-2022-jp', cp50220: 'iso-2022-jp', cp50221: 'iso-2022-jp', cp50222: 'iso-2022-jp', 'gb2312_charset': 'gbk',
  'hz-gb-2312': 'hz', ucs2: 'utf-16le', 'iso-10646-ucs-2': 'utf-16be', 'x-unknown': '', 'unknown-8bit': '', unknown: '', default: '', '8bit': '',
  '7bit': '', binary: '', default_charset: '', 'x-user-defined': '',
};

/** The label as decoders know it; `''` when it says nothing. */
export function normaliseCharset(label: string | null | undefined): string {
  const clean = (label ?? '').trim().toLowerCase().replace(/^["']|["']$/g, '').replace(/\*.*$/, '').slice(0, 40);
  const known = ALIASES[clean];
  if (known !== undefined) return known;
  const iso = /^iso[-_ ]?8859[-_ ]?(\d{1,2})/.exec(clean);
  if (iso) return `iso-8859-${iso[1]}`;
  const win = /^(?:windows|win|cp|x-cp)[-_]?(125\d|874)$/.exec(clean);
  if (win) return `windows-${win[1]}`;
  return clean;
}

/** What bytes 80 to 9F of Windows' charset for the West stand for; five stand for nothing. */
const WEST = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** By hand, since some versions of Node take this charset, and with it Latin-1 as mails use it, for plain Latin-1. */
function decodeWest(bytes: Buffer): string {
  return bytes.latin1Slice(0, bytes.length).replace(/[\u0080-\u009f]/g, (control) => WEST[control.charCodeAt(0) - 0x80]!);
}

function webDecoder(label: string): ((bytes: Buffer) => string) | null {
  try {
    const decoder = new TextDecoder(label);
    if (decoder.encoding === 'windows-1252') return decodeWest;
    return decoder.encoding === 'replacement' ? null : (bytes) => decoder.decode(bytes);
  } catch {
    return null;
  }
}

function iconvDecoder(label: string): ((bytes: Buffer) => string) | null {
  // Only mails in rare charsets pay for loading the tables.
  const iconv = require('iconv-lite') as typeof import('iconv-lite');
  return iconv.encodingExists(label) ? (bytes) => iconv.decode(bytes, label) : null;
}

function decoderFor(label: string): ((bytes: Buffer) => string) | null {
  let decoder = decoders.get(label);
  if (decoder === undefined) {
    decoder = label === 'utf-7' || label === 'unicode-1-1-utf-7' ? decodeUtf7 : webDecoder(label) ?? iconvDecoder(label);
    if (decoders.size < 200) decoders.set(label, decoder);
  }
  return decoder;
}

/** True when the label names a charset that can be decoded. */
export function knowsCharset(label: string): boolean {
  const name = normaliseCharset(label);
  return name === 'us-ascii' || name === 'utf-8' || (name !== '' && decoderFor(name) !== null);
}

function undeclared(bytes: Buffer, fallback: string): string {
  if (isUtf8(bytes)) return bytes.utf8Slice(0, bytes.length);
  const decoder = decoderFor(fallback === '' || fallback === 'us-ascii' || fallback === 'utf-8' ? 'windows-1252' : fallback);
  return decoder ? decoder(bytes) : bytes.latin1Slice(0, bytes.length);
}

const ESCAPE = 27;
const WESTERN = new Set(['iso-8859-1', 'windows-1252', 'iso-8859-15']);

/** Text of seven bits that switches to Japanese, whatever it declares. */
function isIso2022(bytes: Buffer): boolean {
  const at = bytes.indexOf(ESCAPE);
  return at >= 0 && bytes[at + 1] === 0x24 && (bytes[at + 2] === 0x42 || bytes[at + 2] === 0x40);
}

/** Encoded words and lines of Japanese that follow each other switch back and forth with nothing between: decoders take that for an error. */
function decodeIso2022(bytes: Buffer): string {
  const text = bytes.latin1Slice(0, bytes.length).replace(/\x1b\([BJ](?=\x1b\$[B@])/g, '');
  return decoderFor('iso-2022-jp')?.(Buffer.from(text, 'latin1')) ?? text;
}

/** Bytes to text; bytes that are not of the declared charset become U+FFFD, a missing or false declaration is guessed. */
export function decodeBytes(bytes: Buffer, label: string | null, fallback = ''): string {
  const charset = normaliseCharset(label);
  let text: string;
  if (charset === 'iso-2022-jp' || (charset === '' || charset === 'us-ascii' || charset === 'utf-8') && isIso2022(bytes) && isAscii(bytes)) text = decodeIso2022(bytes);
  else if (charset === 'utf-7' || charset.startsWith('iso-2022') || charset.startsWith('utf-16') || charset === 'hz') text = decoderFor(charset)?.(bytes) ?? bytes.latin1Slice(0, bytes.length);
  else if (isAscii(bytes)) text = bytes.latin1Slice(0, bytes.length);
  else if (charset === 'utf-8') text = bytes.utf8Slice(0, bytes.length);
  else if (charset === '' || charset === 'us-ascii') text = undeclared(bytes, normaliseCharset(fallback));
  else if (WESTERN.has(charset) && isUtf8(bytes)) text = bytes.utf8Slice(0, bytes.length);
  else text = decoderFor(charset)?.(bytes) ?? undeclared(bytes, normaliseCharset(fallback));
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
