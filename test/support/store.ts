// A real document store for one test file: MONGO_URL with a database of its own, else the embedded store in a folder of its own.
import { randomBytes } from 'node:crypto';
import { mongo } from 'mongoose';
import { startDocstore } from '../../embedded/docstore';
import { ensureBuilt } from './build';
import { tempFolder } from './temp';

export interface TestStore {
  /** What MONGO_URL would be, with a database nobody else uses. */
  url: string;
  /** The embedded store's process; null when MONGO_URL names somebody else's. */
  pid: number | null;
  /** The embedded store's folder; null when MONGO_URL is set. */
  dataDir: string | null;
  /** Removes everything that was written, and stops the store when it is ours. */
  stop(): Promise<void>;
}

const databaseName = () => `tl_test_${process.env['JEST_WORKER_ID'] ?? '0'}_${randomBytes(4).toString('hex')}`;

/** The same server, another database. */
export function withDatabase(url: string, name: string): string {
  const [, server, , options] = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(\/[^?]*)?(\?.*)?$/.exec(url) ?? [];
  if (!server) throw new Error(`not the URL of a document store: ${url}`);
  return `${server}/${name}${options ?? ''}`;
}

async function drop(url: string): Promise<void> {
  const client = await mongo.MongoClient.connect(url);
  await client.db().dropDatabase();
  await client.close();
}

export async function startTestStore(): Promise<TestStore> {
  const given = process.env['MONGO_URL'];
  if (given) {
    const url = withDatabase(given, databaseName());
    return { url, pid: null, dataDir: null, stop: () => drop(url) };
  }
  await ensureBuilt(['embedded/docstore']);
  const folder = tempFolder('store');
  try {
    const store = await startDocstore({ dataDir: folder.path });
    const stop = async () => {
      await store.stop();
      folder.remove();
    };
    return { url: withDatabase(store.url, databaseName()), get pid() { return store.pid; }, dataDir: folder.path, stop };
  } catch (error) {
    folder.remove();
    throw error;
  }
}
