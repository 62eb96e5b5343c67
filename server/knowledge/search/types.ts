/** One thing that can be found: an article, a guide or a step of a guide. Plain values only, so that it can come from any store. */
export interface SearchDocument {
  id: string;
  title: string;
  body: string;
  /** The body in pieces that count differently; without them all of it counts 1. */
  parts?: readonly { text: string; weight: number }[];
  /** Words an author added so that the article is found by them; they count like the title. */
  keywords?: readonly string[];
  /** BCP 47 language of title and body, for example 'de' or 'zh-TW'. */
  language?: string;
  /** Products and versions the text is about; none means it fits all of them. */
  products?: readonly string[];
  versions?: readonly string[];
  /** Brands the text belongs to; none means all of them. */
  brands?: readonly string[];
  /** Who may read it; a reader sees it only when the query names this audience. */
  audience?: string;
  /** State of the article, for example 'validated' or 'draft'. */
  state?: string;
}

/** What a reader may and wants to see. It is applied before ranks are cut, so a hidden text never pushes out a visible one. */
export interface SearchFilters {
  products?: readonly string[];
  versions?: readonly string[];
  /** The brand whose readers ask; null: those of the company itself, who see what names no brand. Without it brands do not count. */
  brand?: string | null;
  /** Audiences the reader belongs to. When given, a text without an audience is hidden. */
  audiences?: readonly string[];
  /** States the reader may see. When given, a text without a state is hidden. */
  states?: readonly string[];
  /** The reader's language. Other languages are used only when this one has no answer (see SearchResult.fallback). */
  language?: string;
}

/** What is asked. */
export interface SearchQuery {
  q: string;
  /** Language the question is written in; decides stemming and stop words. Defaults to filters.language, then to a guess. */
  lang?: string;
  filters?: SearchFilters;
  /** Number of hits, 10 unless told. */
  limit?: number;
  /** Number of passages per hit, 1 unless told; 0 saves the time they take. */
  passages?: number;
}

/** A piece of a text; the ranges are [start, end) in UTF-16 units of `text` and show the words that matched. */
export interface Passage {
  field: 'title' | 'body';
  text: string;
  ranges: readonly (readonly [number, number])[];
}

/** One answer. */
export interface SearchHit {
  id: string;
  /** Between 0 and 1, comparable only within one result. */
  score: number;
  language: string | undefined;
  passages: readonly Passage[];
}

/** All answers to a question, best first. */
export interface SearchResult {
  hits: readonly SearchHit[];
  /** True when the reader's language had no answer and other languages were searched: show a notice. */
  fallback: boolean;
  /** Words replaced because nobody ever wrote them: [typed, used]. */
  corrected: readonly (readonly [string, string])[];
}

/** Turns texts into vectors. Vectors need not have length one; all of one embedder have the same number of dimensions. */
export interface Embedder {
  readonly name: string;
  /** Waits `within` milliseconds for an answer at most. */
  embed(texts: readonly string[], within: number): Promise<Float32Array[]>;
}

/** What an index is made with. */
export interface SearchIndexOptions {
  /** Groups of phrases that mean the same in this company. */
  synonyms?: readonly (readonly string[])[];
}
