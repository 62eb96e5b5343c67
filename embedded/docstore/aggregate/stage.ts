import { decode } from '../bson/decode';
import { encode } from '../bson/encode';
import type { Doc } from '../bson/value';
import type { Scope } from '../expression/scope';
import type { Store } from '../store';

/** What flows through a pipeline: a stored document, a made one, or a moment to let others work. */
export type Item = Buffer | Doc | null;
export type Items = Generator<Item, undefined>;

/** One compiled stage. */
export interface Stage {
  run: (source: Iterable<Item>) => Items;
  /** The fields of its input it looks at; undefined when it may be any. */
  needs: ReadonlySet<string> | undefined;
  /** Its output holds nothing of the input but what it looks at. */
  closed: boolean;
}

/** Where a pipeline runs. */
export interface Place {
  store: Store;
  db: string;
  /** The namespace it reads; absent when it reads none. */
  ns: string | undefined;
  scope: Scope | undefined;
  /** The session the command came with. */
  session: Doc | undefined;
}

/** How much a stage may hold in memory, in bytes. */
export const STAGE_MEMORY = 100 * 1024 * 1024;

const nothing: Doc = new Map();

/** The document of an item, with at least the fields in `needs`. */
export function docOf(item: Buffer | Doc, needs: ReadonlySet<string> | undefined): Doc {
  if (!(item instanceof Uint8Array)) return item;
  return needs?.size === 0 ? nothing : decode(item, needs);
}

export function bytesOf(item: Buffer | Doc): Buffer {
  return item instanceof Uint8Array ? item : encode(item);
}

export function* allBytes(source: Iterable<Item>): Generator<Buffer | null, undefined> {
  for (const item of source) yield item && bytesOf(item);
  return undefined;
}

/** A stage that treats documents one by one: undefined drops one. */
export function eachDocument(apply: (value: Doc) => Doc | undefined, about: Pick<Stage, 'needs' | 'closed'>): Stage {
  return {
    ...about,
    *run(source) {
      for (const item of source) {
        const next = item && apply(docOf(item, about.closed ? about.needs : undefined));
        yield next ?? null;
      }
      return undefined;
    },
  };
}
