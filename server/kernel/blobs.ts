import { model } from 'mongoose';
import { newId } from './ids';
import { houseSchema } from './mongo';
import { insertPromised } from './together';

/** What owns a blob: kind and id; `pending` and who uploaded it, until something does. */
interface Owner {
  kind: string;
  id: string;
}

/** What is known of a blob without reading it. */
export interface BlobInfo {
  _id: string;
  companyId: string;
  owner: Owner;
  name: string;
  type: string;
  size: number;
  /** Erased after this unless something owns it by then. */
  expiresAt: Date | null;
  createdAt: Date;
}

interface Chunk {
  _id: string;
  companyId: string;
  blobId: string;
  at: number;
  data: Buffer;
}

const chunkSize = 255 * 1024;
const blobSchema = houseSchema<BlobInfo>({ owner: { type: Object, required: true }, name: String, type: String, size: Number, expiresAt: { type: Date, default: null }, createdAt: { type: Date, required: true } }, { collection: 'blobs' });
blobSchema.index({ companyId: 1, 'owner.kind': 1, 'owner.id': 1 });
blobSchema.index({ expiresAt: 1 }, { sparse: true });
const chunkSchema = houseSchema<Chunk>({ blobId: { type: String, required: true }, at: { type: Number, required: true }, data: { type: Buffer, required: true } }, { collection: 'blobchunks' });
chunkSchema.index({ companyId: 1, blobId: 1, at: 1 }, { unique: true });
const BlobModel = model<BlobInfo>('Blob', blobSchema);
const ChunkModel = model<Chunk>('BlobChunk', chunkSchema);

/** A blob to be stored; content may be a stream. */
export interface NewBlob {
  companyId: string;
  owner: Owner;
  name: string;
  type: string;
  content: AsyncIterable<Buffer> | Buffer;
  expiresAt?: Date;
}

/** Files of any size, seen by every node: raw mails, attachments, pictures, recordings. */
export interface Blobs {
  /** Stores it and waits for the disk; answers its description. */
  put(blob: NewBlob): Promise<BlobInfo>;
  /** Null when there is none of that id in the company. */
  info(companyId: string, id: string): Promise<BlobInfo | null>;
  /** The content, chunk by chunk. */
  read(companyId: string, id: string): AsyncIterable<Buffer>;
  /** Gives blobs to an owner and takes their expiry away. */
  own(companyId: string, ids: string[], owner: Owner): Promise<void>;
  /** Gives blobs that `from` still owns to somebody else, for a time only. */
  lend(companyId: string, ids: string[], terms: { from: Owner; to: Owner; until: Date }): Promise<void>;
  remove(companyId: string, ids: string[]): Promise<void>;
  /** Removes what nobody owned in time; answers how many. */
  sweep(now: Date): Promise<number>;
}

/** Blobs in the document store, as chunks of 255 KiB. */
export const storeBlobs: Blobs = {
  async put({ companyId, owner, name, type, content, expiresAt }) {
    const id = newId();
    let size = 0;
    let at = 0;
    for await (const data of slices(content)) {
      await insertPromised(ChunkModel, { _id: newId(), companyId, blobId: id, at, data });
      size += data.length;
      at += 1;
    }
    const info: BlobInfo = { _id: id, companyId, owner, name, type, size, expiresAt: expiresAt ?? null, createdAt: new Date() };
    await insertPromised(BlobModel, info);
    return info;
  },
  info: (companyId, id) => BlobModel.findOne({ companyId, _id: id }).lean<BlobInfo>(),
  async *read(companyId, id) {
    const cursor = ChunkModel.find({ companyId, blobId: id }).sort({ at: 1 }).lean<Chunk[]>().cursor({ batchSize: 4 });
    for await (const chunk of cursor) yield toBuffer(chunk.data);
  },
  async own(companyId, ids, owner) {
    if (ids.length > 0) await BlobModel.updateMany({ companyId, _id: { $in: ids } }, { $set: { owner, expiresAt: null } });
  },
  async lend(companyId, ids, { from, to, until }) {
    if (ids.length > 0) await BlobModel.updateMany({ companyId, _id: { $in: ids }, 'owner.kind': from.kind, 'owner.id': from.id }, { $set: { owner: to, expiresAt: until } });
  },
  async remove(companyId, ids) {
    await BlobModel.deleteMany({ companyId, _id: { $in: ids } });
    await ChunkModel.deleteMany({ companyId, blobId: { $in: ids } });
  },
  async sweep(now) {
    const late = await BlobModel.find({ expiresAt: { $lt: now } }).setOptions({ acrossCompanies: true }).limit(500).lean<BlobInfo[]>();
    for (const blob of late) await storeBlobs.remove(blob.companyId, [blob._id]);
    return late.length;
  },
};

async function* slices(content: AsyncIterable<Buffer> | Buffer): AsyncIterable<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const part of Buffer.isBuffer(content) ? [content] : content) {
    rest = rest.length === 0 ? part : Buffer.concat([rest, part]);
    for (; rest.length >= chunkSize; rest = rest.subarray(chunkSize)) yield rest.subarray(0, chunkSize);
  }
  if (rest.length > 0) yield rest;
}

/** The whole content at once, for what is known to be small. */
export async function readWhole(blobs: Blobs, companyId: string, id: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of blobs.read(companyId, id)) parts.push(part);
  return Buffer.concat(parts);
}

// Lean documents carry the driver's Binary instead of a Buffer.
const toBuffer = (data: Buffer | { buffer: Uint8Array; position?: number }): Buffer => (Buffer.isBuffer(data) ? data : Buffer.from(data.buffer));
