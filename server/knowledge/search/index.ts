/** Search over a company's knowledge: words and character n-grams in every script, ranked by BM25; meaning is an optional extra. */
export { belongsTo } from './filters';
export { createSearchIndex } from './search-index';
export type { SearchIndex } from './search-index';
export type { Source } from './slices';
export type {
  Embedder, Passage, SearchDocument, SearchFilters, SearchHit, SearchIndexOptions, SearchQuery, SearchResult,
} from './types';
export { guessLanguage } from './guess-language';
export { stopWords } from './stop-words';
export { addMeaning } from './meaning';
export type { MeaningIndex } from './meaning';
export { meaningText, pack, vectorOf, type Vector } from './vectors';
