import type { SearchDocument } from './types';

/** Where documents come from: a list, a generator or a database cursor. */
export type Source = Iterable<SearchDocument> | AsyncIterable<SearchDocument>;

const SLICE_MS = 8;

/** Calls `use` for every document and lets other work run after every few milliseconds; `progress` hears the count after each slice. */
export async function eachSlice(source: Source, use: (document: SearchDocument) => void, progress?: (done: number) => void): Promise<void> {
  let done = 0;
  let until = performance.now() + SLICE_MS;
  const pause = async (): Promise<void> => {
    progress?.(done);
    await new Promise<void>((resolve) => setImmediate(resolve));
    until = performance.now() + SLICE_MS;
  };
  if (Symbol.asyncIterator in source) {
    for await (const document of source) {
      use(document);
      done += 1;
      if (performance.now() >= until) await pause();
    }
  } else {
    for (const document of source) {
      use(document);
      done += 1;
      if (performance.now() >= until) await pause();
    }
  }
  progress?.(done);
}
