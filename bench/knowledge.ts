// Search over made-up articles with the word frequencies of real text: how fast it answers beside MiniSearch, and what 50,000 articles cost.
import MiniSearch from 'minisearch';
import { createSearchIndex, type SearchDocument, type SearchIndex } from '../server/knowledge/search';
import { bench, interleaved, percentile } from './harness';

const SMALL = 10_000;
const LARGE = 50_000;
const WORDS_PER_ARTICLE = 120;
const WORDS_PER_QUESTION = 9;
const VOCABULARY = 30_000;
const GRAMMAR = 'the of and to a in is you that it for on with as are be this or by from at your can not have if will an how do what when my i we'.split(' ');
const SYLLABLES = 'ra te co mi lo ser pro ti on ing al ver ma ne di con sta cu pe li tor ter ban fi ro sal gen tra net po wi re'.split(' ');

function randomOf(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

const random = randomOf(20_261_121);
const vocabulary = [...GRAMMAR, ...Array.from({ length: VOCABULARY }, () => {
  const count = 2 + Math.floor(random() * 3);
  return Array.from({ length: count }, () => SYLLABLES[Math.floor(random() * SYLLABLES.length)]).join('');
})];

/** Zipf's law: the n-th word is n times rarer than the first. */
const word = (): string => vocabulary[Math.floor(Math.exp(random() * Math.log(vocabulary.length))) - 1] ?? 'the';
const text = (count: number): string => Array.from({ length: count }, (_, i) => (i % 12 === 11 ? `${word()}.` : word())).join(' ');

function article(i: number): SearchDocument {
  return { id: `a${i}`, title: text(6), body: text(WORDS_PER_ARTICLE), language: 'en', audience: i % 10 === 0 ? 'internal' : 'public' };
}

/** A question shares some of its words with one article and brings its own. */
function question(articles: readonly SearchDocument[]): string {
  const words = (articles[Math.floor(random() * articles.length)]?.body ?? '').split(' ');
  const own = Array.from({ length: WORDS_PER_QUESTION - 3 }, () => words[Math.floor(random() * words.length)]);
  return `how do i ${own.join(' ')}`;
}

interface Timed {
  perSecond: number;
  times: number[];
}

function ask(questions: readonly string[], answer: (q: string) => unknown): Timed {
  const times = questions.map((q) => {
    const start = performance.now();
    answer(q);
    return performance.now() - start;
  });
  return { perSecond: (1000 * times.length) / times.reduce((sum, ms) => sum + ms, 0), times };
}

const search = (index: SearchIndex) => (q: string): unknown => index.search({ q, lang: 'en', filters: { language: 'en', audiences: ['public'] } });

void bench('knowledge', async (run) => {
  const rounds = run.quick ? 3 : 5;
  const perRound = run.quick ? 60 : 200;
  const articles = Array.from({ length: SMALL }, (_, i) => article(i));
  run.progress(`indexing ${SMALL} articles twice`);
  const index = createSearchIndex();
  await index.addMany(articles);
  const mini = new MiniSearch<SearchDocument>({ fields: ['title', 'body'] });
  mini.addAll(articles);
  const times: number[] = [];
  const verdict = await interleaved({
    rounds,
    ours: async () => {
      const asked = ask(Array.from({ length: perRound }, () => question(articles)), search(index));
      times.push(...asked.times);
      return asked.perSecond;
    },
    limit: async () => ask(Array.from({ length: Math.ceil(perRound / 4) }, () => question(articles)), (q) => mini.search(q)).perSecond,
    progress: (what) => run.progress(what),
  });
  run.row({ metric: 'search_p99_ms_10k', value: percentile(times, 0.99), unit: 'ms', bar: '≤ 10' });
  run.row({ metric: 'search_median_ms_10k', value: percentile(times, 0.5), unit: 'ms' });
  run.compare({ metric: 'search_ratio_minisearch', unit: '1/s', limit: 'MiniSearch, default settings', bar: '≥ 10' }, verdict);

  globalThis.gc?.();
  const before = process.memoryUsage();
  const start = performance.now();
  const large = createSearchIndex();
  const source = function* (): Generator<SearchDocument> {
    for (let i = 0; i < LARGE; i += 1) yield article(i);
  };
  let told = 0;
  await large.rebuild(source(), (done) => {
    if (done - told < LARGE / 10) return;
    told = done;
    run.progress(`indexing, ${done} of ${LARGE}`);
  });
  run.row({ metric: 'index_50k_s', value: (performance.now() - start) / 1000, unit: 's' });
  globalThis.gc?.();
  const after = process.memoryUsage();
  run.row({ metric: 'index_50k_mb', value: (after.heapUsed + after.external - before.heapUsed - before.external) / 1e6, unit: 'MB' });
  const asked = ask(Array.from({ length: perRound }, () => question(articles)), search(large));
  run.row({ metric: 'search_p99_ms_50k', value: percentile(asked.times, 0.99), unit: 'ms' });
  const changed = performance.now();
  large.put(article(LARGE + 1));
  run.row({ metric: 'change_found_ms_50k', value: performance.now() - changed, unit: 'ms' });
  if (large.size !== LARGE + 1) run.fault(`${large.size} articles in the index instead of ${LARGE + 1}`);
});
