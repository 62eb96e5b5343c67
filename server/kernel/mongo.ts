import { setTimeout as pause } from 'node:timers/promises';
import mongoose, { Schema, type SchemaDefinition } from 'mongoose';
import { newId } from './ids';

/** Write concern of what promises something to somebody outside: it waits for the disk. */
export const promised = { writeConcern: { w: 1, j: true } } as const;

interface SchemaOptions {
  collection: string;
  /** Documents of all companies, such as the companies themselves. */
  shared?: boolean;
}

/** A schema by the rules of the house: text ids, companyId first, and no query that forgets the company. */
export function houseSchema<T>(fields: SchemaDefinition<T>, options: SchemaOptions): Schema<T> {
  const own = options.shared ? {} : { companyId: { type: String, required: true } };
  const schema = new Schema<T>({ _id: { type: String, default: newId }, ...own, ...fields } as SchemaDefinition<T>, { collection: options.collection, versionKey: false, minimize: false, strict: true, autoIndex: true, id: false });
  if (!options.shared) guardCompany(schema as unknown as Schema);
  return schema;
}

const guarded = ['find', 'findOne', 'findOneAndUpdate', 'findOneAndDelete', 'findOneAndReplace', 'updateOne', 'updateMany', 'deleteOne', 'deleteMany', 'countDocuments', 'distinct', 'replaceOne'] as const;

// A forgotten companyId would show one company's data to another: better no answer at all.
function guardCompany(schema: Schema): void {
  schema.pre([...guarded], function checkCompany() {
    const { acrossCompanies } = this.getOptions() as { acrossCompanies?: boolean };
    if (!acrossCompanies && this.getFilter()['companyId'] === undefined) throw new Error(`A query on ${schema.get('collection')} does not name the company`);
  });
  schema.pre('aggregate', function checkFirstStage() {
    const [first] = this.pipeline() as { $match?: Record<string, unknown> }[];
    if (first?.$match?.['companyId'] === undefined) throw new Error(`An aggregation on ${schema.get('collection')} does not begin with the company`);
  });
}

declare module 'mongoose' {
  interface QueryOptions {
    /** Only for sweeps that serve every company. */
    acrossCompanies?: boolean;
  }
}

/** Connects mongoose and makes the indexes. Throws when the store cannot be reached within 10 s, or when connections to it break while indexes are made for so many milliseconds. */
export async function connectStore(url: string, { patienceMs = 10_000 } = {}): Promise<void> {
  mongoose.set('strictQuery', true);
  mongoose.set('autoCreate', false);
  await mongoose.connect(url, { serverSelectionTimeoutMS: 10_000, maxPoolSize: 20 }).catch((error: Error) => {
    throw new Error(`The document store cannot be reached (${error.message}): start it, correct MONGO_URL, or leave it out to have the embedded one`);
  });
  const end = Date.now() + patienceMs;
  await Promise.all(Object.values(mongoose.models).map((each) => makeIndexes(each, end)));
}

// The driver repeats reads and writes by itself when a connection breaks (a store that changes its primary, or starts anew), but not this.
async function makeIndexes(of: { createIndexes(): Promise<unknown> }, end: number): Promise<void> {
  for (;;) {
    try {
      await of.createIndexes();
      return;
    } catch (error) {
      if (!(error instanceof mongoose.mongo.MongoNetworkError)) throw error;
      if (Date.now() > end) throw new Error(`Connections to the document store break again and again (${error.message}): look at its log, then start again`);
      await pause(100);
    }
  }
}

/** Whether an error says that a unique index refused a second document. */
export const isDuplicate = (error: unknown): boolean => typeof error === 'object' && error !== null && 'code' in error && error.code === 11_000;

/** Which fields the violated unique index has. */
export function duplicateKey(error: unknown): string[] {
  const pattern = typeof error === 'object' && error !== null && 'keyPattern' in error ? error.keyPattern : undefined;
  return pattern && typeof pattern === 'object' ? Object.keys(pattern) : [];
}
