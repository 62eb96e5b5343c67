import { mongo } from 'mongoose';
import { running } from './support';
import type { Running } from './support';

/** One question to the store, and what MongoDB answers. */
export type Ask = (question: string, answer: () => unknown, wanted: unknown) => Promise<void>;

/** What a group of questions works with. */
export interface Probe {
  at: Running;
  db: mongo.Db;
  c: mongo.Collection<mongo.Document>;
  ask: Ask;
  /** The collection with just these documents, and no index but that of _id. */
  reset: (...docs: mongo.Document[]) => Promise<void>;
  /** The code a promise is refused with, or 'taken'. */
  code: (work: Promise<unknown>) => Promise<unknown>;
  cmd: (command: mongo.Document) => Promise<mongo.Document>;
}

const plain = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)) as unknown);

let shared: Promise<Running> | undefined;
afterAll(async () => (await shared)?.stop());

/** Declares a test of many questions, on the store of its file; every answer that differs is shown, not only the first. */
export function questions(name: string, work: (probe: Probe) => Promise<void>): void {
  it(name, async () => {
    const at = await (shared ??= running());
    const { db } = at;
    await db.dropDatabase();
    const c = db.collection<mongo.Document>('c');
    const wrong: unknown[] = [];
    const probe: Probe = {
      at, db, c,
      ask: async (question, answer, wanted) => {
        const got = await Promise.resolve().then(answer).catch((error: unknown) => `threw ${String(error)}`);
        if (JSON.stringify(plain(got)) !== JSON.stringify(plain(wanted))) wrong.push({ question, got, wanted });
      },
      reset: async (...docs) => {
        await c.drop();
        if (docs.length > 0) await c.insertMany(docs);
      },
      code: (done) => done.then(() => 'taken', (error: unknown) => (error as { code?: unknown }).code ?? String(error)),
      cmd: (command) => db.command(command),
    };
    await work(probe);
    expect(wrong).toEqual([]);
  });
}
