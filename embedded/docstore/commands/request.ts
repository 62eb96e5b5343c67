import { fail } from '../errors';
import { decode, rawItems, sizeAt as skip } from '../bson/decode';
import { asInteger, asNumber, isNumeric } from '../bson/numbers';
import { isDoc, typeNames, typeOf } from '../bson/value';
import type { Doc, Maybe } from '../bson/value';
import { letScope } from '../expression/compile';
import type { Scope } from '../expression/scope';
import type { Steps, Store } from '../store';
import type { Message } from '../wire/codec';

/** The most items of one bulk write, as `hello` says. */
export const MOST_WRITES = 100_000;

/** One command as its handler sees it. */
export interface Request {
  store: Store;
  /** The command's name, and the database it is for. */
  name: string;
  db: string;
  body: Doc;
  message: Message;
  deadline: number;
}

/** What a command does: at once, in steps, or with a promise. */
export type Handle = (request: Request) => Doc | Promise<Doc> | Steps<Doc>;

/** A command: the fields it takes beside those every command takes, and its handler. */
export interface Command {
  fields: readonly string[];
  run: Handle;
  /** Also without looking at its fields. */
  lenient?: boolean;
}

function wrongType(name: string, value: Maybe, wanted: string): never {
  return fail(14, `BSON field '${name}' is the wrong type '${value === undefined ? 'missing' : typeNames[typeOf(value)]}', expected type '${wanted}'`);
}

export function optionalDoc(body: Doc, name: string): Doc | undefined {
  const value = body.get(name);
  return value === undefined || value === null ? undefined : isDoc(value) ? value : wrongType(name, value, 'object');
}

export function optionalNumber(body: Doc, name: string): number | undefined {
  const value = body.get(name);
  if (value === undefined || value === null) return undefined;
  if (!isNumeric(value)) wrongType(name, value, 'long');
  return asInteger(value) ?? Math.trunc(asNumber(value));
}

export function notNegative(body: Doc, name: string): number | undefined {
  const value = optionalNumber(body, name);
  if (value !== undefined && value < 0) fail(51024, `BSON field '${name}' value must be >= 0, actual value '${value}'`);
  return value;
}

export function flag(body: Doc, name: string): boolean {
  const value = body.get(name);
  if (value === undefined || value === null) return false;
  return typeof value === 'boolean' ? value : isNumeric(value) ? asNumber(value) !== 0 : wrongType(name, value, 'bool');
}

/** Whether a bulk write stops at its first error. */
export function ordered(body: Doc): boolean {
  return !body.has('ordered') || flag(body, 'ordered');
}

export function text(body: Doc, name: string): string {
  const value = body.get(name);
  return typeof value === 'string' ? value : wrongType(name, value, 'string');
}

/** The namespace a command is for: its own name's value is the collection. */
export function namespace({ name, db, body }: Pick<Request, 'name' | 'db' | 'body'>): string {
  const collection = body.get(name);
  if (typeof collection !== 'string') fail(73, `collection name has invalid type ${collection === undefined ? 'missing' : typeNames[typeOf(collection)]}`);
  return checkNamespace(db, collection);
}

/** Refuses names MongoDB refuses. */
export function checkNamespace(db: string, collection: string): string {
  if (db === '' || /[/\\. "$\0]/.test(db) || Buffer.byteLength(db) > 63) fail(73, `Invalid database name: '${db}'`);
  const ns = `${db}.${collection}`;
  if (collection === '' || collection.startsWith('.') || collection.endsWith('.') || /[$\0]/.test(collection)) fail(73, `Invalid namespace specified '${ns}'`);
  if (Buffer.byteLength(ns) > 255) fail(73, `Fully qualified namespace is too long: ${ns}`);
  return ns;
}

/** A field that must be there. */
export function required<V>(value: V | undefined, field: string): V {
  return value ?? fail(40414, `BSON field '${field}' is missing but a required field`);
}

/** The documents a command brings, in a document sequence or in its body; not decoded. */
export function rawDocuments(request: Request, name: string): Buffer[] {
  const found = request.message.sequences.get(name);
  if (found) return found;
  const { raw } = request.message;
  if (!Array.isArray(request.body.get(name))) wrongType(name, request.body.get(name), 'array');
  return rawItems(raw, arrayAt(raw, name));
}

/** Where the value of a top-level field starts. */
function arrayAt(raw: Buffer, name: string): number {
  const field = Buffer.concat([Buffer.from([4]), Buffer.from(`${name}\0`)]);
  let at = 4;
  while (at < raw.length - 1) {
    if (raw.compare(field, 0, field.length, at, at + field.length) === 0) return at + field.length;
    const nameEnd = raw.indexOf(0, at + 1);
    at = nameEnd + 1 + skip(raw, raw[at]!, nameEnd + 1);
  }
  return fail(40414, `BSON field '${name}' is missing but a required field`);
}

/** The items of a command such as update: documents, decoded. */
export function items(request: Request, name: string): Doc[] {
  const sequence = request.message.sequences.get(name);
  if (sequence) return sequence.map((bytes) => decode(bytes));
  const list = request.body.get(name);
  if (!Array.isArray(list)) wrongType(name, list, 'array');
  return list.map((item) => (isDoc(item) ? item : wrongType(name, item, 'object')));
}

export function scopeOf(body: Doc): Scope | undefined {
  return body.has('let') ? letScope(body.get('let')) : undefined;
}

/** Whether the write must be on the disk before it is acknowledged; refuses write concerns one machine cannot meet. */
export function isDurable(body: Doc): boolean {
  const concern = optionalDoc(body, 'writeConcern');
  if (!concern) return false;
  for (const field of concern.keys()) {
    if (!['w', 'j', 'fsync', 'wtimeout', 'provenance'].includes(field)) fail(40415, `BSON field 'writeConcern.${field}' is an unknown field.`);
  }
  const w = concern.get('w');
  if (w !== undefined && typeof w !== 'string' && !(isNumeric(w) && asNumber(w) >= 0 && asNumber(w) <= 50)) fail(9, 'w has to be a number between 0 and 50, or a string');
  if (isNumeric(w) && asNumber(w) > 1) fail(2, "cannot use 'w' > 1 when a host is not replicated");
  if (typeof w === 'string' && w !== 'majority') fail(2, "cannot use non-majority 'w' mode when a host is not a member of a replica set");
  return concern.get('j') === true || concern.get('fsync') === true;
}

/** Refuses any collation but the simple one. */
export function refuseCollation(body: Doc): void {
  const collation = optionalDoc(body, 'collation');
  if (collation && collation.get('locale') !== 'simple' && collation.size > 0) fail(238, 'collation is not supported by this store');
}
