import type { StoreError } from '../errors';
import { Double, Raw, T, doc } from '../bson/value';
import type { Doc, Maybe, Value } from '../bson/value';

const one = new Double(1);
const zero = new Double(0);

/** A successful answer: the fields, then `ok: 1`. */
export function okReply(fields: Record<string, Maybe> = {}): Doc {
  return doc({ ...fields, ok: one });
}

/** The answer to a command that failed as a whole. */
export function errorReply(error: StoreError): Doc {
  return doc({ ok: zero, errmsg: error.message, code: error.code, codeName: error.codeName, ...(error.extra as Record<string, Value>) });
}

/** A stored document inside an answer, as it is. */
export function rawDocument(bytes: Buffer): Raw {
  return new Raw(T.object, bytes);
}

/** A cursor with its first or next batch. */
export function cursorReply(id: bigint, ns: string, batch: { name: 'firstBatch' | 'nextBatch'; documents: Value[] }): Doc {
  return okReply({ cursor: doc({ [batch.name]: batch.documents, id, ns }) });
}
