import { createHash } from 'node:crypto';
import { model } from 'mongoose';
import { newId } from './ids';
import { houseSchema, isDuplicate } from './mongo';
import { problem } from './problem';

interface Remembered {
  _id: string;
  companyId: string;
  /** Who asked, and their key. */
  key: string;
  /** Hash of endpoint and body: the same key for something else is a mistake. */
  request: string;
  state: 'running' | 'done';
  response: unknown;
  at: Date;
}

const schema = houseSchema<Remembered>({ key: { type: String, required: true }, request: { type: String, required: true }, state: { type: String, required: true }, response: Object, at: { type: Date, required: true } }, { collection: 'idempotency' });
schema.index({ companyId: 1, key: 1 }, { unique: true });
schema.index({ at: 1 }, { expireAfterSeconds: 86_400 });
const Answers = model<Remembered>('Idempotency', schema);

// After this a request that never finished is taken for lost with its process.
const lostMs = 60_000;

export interface KeyedRequest {
  companyId: string;
  key: string;
  endpoint: string;
  body: unknown;
}

/** Runs work once per key and answers the same again for 24 hours. Failed work may be tried again with its key. */
export async function once<T>({ companyId, key, endpoint, body }: KeyedRequest, work: () => Promise<T>): Promise<T> {
  const request = createHash('sha256').update(`${endpoint}\n${JSON.stringify(body ?? null)}`).digest('base64');
  const found = await claim({ companyId, key, request });
  if (found) return found.response as T;
  try {
    const response = await work();
    await Answers.updateOne({ companyId, key }, { $set: { state: 'done', response: response ?? {} } });
    return response;
  } catch (error) {
    await Answers.deleteOne({ companyId, key });
    throw error;
  }
}

async function claim({ companyId, key, request }: { companyId: string; key: string; request: string }): Promise<Remembered | null> {
  try {
    await Answers.create({ _id: newId(), companyId, key, request, state: 'running', response: {}, at: new Date() });
    return null;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
  const known = await Answers.findOne({ companyId, key }).lean<Remembered>();
  if (!known) return claim({ companyId, key, request });
  if (known.request !== request) throw problem('idempotency-mismatch');
  if (known.state === 'done') return known;
  if (Date.now() - known.at.getTime() < lostMs) throw problem('still-running');
  await Answers.updateOne({ companyId, key }, { $set: { at: new Date() } });
  return null;
}
