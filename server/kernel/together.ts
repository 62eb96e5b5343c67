import mongoose, { type Model } from 'mongoose';
import { promised } from './mongo';

interface Waiting<I, O> {
  input: I;
  hold: number;
  done(output: O): void;
  fail(error: unknown): void;
}

interface LaneOptions<I> {
  /** What must stay in order; inputs that differ in it may overtake each other, in a few commands at once. */
  keyOf?(input: I): unknown;
}

interface Adding {
  /** So many milliseconds after the last command began it may be held back for others to come along; 0: somebody waits. */
  hold?: number;
}

const most = 500;
const abreast = 3;
/** So many make a good command: they are not held back for more. */
const enough = 8;

/**
 * One command at a time for everything of one kind: what comes while one is under way waits and goes out with the next. Alone it costs no
 * time; under load the commands grow instead of multiplying. Who is in a hurry takes along those who are not. `run` answers each input in
 * place; an Error among the answers rejects that one only.
 */
export class Lane<I, O> {
  private waiting: Waiting<I, O>[] = [];
  private under = 0;
  private planned = false;
  /** The shortest time anybody may be held back. */
  private hold = Infinity;
  private begun = -Infinity;
  private timer: NodeJS.Timeout | undefined;
  private readonly keyOf: (input: I) => unknown;
  private readonly width: number;
  private readonly keys = new Set<unknown>();

  constructor(private readonly run: (inputs: I[]) => Promise<(O | Error)[]>, { keyOf }: LaneOptions<I> = {}) {
    this.width = keyOf ? abreast : 1;
    this.keyOf = keyOf ?? (() => undefined);
  }

  add(input: I, { hold = 0 }: Adding = {}): Promise<O> {
    return new Promise((done, fail) => {
      this.waiting.push({ input, hold, done, fail });
      this.hold = Math.min(this.hold, hold);
      this.plan();
    });
  }

  private plan(): void {
    // Nobody waits for a further command who may wait for this one.
    if (this.planned || this.under >= (this.hold === 0 ? this.width : 1)) return;
    const wait = this.waiting.length >= enough ? 0 : this.begun + this.hold - performance.now();
    clearTimeout(this.timer);
    if (wait > 0) {
      this.timer = setTimeout(() => this.go(), wait);
      return;
    }
    // Everything of this turn of the event loop goes along.
    this.planned = true;
    setImmediate(() => this.go());
  }

  private go(): void {
    clearTimeout(this.timer);
    this.planned = false;
    if (this.under < this.width) void this.work();
  }

  private async work(): Promise<void> {
    const group = this.pick();
    if (group.length === 0) return;
    const keys = new Set(group.map((each) => this.keyOf(each.input)));
    for (const key of keys) this.keys.add(key);
    this.under += 1;
    this.begun = performance.now();
    await this.take(group);
    this.under -= 1;
    for (const key of keys) this.keys.delete(key);
    if (this.waiting.length === 0) return;
    if (this.hold === 0) this.go();
    else this.plan();
  }

  // What comes after something that is under way waits for it.
  private pick(): Waiting<I, O>[] {
    const group: Waiting<I, O>[] = [];
    const rest: Waiting<I, O>[] = [];
    for (const each of this.waiting) (group.length < most && !this.keys.has(this.keyOf(each.input)) ? group : rest).push(each);
    this.waiting = rest;
    this.hold = Math.min(Infinity, ...rest.map((each) => each.hold));
    return group;
  }

  private async take(group: Waiting<I, O>[]): Promise<void> {
    try {
      const outputs = await this.run(group.map((each) => each.input));
      group.forEach((each, index) => {
        const output = outputs[index] as O | Error;
        if (output instanceof Error) each.fail(output);
        else each.done(output);
      });
    } catch (error) {
      for (const each of group) each.fail(error);
    }
  }
}

/** How long what nobody waits for may be held back, so that more goes along. */
export const patienceMs = 25;
/** The same for what came on a channel where seconds do not count: a mail after its "250". */
export const deferredMs = 200;

type Plain = mongoose.mongo.Document;
const lanes = new Map<string, Lane<unknown, unknown>>();

function laneOf<I, O>(name: string, run: (inputs: I[]) => Promise<(O | Error)[]>, keyOf?: (input: I) => unknown): Lane<I, O> {
  const found = lanes.get(name) ?? (new Lane(run, keyOf ? { keyOf } : {}) as unknown as Lane<unknown, unknown>);
  lanes.set(name, found);
  return found as unknown as Lane<I, O>;
}

