import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { smallProject } from './small-project';
import type { SmallProject } from './small-project';

const node = process.execPath;
let project: SmallProject;
beforeEach(() => {
  project = smallProject('real');
});
afterEach(() => project.remove());

const built = (path: string) => join(project.path, 'dist', path);

test('compiles to CommonJS file by file, copies the rest, builds only what changed and removes what is gone', async () => {
  project.write({ 'server/a.ts': "import type { B } from './b';\nexport const a: B = 1;", 'server/b.ts': 'export type B = number;', 'queues/x.lua': 'return 1', 'server/notes.md': 'no' });
  expect((await project.run(node, ['scripts/build.mjs'])).output).toBe('built 3 changed files\n');
  expect((await project.run(node, ['-p', `require(${JSON.stringify(built('server/a.js'))}).a`])).output).toBe('1\n');
  expect(readFileSync(built('queues/x.lua'), 'utf8')).toBe('return 1');
  expect(existsSync(built('server/notes.md'))).toBe(false);
  expect((await project.run(node, ['scripts/build.mjs'])).output).toBe('built 0 changed files\n');
  project.write({ 'server/a.ts': 'export const a = 2;' });
  rmSync(join(project.path, 'server', 'b.ts'));
  expect((await project.run(node, ['scripts/build.mjs'])).output).toBe('built 1 changed files\n');
  expect(existsSync(built('server/b.js'))).toBe(false);
});

test('names what does not compile, keeps its last good build, and tries it again', async () => {
  project.write({ 'server/a.ts': 'export const a = 1;', 'queues/q.ts': 'export const q = 1;' });
  await project.run(node, ['scripts/build.mjs']);
  project.write({ 'server/a.ts': 'export const a = ;', 'queues/q.ts': 'export const q = 2;' });
  const broken = await project.run(node, ['scripts/build.mjs']);
  expect(broken).toMatchObject({ code: 1, output: expect.stringContaining('server/a.ts: ') as string });
  expect(broken.output).not.toContain('backtrace');
  expect(readFileSync(built('server/a.js'), 'utf8')).toContain('const a = 1');
  expect(readFileSync(built('queues/q.js'), 'utf8')).toContain('const q = 2');
  expect((await project.run(node, ['scripts/build.mjs', 'queues'])).code).toBe(0);
  project.write({ 'server/a.ts': 'export const a = 3;' });
  expect(await project.run(node, ['scripts/build.mjs'])).toMatchObject({ code: 0, output: 'built 1 changed files\n' });
});

test('the command says what to do before the set-up, and hands over afterwards', async () => {
  const before = await project.run(join(project.path, 'bin', 'trunkline'), ['doctor']);
  expect(before).toMatchObject({ code: 1, output: 'trunkline: this folder is not set up yet; run "npm start" in it once, or "node scripts/setup.mjs start".\n' });
  project.write({ 'dist/server/cli/main.js': "process.stdout.write(process.argv.slice(2).join(' ')); process.exitCode = 7;" });
  expect(await project.run(join(project.path, 'bin', 'trunkline'), ['user', 'add'])).toMatchObject({ code: 7, output: 'user add' });
});
