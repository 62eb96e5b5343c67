// Search over made-up articles with the word frequencies of real text: how fast it answers beside MiniSearch at two sizes, and what 50,000 articles cost.
import MiniSearch from 'minisearch';
import { createSearchIndex, type SearchDocument, type SearchIndex } from '../server/knowledge/search';
import { bench, interleaved, percentile, type Bench } from './harness';

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

const memory = (): number => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
};

/** Work with what it took: seconds and megabytes. */
async function weighed(work: () => Promise<void> | void): Promise<{ s: number; mb: number }> {
  const before = memory();
  const start = performance.now();
  await work();
  const s = (performance.now() - start) / 1000;
  return { s, mb: memory() - before };
}

interface Both {
  index: SearchIndex;
  mini: MiniSearch<SearchDocument>;
  articles: SearchDocument[];
}

/** Questions to both in turns: half of the answers and 99 of 100 come within, and how many a second. */
async function compare(run: Bench, { index, mini, articles }: Both, size: string): Promise<void> {
  const perRound = run.quick ? 60 : 200;
  const [ours, theirs]: number[][] = [[], []];
  const round = (count: number, answer: (q: string) => unknown, times: number[] | undefined): number => {
    const asked = ask(Array.from({ length: count }, () => question(articles)), answer);
    times?.push(...asked.times);
    return asked.perSecond;
  };
  const verdict = await interleaved({
    rounds: run.quick ? 3 : 5,
    ours: async () => round(perRound, search(index), ours),
    limit: async () => round(Math.ceil(perRound / (size === '10k' ? 4 : 12)), (q) => mini.search(q), theirs),
    progress: (what) => run.progress(`${size}, ${what}`),
  });
  const at = (times: number[] | undefined, share: number): number => percentile(times ?? [], share);
  const limit = 'MiniSearch, default settings';
  run.row({ metric: `search_p99_ms_${size}`, value: at(ours, 0.99), unit: 'ms', ...(size === '10k' ? { bar: '≤ 10' } : {}) });
  for (const [name, share] of [['p50', 0.5], ['p99', 0.99]] as const) run.row({ metric: `search_${name}_${size}_beside_minisearch`, value: at(ours, share), unit: 'ms', limit, limit_value: at(theirs, share), ratio: at(ours, share) / at(theirs, share) });
  run.compare({ metric: size === '10k' ? 'search_ratio_minisearch' : `search_ratio_minisearch_${size}`, unit: '1/s', limit, bar: '≥ 10' }, verdict);
}

void bench('knowledge', async (run) => {
  const articles: SearchDocument[] = [];
  const texts = await weighed(() => { for (let i = 0; i < LARGE; i += 1) articles.push(article(i)); });
  const [small, rest] = [articles.slice(0, SMALL), articles.slice(SMALL)];
  const [index, mini] = [createSearchIndex(), new MiniSearch<SearchDocument>({ fields: ['title', 'body'] })];
  const add = async (which: SearchDocument[]) => {
    run.progress(`indexing ${which.length} articles twice`);
    return { ours: await weighed(() => index.addMany(which)), theirs: await weighed(() => mini.addAll(which)) };
  };
  const first = await add(small);
  await compare(run, { index, mini, articles: small }, '10k');
  const second = await add(rest);
  await compare(run, { index, mini, articles }, '50k');
  const whole = (side: 'ours' | 'theirs', what: 's' | 'mb'): number => first[side][what] + second[side][what];
  const beside = (metric: string, value: number, { unit, limit }: { unit: 's' | 'mb'; limit: string }): void => run.row({ metric, value, unit: unit === 's' ? 's' : 'MB', limit, limit_value: whole('theirs', unit), ratio: value / whole('theirs', unit) });
  beside('index_50k_s', whole('ours', 's'), { unit: 's', limit: 'MiniSearch' });
  beside('index_50k_mb', whole('ours', 'mb') + texts.mb, { unit: 'mb', limit: 'MiniSearch, which keeps no texts' });
  const changed = performance.now();
  index.put({ ...article(LARGE + 1), title: 'zzyzx' });
  const found = index.search({ q: 'zzyzx', lang: 'en' }).hits[0]?.id === `a${LARGE + 1}`;
  run.row({ metric: 'change_found_ms_50k', value: performance.now() - changed, unit: 'ms' });
  if (!found || index.size !== LARGE + 1) run.fault(`a change was not found among ${index.size} articles`);
});
