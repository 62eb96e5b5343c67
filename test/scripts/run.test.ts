// `npm test`, `npm run soak` and CI end with one line of counts that is true.
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { smallProject } from './small-project';
import type { SmallProject } from './small-project';

const node = process.execPath;
const jestConfig = `const base = { rootDir: __dirname, testEnvironment: 'node', transform: {} };
module.exports = { projects: [
  { ...base, displayName: 'units', testMatch: ['<rootDir>/test/**/*.test.ts'], testPathIgnorePatterns: ['/test/journeys/'] },
  { ...base, displayName: 'journeys', testMatch: ['<rootDir>/test/journeys/**/*.test.ts'] } ] };`;
let project: SmallProject;
beforeEach(() => {
  project = smallProject('real');
  project.write({ 'jest.config.cjs': jestConfig, 'tsconfig.json': '{"compilerOptions":{"noEmit":true,"strict":true,"types":[],"skipLibCheck":true,"lib":["ES2023"]},"include":["server"]}', 'server/a.ts': 'export const a: number = 1;' });
});
afterEach(() => project.remove());

const last = (output: string) => output.trimEnd().split('\n').at(-1);
const run = async (script: string, args: string[] = []) => project.run(node, [`scripts/${script}.mjs`, ...args]);

test('counts types, units and journeys', async () => {
  project.write({ 'test/a.test.ts': "test('one', () => {});\ntest('two', () => {});", 'test/journeys/b.test.ts': "test('three', () => {});", 'test/journeys/kill.test.ts': "test('four', () => {});" });
  const { code, output } = await run('test');
  expect([code, last(output)]).toEqual([0, '5 passed, 0 failed']);
  expect(output.match(/^\d+ passed, \d+ failed$/gm)).toHaveLength(1);
  expect(output).toMatch(/^seed \d+ /);
});

test('a type error, a failing test, a skipped one and a file that does not load all count as failed', async () => {
  project.write({ 'server/a.ts': "export const a: number = 'x';", 'test/a.test.ts': "test('good', () => {});\ntest('bad', () => { throw new Error('x'); });\ntest.skip('left out', () => {});", 'test/broken.test.ts': "require('./no-such-file');" });
  const { code, output } = await run('test');
  expect([code, last(output)]).toEqual([1, '1 passed, 4 failed']);
  expect(output.match(/^FAILED .*/gm)).toEqual(expect.arrayContaining(['FAILED test/a.test.ts: bad', 'FAILED test/broken.test.ts: the file itself']));
});

test('no test at all is not green', async () => {
  const { code, output } = await run('test', ['test/nothing-here']);
  expect([code, last(output)]).toEqual([1, '0 passed, 1 failed']);
});

test('the soak runs the files that have long rounds, with the seed given, and says for which there was no time', async () => {
  project.write({
    'test/quick.test.ts': "test('quick', () => {});",
    'test/store.test.ts': "test('long', () => { if (process.env.SOAK !== '1' || process.env.SEED !== '42') throw new Error('x'); });",
    'test/other.test.ts': "test('SOAK', () => {});",
  });
  const all = await run('soak', ['--seed', '42']);
  expect([all.code, last(all.output)]).toEqual([0, '2 passed, 0 failed']);
  const part = await run('soak', ['--seed', '42', '--part', 'store']);
  expect([part.code, last(part.output)]).toEqual([0, '1 passed, 0 failed']);
  const today = await run('soak', ['--seed', '42', '--part', 'by-date']);
  expect(today.output).toMatch(/today test\/(store|other)\.test\.ts, one of 2 files/);
  expect([today.code, last(today.output)]).toEqual([0, '1 passed, 0 failed']);
  const short = await run('soak', ['--seed', '42', '--minutes', '0.0001']);
  expect(short.output).toMatch(/soak: no time today for test\/(store|other)\.test\.ts/);
});

describe('CI', () => {
  // npm itself is not under test and slow to start: a stand-in runs the two lines.
  const ci = async (test: string, soak: string) => {
    project.write({ 'path/npm': `#!/bin/sh\ncase "$*" in test) ${test} ;; *soak*) ${soak} ;; esac\n` });
    chmodSync(join(project.path, 'path', 'npm'), 0o755);
    const { code, output } = await project.run('.ci/run', [], { PATH: `${join(project.path, 'path')}:${process.env['PATH'] ?? ''}` });
    return [code, last(output)];
  };

  test('adds the counts of the tests and of one part of the soak', async () => {
    expect(await ci("echo '3 passed, 0 failed'", "echo '4 passed, 0 failed'")).toEqual([0, '7 passed, 0 failed']);
    expect(await ci("echo '3 passed, 1 failed'; false", "echo '4 passed, 2 failed'; false")).toEqual([1, '7 passed, 3 failed']);
  });

  test('says at the very end what failed', async () => {
    project.write({ 'path/npm': "#!/bin/sh\ncase \"$*\" in test) printf 'FAILED test/a.test.ts: bad\\nwhy\\n\\n1 passed, 1 failed\\n'; false ;; *) echo '1 passed, 0 failed' ;; esac\n" });
    chmodSync(join(project.path, 'path', 'npm'), 0o755);
    const { output } = await project.run('.ci/run', [], { PATH: `${join(project.path, 'path')}:${process.env['PATH'] ?? ''}` });
    expect(output.trimEnd().split('\n').slice(-5)).toEqual(expect.arrayContaining(['FAILED test/a.test.ts: bad', 'why', '2 passed, 1 failed']));
  });

  test('a part without counts, or one that ends badly with good counts, is a failure', async () => {
    expect(await ci('false', "echo '4 passed, 0 failed'")).toEqual([1, '4 passed, 1 failed']);
    expect(await ci("echo '3 passed, 0 failed'; false", "echo '4 passed, 0 failed'")).toEqual([1, '7 passed, 1 failed']);
  });
});
