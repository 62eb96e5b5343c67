import { StoreError, fail } from '../errors';
import { decode } from '../bson/decode';
import { encode } from '../bson/encode';
import { doc } from '../bson/value';
import type { Doc, Value } from '../bson/value';
import type { Collection } from '../storage/catalog';
import type { Steps, Store } from '../store';
import { idFirst } from '../update/apply';
import { newId } from '../update/upsert';
import { okReply } from './reply';
import { MOST_WRITES, flag, isDurable, namespace, ordered, rawDocuments } from './request';
import type { Command, Request } from './request';

/** The error of one item of a write command. */
export function itemError(index: number, error: unknown): Doc {
  if (!(error instanceof StoreError)) throw error;
  return doc({ index, code: error.code, ...(error.extra as Record<string, Value>), errmsg: error.message });
}

/** Runs a write; `bypassDocumentValidation` holds for its own steps only. */
function* withBypass<T>({ store, body }: Request, steps: Steps<T>): Steps<T> {
  const bypass = flag(body, 'bypassDocumentValidation');
  for (;;) {
    store.documents.bypass = bypass;
    try {
      const next = steps.next();
      if (next.done) return next.value;
    } finally {
      store.documents.bypass = false;
    }
    yield;
  }
}
/** How a command that writes runs: in transactions, answered after the commit. */
export function writes(steps: (request: Request) => Steps<Doc>): Command['run'] {
  return (request) => request.store.write(withBypass(request, steps(request)), isDurable(request.body), request.deadline);
}

/** The bytes of a document with its _id first; one without gets an ObjectId. */
function withId(bytes: Buffer): Buffer {
  if (bytes[4] !== 0 && bytes[5] === 0x5f && bytes[6] === 0x69 && bytes[7] === 0x64 && bytes[8] === 0) return bytes;
  const value = decode(bytes);
  if (value.has('_id')) return encode(idFirst(value));
  return encode(new Map([['_id', newId()], ...value]));
}

/** Inserts the bytes of one document; inside a transaction. */
export function insertBytes(store: Store, collection: Collection, given: Buffer): void {
  const bytes = withId(given);
  store.documents.insert(collection, decode(bytes, collection.indexed), bytes);
}

function* insert(request: Request): Steps<Doc> {
  const { store, body } = request;
  const ns = namespace(request);
  const documents = rawDocuments(request, 'documents');
  if (documents.length === 0 || documents.length > MOST_WRITES) fail(16, `Write batch sizes must be between 1 and ${MOST_WRITES}. Got ${documents.length} operations.`);
  const stopping = ordered(body);
  const errors: Value[] = [];
  let n = 0;
  for (const [index, bytes] of documents.entries()) {
    try {
      insertBytes(store, store.need(ns), bytes);
      n++;
    } catch (error) {
      errors.push(itemError(index, error));
      if (stopping) break;
    }
    yield;
  }
  return okReply({ n, ...(errors.length > 0 ? { writeErrors: errors } : {}) });
}

export const insertCommand: Command = { fields: ['documents', 'ordered', 'bypassDocumentValidation'], run: writes(insert) };
