import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { smallProject } from './small-project';
import type { SmallProject } from './small-project';

const node = process.execPath;
const satisfied = { REDIS_URL: 'redis://127.0.0.1:1', CHROMIUM_PATH: process.execPath, DOVECOT_PATH: process.execPath };
let project: SmallProject;
beforeEach(() => {
  project = smallProject('own');
});
afterEach(() => project.remove());

const setUp = (mode: string, env: Record<string, string> = satisfied) => project.run(node, ['scripts/setup.mjs', mode], env);

test('does nothing when nothing is missing, says what it is for in one line, and leaves a stamp', async () => {
  const first = await setUp('test');
  expect(first).toMatchObject({ code: 0, output: expect.stringMatching(/^setup: checking that packages, Redis and the built programs are in place; .*\n$/) as string });
  expect(readFileSync(join(project.path, 'node_modules', '.trunkline-stamp'), 'utf8')).toMatch(/^[0-9a-f]{64} .* abi\d+\ntest\n$/);
  const second = await setUp('test');
  expect(second.output).toBe(first.output);
});

test('an older Node gets one sentence', async () => {
  project.write({ 'old.cjs': "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.4' } });" });
  const { code, output } = await project.run(node, ['-r', './old.cjs', 'scripts/setup.mjs', 'start'], satisfied);
  expect(code).toBe(1);
  expect(output).toBe('trunkline: Node 20.19 or newer is needed, this is Node 18.20.4: install a newer one from https://nodejs.org and try again.\n');
});

test('an unknown mode and a wrong CHROMIUM_PATH get one sentence, no stack', async () => {
  expect((await setUp('everything')).output).toBe('trunkline: setup knows the modes start and test, not "everything".\n');
  const { code, output } = await setUp('test', { ...satisfied, CHROMIUM_PATH: '/no/such/browser' });
  expect(code).toBe(1);
  expect(output.trim().split('\n').at(-1)).toBe('trunkline: CHROMIUM_PATH is "/no/such/browser", and there is no such file.');
});

test('installs through npm when the lock file asks for what is not there, and shows what npm said when that fails', async () => {
  project.write({
    'package-lock.json': '{"packages":{"":{},"node_modules/left-pad":{"version":"1.0.0"},"node_modules/dev-only":{"version":"1.0.0","dev":true}}}',
    'npm-cli.js': "console.log('npm error no network here', process.argv.slice(2).join(' ')); process.exit(1);",
  });
  const { code, output } = await setUp('start', { ...satisfied, npm_execpath: join(project.path, 'npm-cli.js') });
  expect(code).toBe(1);
  expect(output).toContain('installing the Node packages of package-lock.json');
  expect(output).toContain('npm error no network here install --no-save');
  expect(output).toContain('--omit=dev');
  expect(existsSync(join(project.path, 'node_modules', '.trunkline-stamp'))).toBe(false);
});

test('installs once, not again at the next start, and again when tests need more', async () => {
  project.write({
    'package-lock.json': '{"packages":{"":{},"node_modules/left-pad":{"version":"1.0.0"},"node_modules/dev-only":{"version":"1.0.0","dev":true}}}',
    'npm-cli.js': "require('fs').appendFileSync('calls', process.argv.slice(2).join(' ') + '\\n');",
  });
  const env = { ...satisfied, npm_execpath: join(project.path, 'npm-cli.js') };
  for (const mode of ['start', 'start', 'test', 'test', 'start']) expect((await setUp(mode, env)).code).toBe(0);
  const calls = readFileSync(join(project.path, 'calls'), 'utf8').trim().split('\n');
  expect(calls).toHaveLength(2);
  expect(calls[0]).toContain('--omit=dev');
  expect(calls[1]).toContain('--include=dev');
});

test('without Redis and without apt it says what to type', async () => {
  const bin = join(project.path, 'path');
  mkdirSync(bin);
  symlinkSync(node, join(bin, 'node'));
  const { code, output } = await setUp('start', { PATH: bin, REDIS_URL: '' });
  expect(code).toBe(1);
  expect(output).toMatch(/\ntrunkline: Redis is needed and not installed here; please type ".+ redis.*" and try again, or set REDIS_URL\.\n$/);
});

test('tools that are installed already serve as they are', async () => {
  const bin = join(project.path, 'path');
  project.write({ 'path/redis-check-rdb': '#!/bin/sh\necho "Redis server v=7"\n' });
  chmodSync(join(bin, 'redis-check-rdb'), 0o755);
  symlinkSync(node, join(bin, 'node'));
  symlinkSync('/bin/sh', join(bin, 'sh'));
  const { code, output } = await setUp('start', { PATH: bin, REDIS_URL: '' });
  expect([code, output.includes('installing')]).toEqual([0, false]);
  expect(existsSync(join(project.path, '.cache', 'redis', 'bin', 'redis-server'))).toBe(true);
});

test('two at once take turns, and the lock of a dead one is taken over', async () => {
  project.write({ '.cache/setup.lock': '999999999 1' });
  const results = await Promise.all([setUp('start'), setUp('start'), setUp('start')]);
  expect(results.map((result) => result.code)).toEqual([0, 0, 0]);
  expect(existsSync(join(project.path, '.cache', 'setup.lock'))).toBe(false);
});

test('the lock of a living process is respected, whoever else had its number before', async () => {
  project.write({ 'hold.mjs': "import { withLock } from './scripts/setup/lock.mjs';\nimport { appendFileSync } from 'node:fs';\nawait withLock('held.lock', async () => { appendFileSync('order', 'in '); await new Promise((r) => setTimeout(r, 150)); appendFileSync('order', 'out '); });" });
  project.write({ 'held.lock': `${process.pid} 1` });
  await Promise.all([1, 2, 3].map(() => project.run(node, ['hold.mjs'])));
  expect(readFileSync(join(project.path, 'order'), 'utf8')).toBe('in out in out in out ');
});