interface Inserting<T> {
  /** Waits for the disk. */
  durable: boolean;
  /** As Lane's. */
  hold?: number;
  /** Only what agrees in this field must be stored in the order it came. */
  orderedBy?: keyof T & string;
}

/** Inserts a document that is complete as it is, in one command with others of the moment. Throws the driver's duplicate error. */
export function insertTogether<T>(target: Model<T>, document: T, { durable, hold = 0, orderedBy }: Inserting<T>): Promise<void> {
  const collection = target.collection as unknown as Pick<mongoose.mongo.Collection, 'insertMany' | 'insertOne'> & { name: string };
  const options = durable ? promised : {};
  return laneOf<mongoose.mongo.OptionalId<Plain>, void>(`insert ${String(durable)} ${collection.name}`, async (documents) => {
    try {
      if (documents.length === 1) await collection.insertOne(documents[0] as Plain, options);
      else await collection.insertMany(documents, { ...options, ordered: false });
      return documents.map(() => undefined);
    } catch (error) {
      const again = refusedOnes(error);
      return Promise.all(documents.map((each, index) => (again.has(index) ? insertAlone(() => collection.insertOne(each, options)) : undefined)));
    }
  }, orderedBy && ((each) => (each as Plain)[orderedBy])).add(document as unknown as Plain, { hold });
}

// The driver says which were refused, but not by which index: alone, each hears that too.
function refusedOnes(error: unknown): Set<number> {
  const refused = error instanceof mongoose.mongo.MongoBulkWriteError ? [error.writeErrors].flat() : [];
  if (refused.length === 0) throw error;
  return new Set(refused.map((each) => each.index));
}

const insertAlone = (insert: () => Promise<unknown>): Promise<void | Error> => insert().then(() => undefined, (error: unknown) => (error instanceof Error ? error : new Error(String(error))));

/** Inserts a document that is complete as it is, and waits for the disk. Throws the driver's duplicate error. */
export const insertPromised = <T>(target: Model<T>, document: T): Promise<void> => insertTogether(target, document, { durable: true });

/** Which rows of a company: those whose field has a value, and that fit `where`. */
export interface Wanted {
  companyId: string;
  field: string;
  value: string;
  where?: Record<string, unknown>;
  /** Nobody waits for the answer: it may come with others a little later. */
  patient?: boolean;
}

/** The rows with a value in a field, in one read with others of the moment; in no order. */
export function rowsTogether<T>(target: Model<T>, { companyId, field, value, where = {}, patient = false }: Wanted): Promise<T[]> {
  const { collection } = target;
  return laneOf<string, T[]>(`find ${companyId} ${collection.name} ${field} ${JSON.stringify(where)}`, async (values) => {
    const different = [...new Set(values)];
    const rows = await collection.find({ companyId, [field]: different.length === 1 ? different[0] : { $in: different }, ...where }).toArray() as unknown as Record<string, unknown>[];
    return values.map((each) => rows.filter((row) => row[field] === each) as T[]);
  }).add(value, { hold: patient ? patienceMs : 0 });
}

/** A document of the company by its id, in one read with others of the moment; null when there is none. */
export const findTogether = async <T>(target: Model<T>, companyId: string, id: string): Promise<T | null> => (await rowsTogether(target, { companyId, field: '_id', value: id }))[0] ?? null;

type Filter = { companyId: string; _id: string } & Record<string, unknown>;

/** Changes one document, together with other changes of the moment, in the order they came. Nobody is told whether it matched. */
export const updateTogether = <T>(target: Model<T>, filter: Filter, update: Record<string, unknown>): Promise<void> => changesOf(target).add({ updateOne: { filter, update } });

/** The same for what nobody waits for: it may go along with others a little later, still in order. */
export const updateSoon = <T>(target: Model<T>, filter: Filter, update: Record<string, unknown>): Promise<void> => changesOf(target).add({ updateOne: { filter, update } }, { hold: patienceMs });

/** The same where seconds do not count. */
export const updateLater = <T>(target: Model<T>, filter: Filter, update: Record<string, unknown>): Promise<void> => changesOf(target).add({ updateOne: { filter, update } }, { hold: deferredMs });

function changesOf<T>({ collection }: Model<T>): Lane<unknown, void> {
  return laneOf(`update ${collection.name}`, async (changes) => {
    await collection.bulkWrite(changes as mongoose.mongo.AnyBulkWriteOperation[], { ordered: true });
    return changes.map(() => undefined);
  });
}
