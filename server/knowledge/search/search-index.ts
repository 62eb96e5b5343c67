import { Core, type Matches } from './core';
import { inLanguage, visibility } from './filters';
import { passagesOf } from './passages';
import { eachSlice, type Source } from './slices';
import { Synonyms } from './synonyms';
import { guessLanguage } from './guess-language';
import type { SearchDocument, SearchHit, SearchIndexOptions, SearchQuery, SearchResult } from './types';

/** An index of one company's knowledge, kept in memory. All methods but rebuild and addMany are synchronous. */
export interface SearchIndex {
  /** Adds a document, or replaces the one with the same id. It is found by the next search. */
  put(document: SearchDocument): void;
  /** Takes a document out; false when it was not there. */
  remove(id: string): boolean;
  /** Adds many in slices of a few milliseconds; `progress` gets the number added so far. */
  addMany(documents: Source, progress?: (done: number) => void): Promise<void>;
  /**
   * Builds a new index beside the old one, in slices, and swaps: searches see the old state or the new one, never half of it. Changes made meanwhile
   * by put and remove win over the source. A second call while one runs waits for its turn.
   */
  rebuild(documents: Source, progress?: (done: number) => void): Promise<void>;
  /** Replaces the groups of phrases that mean the same; the next search knows them. */
  mean(synonyms: readonly (readonly string[])[]): void;
  search(query: SearchQuery): SearchResult;
  get(id: string): SearchDocument | undefined;
  readonly size: number;
  /** Bytes in typed arrays (postings); texts and vocabularies come on top. */
  bytes(): number;
}

/** Makes an empty index. */
export function createSearchIndex(options: SearchIndexOptions = {}): SearchIndex {
  return new MemoryIndex(options);
}

const LIMIT = 10;
const MOST = 200;
/** How many questions a new index answers for practice: the first ones of a process take twenty times as long, and nobody should wait for them. */
const PRACTICE = 40;
const PRACTISED = 80;

class MemoryIndex implements SearchIndex {
  private core: Core;
  private meanwhile: Map<string, SearchDocument | null> | undefined;
  private running: Promise<void> = Promise.resolve();

  private synonyms: readonly (readonly string[])[];

  constructor(options: SearchIndexOptions) {
    this.synonyms = options.synonyms ?? [];
    this.core = new Core(this.synonyms);
  }

  mean(synonyms: readonly (readonly string[])[]): void {
    if (synonyms === this.synonyms) return;
    this.synonyms = synonyms;
    this.core.synonyms = new Synonyms(synonyms);
  }

  get size(): number {
    return this.core.size;
  }

  get(id: string): SearchDocument | undefined {
    return this.core.get(id);
  }

  bytes(): number {
    return this.core.bytes();
  }

  put(document: SearchDocument): void {
    this.core.put(document);
    this.meanwhile?.set(document.id, document);
  }

  remove(id: string): boolean {
    this.meanwhile?.set(id, null);
    return this.core.remove(id);
  }

  async addMany(documents: Source, progress?: (done: number) => void): Promise<void> {
    await eachSlice(documents, (document) => this.put(document), progress);
    await practise(this.core);
  }

  rebuild(documents: Source, progress?: (done: number) => void): Promise<void> {
    const next = this.running.then(() => this.build(documents, progress));
    this.running = next.catch(() => undefined);
    return next;
  }

  private async build(documents: Source, progress?: (done: number) => void): Promise<void> {
    const core = new Core(this.synonyms);
    const changes = (this.meanwhile = new Map<string, SearchDocument | null>());
    try {
      await eachSlice(documents, (document) => core.put(document), progress);
      await practise(core);
      for (const [id, change] of changes) {
        if (change) core.put(change);
        else core.remove(id);
      }
      core.synonyms = this.core.synonyms;
      this.core = core;
    } finally {
      this.meanwhile = undefined;
    }
  }

  search(query: SearchQuery): SearchResult {
    return answer(this.core, query);
  }
}

/** Asks for some documents by their own words, one after the other with pauses for whoever else works. */
async function practise(core: Core): Promise<void> {
  const every = Math.max(1, Math.floor(core.size / PRACTICE));
  for (const [i, { title, body, language }] of core.documents().entries()) {
    if (i % every !== 0) continue;
    answer(core, { q: `${title} ${body.slice(0, PRACTISED)}`, filters: language ? { language } : {} });
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

function answer(core: Core, query: SearchQuery): SearchResult {
  const { filters } = query;
  const limit = Math.max(0, Math.min(MOST, query.limit ?? LIMIT));
  const reading = { q: query.q, lang: query.lang ?? filters?.language ?? guessLanguage(query.q) };
  const visible = visibility(filters);
  const inReaders = inLanguage(filters?.language);
  const own = core.search({ reading, limit, allowed: (document) => visible(document) && inReaders(document) });
  if (!filters?.language || own.sure) return present(own, query, false);
  const other = core.search({ reading, limit, allowed: (document) => visible(document) && !inReaders(document) });
  return other.sure || own.matches.length === 0 ? present(other, query, other.matches.length > 0) : present(own, query, false);
}

function present(found: Matches, query: SearchQuery, fallback: boolean): SearchResult {
  const hits = found.matches.map(({ document, score }): SearchHit => (
    { id: document.id, score, language: document.language, passages: passagesOf(document, found.analysis.terms, query.passages ?? 1) }));
  return { hits, fallback, corrected: found.analysis.corrected };
}
