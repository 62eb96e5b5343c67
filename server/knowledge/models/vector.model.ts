import { model } from 'mongoose';
import { houseSchema, isDuplicate, newId, type Ctx } from '../../kernel';
import { vectorOf, type Vector } from '../search';

/** The vector of one text of an article or guide, kept for as long as its words are the same. */
interface VectorDoc {
  _id: string;
  companyId: string;
  /** article:ID/LOCALE or guide:ID/LOCALE, as in the index. */
  documentId: string;
  /** Which model made it. */
  model: string;
  /** Digest of the words it was made of. */
  digest: string;
  bytes: Buffer | { buffer: Uint8Array };
  at: Date;
}

const schema = houseSchema<VectorDoc>({ documentId: { type: String, required: true }, model: { type: String, required: true }, digest: { type: String, required: true }, bytes: { type: Buffer, required: true }, at: { type: Date, required: true } }, { collection: 'articlevectors' });
schema.index({ companyId: 1, documentId: 1 }, { unique: true });
schema.index({ companyId: 1, at: 1 });
const Vectors = model<VectorDoc>('ArticleVector', schema);

const numbersOf = (bytes: VectorDoc['bytes']): Int8Array => {
  const from = Buffer.isBuffer(bytes) ? bytes : bytes.buffer;
  return new Int8Array(from.buffer, from.byteOffset, from.byteLength).slice();
};

/** A vector to be kept. */
export interface NewVector {
  documentId: string;
  digest: string;
  vector: Vector;
}

/** Keeps vectors; a newer one replaces the one before. */
export async function keepVectors(ctx: Ctx, by: string, found: readonly NewVector[]): Promise<void> {
  for (const { documentId, digest, vector } of found) {
    const bytes = Buffer.from(vector.bytes.buffer, vector.bytes.byteOffset, vector.bytes.byteLength);
    const write = () => Vectors.updateOne({ companyId: ctx.companyId, documentId }, { $set: { model: by, digest, bytes, at: new Date(ctx.clock.now()) }, $setOnInsert: { _id: newId() } }, { upsert: true });
    await write().catch((error: unknown) => {
      if (!isDuplicate(error)) throw error;
      return write();
    });
  }
}

/** Which of these texts have their vector already. */
export async function keptDigests(ctx: Ctx, by: string, documentIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await Vectors.find({ companyId: ctx.companyId, documentId: { $in: [...documentIds] }, model: by }).select('documentId digest').lean<VectorDoc[]>();
  return new Map(rows.map((row) => [row.documentId, row.digest]));
}

/** Vectors of a model made at a moment or later, oldest first. */
export async function* vectorsSince(ctx: Ctx, by: string, since: Date): AsyncGenerator<{ documentId: string; vector: Vector; at: Date }> {
  const cursor = Vectors.find({ companyId: ctx.companyId, at: { $gte: since } }).sort({ at: 1 }).lean<VectorDoc[]>().cursor({ batchSize: 500 });
  for await (const row of cursor) if (row.model === by) yield { documentId: row.documentId, vector: vectorOf(numbersOf(row.bytes)), at: row.at };
}
