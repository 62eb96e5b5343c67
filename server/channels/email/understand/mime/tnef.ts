import type { MailAttachment } from '../types';
import { decodeBytes } from './charset';

const SIGNATURE = 0x223e9f78;
const ATTACHMENT_BEGINS = 0x9002;
const TITLE = 0x8010;
const DATA = 0x800f;
const PROPERTIES = 0x9005;
const LONG_NAME = 0x3707;
const MAX_FILES = 500;
const MAX_PROPERTIES = 500;

interface Packed {
  title: string;
  longName: string;
  data: Buffer | null;
}

/** How many bytes a value of a fixed size takes; others tell their length. */
const FIXED: Record<number, number> = { 2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16 };
const STRING = 0x1e;
const UNICODE = 0x1f;
const MULTIPLE = 0x1000;

const padded = (length: number): number => (length + 3) & ~3;

/** Where a property's value begins: those that have a name bear it before the value. */
function valueStart(data: Buffer, at: number, id: number): number {
  if (id < 0x8000) return at;
  return data.readUInt32LE(at + 16) === 0 ? at + 24 : at + 24 + padded(data.readUInt32LE(at + 20));
}

/** The file's long name among a list of MAPI properties; reading past the end throws and ends the search. */
function longNameIn(data: Buffer): string {
  let at = 4;
  for (let left = Math.min(data.readUInt32LE(0), MAX_PROPERTIES); left > 0; left--) {
    const type = data.readUInt16LE(at);
    const id = data.readUInt16LE(at + 2);
    at = valueStart(data, at + 4, id);
    const size = FIXED[type & ~MULTIPLE];
    const many = size === undefined || (type & MULTIPLE) !== 0;
    const count = many ? data.readUInt32LE(at) : 1;
    if (many) at += 4;
    if (count > MAX_PROPERTIES) return '';
    for (let i = 0; i < count; i++) {
      const length = size ?? data.readUInt32LE(at);
      if (size === undefined) at += 4;
      if (id === LONG_NAME && (type === STRING || type === UNICODE)) return decodeBytes(data.subarray(at, at + length), type === UNICODE ? 'utf-16le' : null).replace(/\0.*$/s, '');
      at += padded(length);
    }
  }
  return '';
}

function longName(data: Buffer): string {
  try {
    return longNameIn(data);
  } catch {
    return '';
  }
}

/** The files, and whether the end was reached. */
function readPacked(content: Buffer): { files: Packed[]; whole: boolean } {
  const files: Packed[] = [];
  let at = 6;
  while (at + 11 <= content.length && files.length < MAX_FILES) {
    const name = content.readUInt16LE(at + 1);
    const length = content.readUInt32LE(at + 5);
    const data = content.subarray(at + 9, at + 9 + length);
    if (data.length < length) break;
    if (name === ATTACHMENT_BEGINS) files.push({ title: '', longName: '', data: null });
    const file = files.at(-1);
    if (file && name === TITLE) file.title = decodeBytes(data, null).replace(/\0.*$/s, '');
    if (file && name === DATA) file.data = data;
    if (file && name === PROPERTIES) file.longName = longName(data);
    at += length + 11;
  }
  return { files, whole: at === content.length };
}

const isTnef = (file: MailAttachment): boolean => /^application\/(?:vnd\.)?ms-tnef$/.test(file.contentType) || /^winmail\d*\.dat$/i.test(file.filename ?? '');

/** Outlook's `winmail.dat` (TNEF) gives way to the files it holds; one that holds none, or is cut off or broken, stays. */
export function unpackTnef(files: readonly MailAttachment[]): MailAttachment[] {
  return files.flatMap((file) => {
    const { content } = file;
    if (!isTnef(file) || content.length < 6 || content.readUInt32LE(0) !== SIGNATURE) return [file];
    const { files: inside, whole } = readPacked(content);
    const packed = inside.flatMap(({ title, longName: name, data }) => (data === null ? [] : [{ ...file, filename: name || title || null, contentType: 'application/octet-stream', size: data.length, contentId: null, content: data }]));
    return packed.length > 0 && whole ? packed : [...packed, file];
  });
}
