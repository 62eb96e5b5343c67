import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cpuMsDuring, highest, interleaved, median, percentile, rounded, rssAnonMb } from '../../../bench/harness';
import type { Report } from '../../../bench/harness';
import { keepsBar, table } from '../../../bench/harness/report';
import { ensureBuilt, projectFolder } from '../../support/build';
import { tempFolder } from '../../support/temp';

const folder = tempFolder('bench');
afterAll(() => folder.remove());
beforeAll(() => ensureBuilt(['bench/harness']));

test('medians, percentiles and rounding', () => {
  expect([median([3, 1, 2]), median([4, 1, 3, 2]), median([])]).toEqual([2, 2.5, NaN]);
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);
  expect([percentile(hundred, 0.99), percentile(hundred, 1), percentile(hundred, 0.5), percentile([7], 0.99), percentile([], 0.5)]).toEqual([99, 100, 50, 7, NaN]);
  expect([rounded(1234.567), rounded(0.00012356), rounded(NaN)]).toEqual([1235, 0.0001236, NaN]);
});

test('rounds are interleaved, who begins changes, the first one does not count', async () => {
  const order: string[] = [];
  const said: string[] = [];
  const figure = (who: string, values: number[]) => (round: number) => {
    order.push(`${who}${round}`);
    return Promise.resolve(values[round] ?? 1e9);
  };
  const verdict = await interleaved({ rounds: 3, ours: figure('o', [10, 30, 20]), limit: figure('l', [5, 10, 5]), progress: (text) => said.push(text) });
  expect(order).toEqual(['l-1', 'o-1', 'o0', 'l0', 'l1', 'o1', 'o2', 'l2']);
  expect(verdict).toEqual({ ours: 20, limit: 5, ratio: 3, rounds: [{ ours: 10, limit: 5 }, { ours: 30, limit: 10 }, { ours: 20, limit: 5 }] });
  expect(said).toEqual(['warmed up', 'round 1 of 3', 'round 2 of 3', 'round 3 of 3']);
  await expect(interleaved({ rounds: 2, ours: figure('o', []), limit: figure('l', []) })).rejects.toThrow('three');
});

test('processor time and memory of a process', async () => {
  const burn = () => {
    const end = process.cpuUsage().user + 120_000;
    while (process.cpuUsage().user < end);
    return Promise.resolve();
  };
  expect(await cpuMsDuring([process.pid], burn)).toBeGreaterThanOrEqual(100);
  expect(rssAnonMb(process.pid)).toBeGreaterThan(20);
  let value = 0;
  expect(await highest(() => value, async () => { value = 5; await new Promise((resolve) => setTimeout(resolve, 250)); value = 1; })).toBe(5);
  await expect(cpuMsDuring([2 ** 30], burn)).rejects.toThrow();
});

test('a table says whether a promise is kept, by the ratio when there is one', () => {
  const row = { metric: 'm', value: 1234.5678, unit: '1/s' };
  expect([keepsBar(row), keepsBar({ ...row, bar: '≥ 1,000' }), keepsBar({ ...row, bar: '≤ 4' }), keepsBar({ ...row, ratio: 3, bar: '≤ 4' }), keepsBar({ ...row, value: 0, bar: '= 0' })]).toEqual([null, true, false, true, true]);
  expect(table([{ ...row, limit: 'raw', limit_value: 2, ratio: 5, bar: '≤ 4' }])).toBe(
    'metric  value  unit  limit  limit value  ratio  bar\nm        1235  1/s   raw              2      5  ≤ 4  MISSED',
  );
});

/** A benchmark of its own process. */
function start(body: string, args: string[] = []) {
  const door = JSON.stringify(join(projectFolder(), 'dist', 'bench', 'harness'));
  const child = spawn(process.execPath, ['-e', `const { bench } = require(${door}); void bench('trial', async (b) => { ${body} });`, 'x', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, ended: once(child, 'close').then(([code]) => ({ code: code as number, output })) };
}

test('prints a table, writes the JSON and ends with 0', async () => {
  const file = join(folder.path, 'a.json');
  const { code, output } = await start("b.row({ metric: 'quick', value: b.quick ? 1 : 0, unit: '', bar: '= 1' }); b.compare({ metric: 'r', unit: 'x', limit: 'raw' }, { ours: 6, limit: 3, ratio: 2, rounds: [] }); b.progress('half way');", ['--quick', '--json', file]).ended;
  expect([code, output]).toEqual([0, expect.stringMatching(/trial: 0 s, half way[^]*quick +1/)]);
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  expect(report).toMatchObject({ name: 'trial', node: process.versions.node, rows: [{ metric: 'quick', value: 1, unit: '' }, { metric: 'r', value: 6, unit: 'x', limit: 'raw', limit_value: 3, ratio: 2 }] });
  expect(Date.parse(report.at)).toBeGreaterThan(0);
});

test('something wrong, or an error, ends with 1 after everything was stopped, last one first', async () => {
  const { code, output } = await start("b.atEnd(() => console.log('first')); b.atEnd(async () => console.log('second')); b.fault('2 lost'); throw new Error('and broken');").ended;
  expect(code).toBe(1);
  expect(output).toMatch(/second\nfirst\n[^]*WRONG: 2 lost\nWRONG: Error: and broken/);
});

test.each([['SIGINT', 130], ['SIGTERM', 143]] as const)('%s stops what was started, also when it comes twice', async (signal, code) => {
  const file = join(folder.path, `stopped by ${signal}`);
  const stop = `async () => { await new Promise((r) => setTimeout(r, 300)); require('fs').writeFileSync(${JSON.stringify(file)}, ''); }`;
  const { child, ended } = start(`b.atEnd(${stop}); b.progress('waiting'); await new Promise((r) => setTimeout(r, 60000));`);
  await once(child.stderr, 'data');
  child.kill(signal);
  await once(child.stderr, 'data');
  child.kill(signal);
  expect((await ended).code).toBe(code);
  expect(existsSync(file)).toBe(true);
});

test('ending npm ends the benchmark and what it started', async () => {
  const child = spawn('npm', ['run', '-s', 'bench', '--', 'docstore', '--quick'], { cwd: projectFolder(), detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  while (!said.includes('loading')) await once(child.stderr, 'data');
  child.kill('SIGTERM');
  // The pipe closes when the last process that holds it is gone.
  await once(child.stderr, 'close');
  expect(said).toContain('stopped by SIGTERM');
});
