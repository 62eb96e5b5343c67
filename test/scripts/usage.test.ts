// A usage line must come at once: before this it waited seconds for the whole server to load.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureBuilt } from '../support/build';

const root = join(__dirname, '..', '..');
const run = promisify(execFile);

const script = `
  const [file, name] = process.argv.slice(1);
  require(file)[name]([]).then(() => 'nothing said', (error) => error.message).then((said) => {
    const heavy = Object.keys(require.cache).filter((each) => /node_modules.(mongoose|mongodb|express|lmdb|bullmq)[/]/.test(each));
    process.stdout.write(JSON.stringify({ said, heavy: heavy.length }));
  });`;

beforeAll(() => ensureBuilt(), 120_000);

test.each([['user', 'user'], ['store', 'store'], ['store', 'backup'], ['store', 'restore']])('%s.ts: %s without arguments says how it is used and loads no server', async (file, name) => {
  const { stdout } = await run(process.execPath, ['-e', script, join(root, 'dist', 'server', 'cli', `${file}.js`), name]);
  expect(JSON.parse(stdout)).toEqual({ said: expect.stringMatching(/^Say: trunkline /), heavy: 0 });
});
