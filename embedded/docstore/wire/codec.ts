import { fail } from '../errors';
import { decode, int32At } from '../bson/decode';
import { encode } from '../bson/encode';
import { validate } from '../bson/validate';
import type { Doc } from '../bson/value';

export const OP_REPLY = 1;
export const OP_QUERY = 2004;
export const OP_MSG = 2013;
/** The largest message taken, in bytes, as `hello` says. */
export const MAX_MESSAGE = 48_000_000;

const CHECKSUM = 1;
const MORE_TO_COME = 2;
const KNOWN_REQUIRED = CHECKSUM | MORE_TO_COME;

/** One request as it came over the wire. */
export interface Message {
  requestId: number;
  opcode: number;
  body: Doc;
  /** The bytes of the body document. */
  raw: Buffer;
  /** Document sequences: name → documents, not decoded. */
  sequences: Map<string, Buffer[]>;
  /** The client wants no answer. */
  silent: boolean;
}

function sequence(bytes: Buffer, at: number, end: number): { name: string; items: Buffer[]; next: number } {
  const size = at + 4 <= end ? int32At(bytes, at) : -1;
  const last = at + size;
  const nameEnd = bytes.indexOf(0, at + 4);
  if (size < 5 || last > end || nameEnd < 0 || nameEnd >= last) fail(22, 'a document sequence has a wrong length');
  const items: Buffer[] = [];
  let place = nameEnd + 1;
  while (place < last) {
    const next = validate(bytes, place, last);
    items.push(bytes.subarray(place, next));
    place = next;
  }
  return { name: bytes.toString('utf8', at + 4, nameEnd), items, next: last };
}

function readMsg(bytes: Buffer, requestId: number): Message {
  if (bytes.length < 26) fail(17, 'the message is too short');
  const flags = int32At(bytes, 16);
  if ((flags & 0xffff & ~KNOWN_REQUIRED) !== 0) fail(9, 'the message has unknown flags');
  const end = flags & CHECKSUM ? bytes.length - 4 : bytes.length;
  const sequences = new Map<string, Buffer[]>();
  let at = 20;
  let body: Doc | undefined;
  let raw = bytes;
  while (at < end) {
    const kind = bytes[at++];
    if (kind === 0) {
      if (body) fail(40430, 'the message has more than one body');
      const next = validate(bytes, at, end);
      raw = bytes.subarray(at, next);
      body = decode(bytes, undefined, at);
      at = next;
    } else if (kind === 1) {
      const found = sequence(bytes, at, end);
      if (sequences.has(found.name)) fail(40431, `duplicate document sequence: ${found.name}`);
      sequences.set(found.name, found.items);
      at = found.next;
    } else fail(40432, `unknown section kind ${kind}`);
  }
  if (!body) fail(40587, 'the message has no body');
  return { requestId, opcode: OP_MSG, body, raw, sequences, silent: (flags & MORE_TO_COME) !== 0 };
}

function readQuery(bytes: Buffer, requestId: number): Message {
  const nameEnd = bytes.indexOf(0, 20);
  if (nameEnd < 0 || nameEnd + 9 > bytes.length) fail(22, 'the message is too short');
  const at = nameEnd + 9;
  const next = validate(bytes, at, bytes.length);
  const body = decode(bytes, undefined, at);
  const ns = bytes.toString('utf8', 20, nameEnd);
  if (!ns.endsWith('.$cmd')) fail(352, 'Unsupported OP_QUERY command: the client driver may require an upgrade.');
  if (!body.has('$db')) body.set('$db', ns.slice(0, -5));
  return { requestId, opcode: OP_QUERY, body, raw: bytes.subarray(at, next), sequences: new Map(), silent: false };
}

/** Reads one whole message; refuses anything malformed. */
export function readMessage(bytes: Buffer): Message {
  const opcode = int32At(bytes, 12);
  const requestId = int32At(bytes, 4);
  if (opcode === OP_MSG) return readMsg(bytes, requestId);
  if (opcode === OP_QUERY) return readQuery(bytes, requestId);
  return fail(352, `Unsupported opcode ${opcode}`);
}

let lastId = 0;

function header(bytes: Buffer, responseTo: number, opcode: number): Buffer {
  lastId = (lastId + 1) & 0x7fffffff;
  bytes.writeInt32LE(bytes.length, 0);
  bytes.writeInt32LE(lastId, 4);
  bytes.writeInt32LE(responseTo, 8);
  bytes.writeInt32LE(opcode, 12);
  return bytes;
}

/** The bytes of an answer, in the form the request came in. */
export function writeReply(message: { requestId: number; opcode: number }, reply: Doc): Buffer {
  if (message.opcode === OP_QUERY) {
    const bytes = encode(reply, 36);
    bytes.writeInt32LE(8, 16);
    bytes.fill(0, 20, 32);
    bytes.writeInt32LE(1, 32);
    return header(bytes, message.requestId, OP_REPLY);
  }
  const bytes = encode(reply, 21);
  bytes.fill(0, 16, 21);
  return header(bytes, message.requestId, OP_MSG);
}
