import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { startDocstore } from '../../../embedded/docstore';
import type { Docstore, DocstoreOptions } from '../../../embedded/docstore';

const root = join(__dirname, '../../..');

/** Compiles what changed, so that the child process runs the sources under test. */
export function build(): void {
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs')], { cwd: root });
}

export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'ds-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export interface Running {
  store: Docstore;
  client: mongo.MongoClient;
  db: mongo.Db;
  folder: string;
  stop: () => Promise<void>;
}

/** A store of its own with a client connected to it. */
export async function running(options: Partial<DocstoreOptions> = {}): Promise<Running> {
  build();
  const folder = temporaryFolder();
  const store = await startDocstore({ dataDir: options.dataDir ?? folder.path, ...options });
  const client = await mongo.MongoClient.connect(store.url, { promoteLongs: true });
  const stop = async (): Promise<void> => {
    await client.close();
    await store.stop();
    folder.remove();
  };
  return { store, client, db: client.db('test'), folder: options.dataDir ?? folder.path, stop };
}

/** The code of the error a promise is rejected with; undefined when it is not. */
export async function codeOf(work: Promise<unknown>): Promise<number | string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return (error as { code?: number }).code ?? (error as Error).message;
  }
}
