import { PassThrough, Readable } from 'node:stream';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { guessLanguage } from '../../../server/knowledge/search';
import { jsonLines } from '../../../server/knowledge/json-lines';
import { flatness } from '../../../server/knowledge/search/feedback';
import { Postings } from '../../../server/knowledge/search/postings';
import { runSearchCommand } from '../../../server/knowledge/search/search-command';
import { distance, Spelling } from '../../../server/knowledge/search/spelling';
import { topOf } from '../../../server/knowledge/search/top';

describe('posting lists', () => {
  it('give back what was put in, however lists grow side by side', () => {
    const pushes = fc.array(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 300 })), { maxLength: 3000, size: 'max' });
    fc.assert(fc.property(pushes, (all) => {
      const postings = new Postings();
      for (let list = 0; list <= 5; list += 1) expect(postings.open()).toBe(list);
      const wanted = Array.from({ length: 6 }, () => new Float32Array(all.length));
      all.forEach(([list, steps], document) => {
        postings.push(list, document, steps);
        wanted[list]?.fill((2 * Math.min(255, steps)) / (Math.min(255, steps) + document), document, document + 1);
      });
      const norms = Float64Array.from(all, (_, document) => document);
      const held = wanted.map((_, list) => {
        const scores = new Float32Array(all.length);
        postings.score(list, { factor: 2, norms, scores });
        return scores;
      });
      expect(held).toEqual(wanted);
    }), { numRuns: process.env['SOAK'] ? 300 : 10 });
  });

  it('number documents up to 16 million', () => {
    const postings = new Postings();
    postings.push(postings.open(), 16_777_215, 8);
    const scores = { 16_777_215: 0 };
    postings.score(0, { factor: 1, norms: { 16_777_215: 24 } as unknown as Float64Array, scores: scores as unknown as Float32Array });
    expect(scores).toEqual({ 16_777_215: 0.25 });
    expect(postings.bytes()).toBeGreaterThan(0);
  });
});

it('takes the best allowed ones in the order a full sort gives', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 9 })), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 3 }), (list, size, every) => {
    const scores = Float32Array.from(list);
    const allowed = (document: number): boolean => document % every === 0;
    const sorted = list.map((score, i) => [score, i] as const).filter(([score, i]) => score > 0 && allowed(i)).sort((a, b) => b[0] - a[0] || a[1] - b[1]);
    expect(topOf(scores, size, allowed)).toEqual(sorted.slice(0, size).map(([, i]) => i));
  }));
});

it('calls a ranking flat only when many texts are equally near', () => {
  expect(flatness([])).toBe(0);
  expect(flatness([1, 0.3, 0.2])).toBe(0);
  expect(flatness(new Array<number>(10).fill(0.9))).toBe(1);
  expect(flatness([1, ...new Array<number>(9).fill(0.6)])).toBeCloseTo(0.5, 5);
});

describe('spelling', () => {
  it.each([['printer', 'printer', 0], ['printr', 'printer', 1], ['pritner', 'printer', 1], ['pinter', 'printer', 1], ['porinter', 'printer', 1], ['abc', 'xyz', 3]])(
    '%s and %s are %d apart', (a, b, slips) => expect(distance(a, b, 2)).toBe(slips));

  it('prefers fewer slips, then the commoner word, and leaves numbers alone', () => {
    const spelling = new Spelling();
    for (const word of ['router', 'routes', 'rooster', 'error404']) spelling.note(word, word);
    const counts: Readonly<Record<string, number>> = { router: 3, routes: 9, rooster: 1 };
    const frequency = (stem: string): number => counts[stem] ?? 0;
    expect(spelling.nearest('routre', frequency)?.word).toBe('router');
    expect(spelling.nearest('routep', frequency)?.word).toBe('routes');
    expect(spelling.nearest('error405', frequency)).toBeUndefined();
    expect(spelling.nearest('rou', frequency)).toBeUndefined();
    expect(spelling.nearest('routep', () => 0)).toBeUndefined();
  });
});

it.each([
  ['How can I print?', 'en'], ['Wie kann ich das drucken?', 'de'], ['어떻게 인쇄하나요', 'ko'], ['印刷できません', 'ja'], ['打印机', 'zh'], ['พิมพ์ไม่ได้', 'th'], ['لا تطبع', 'ar'],
  ['не печатает', 'ru'], ['máy in không in được', 'vi'], ['yazıcı çalışmıyor', 'tr'], ['¿por qué no imprime?', 'es'], ['प्रिंट नहीं', 'hi'], ['12345', undefined],
])('guesses the language of %s', (text, language) => expect(guessLanguage(text)).toBe(language));

it('answers the command\'s questions line by line', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'search-'));
  const docsPath = join(folder, 'docs.jsonl');
  await writeFile(docsPath, '{"id":"1","title":"Toner","text":"Shake the toner.","lang":"en"}\n\n{"id":"2","title":"","text":"プリンターの電源","lang":"ja"}\n');
  const stdout = new PassThrough();
  const chunks: string[] = [];
  stdout.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  const stdin = Readable.from(['{"id":"a","q":"where is the toner","lang":"en"}\n\n{"id":"b","q":"プリンター"}\n', '{"id":"c","q":"","lang":"en"}\n']);
  expect(await runSearchCommand({ docsPath, stdin, stdout })).toBe(0);
  expect(chunks.join('')).toBe('{"id":"a","ranked":["1"]}\n{"id":"b","ranked":["2"]}\n{"id":"c","ranked":[]}\n');
  await rm(folder, { recursive: true });
});

it('leaves out lines it cannot read, says so, and cuts lines at line ends only', async () => {
  const [bytes, complaints] = [Buffer.from('\uFEFF{"a":"프린터"}\r\n{"a":"x\u2028y"}\nnot json\nnull\n[1]\n\n{"a":1}'), [] as string[]];
  const from = Readable.from(Array.from({ length: Math.ceil(bytes.length / 3) }, (_, i) => bytes.subarray(3 * i, 3 * i + 3)));
  const sink = new PassThrough();
  sink.on('data', (chunk: Buffer) => complaints.push(chunk.toString()));
  const rows: unknown[] = [];
  for await (const row of jsonLines({ from, name: 'it', complaints: sink })) rows.push(row['a']);
  expect(rows).toEqual(['프린터', 'x\u2028y', 1]);
  expect(complaints.join('').split('\n').filter(Boolean)).toEqual([3, 4, 5].map((line) => `Line ${line} of it is not a JSON object and was left out.`));
});
