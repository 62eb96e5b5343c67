// `npm test`: units on both cores, then journeys (a browser, several server processes) one after the other. Beside them the types, then the journeys
// without a browser that mostly wait. What stands on the command line goes to jest. Ends with one line "N passed, N failed".
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { finish, live, runJest } from './run/jest.mjs';
import { root } from './setup/paths.mjs';

const PROJECTS = ['tsconfig.json', 'widget/tsconfig.json'];
const WAITING = ['kill.test.ts', 'routing-kill.test.ts'];
// A part that hangs must not hang whoever waits for it.
const LONGEST_PART_MS = 15 * 60_000;
const total = { passed: 0, failed: 0 };

async function part(name, work) {
  process.stdout.write(`\n──── ${name} ────\n`);
  const start = Date.now();
  const { passed, failed } = await work();
  total.passed += passed;
  total.failed += failed;
  process.stdout.write(`──── ${name}: ${passed} passed, ${failed} failed, ${((Date.now() - start) / 1000).toFixed(1)} s\n`);
}

/** Each tsconfig counts as one test. */
async function types() {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const result = { passed: 0, failed: 0 };
  for (const project of PROJECTS.filter((file) => existsSync(join(root, file)))) {
    const code = await live(process.execPath, [compiler, '--noEmit', '-p', project]);
    result[code === 0 ? 'passed' : 'failed'] += 1;
  }
  return result;
}

const journeys = (args) => runJest('journeys', args, { workers: ['--runInBand'], timeoutMs: LONGEST_PART_MS });

async function allJourneys() {
  const folder = join('test', 'journeys');
  const files = (await readdir(join(root, folder)).catch(() => [])).filter((name) => name.endsWith('.test.ts'));
  const run = async (name, some) => (some.length === 0 ? undefined : part(name, () => journeys(['--runTestsByPath', ...some.map((each) => join(folder, each))])));
  const beside = async () => {
    await part('types', types);
    await run('journeys that wait', files.filter((name) => WAITING.includes(name)));
  };
  await Promise.all([beside(), run('journeys', files.filter((name) => !WAITING.includes(name)))]);
}

process.env.SEED ??= String(Date.now() % 1_000_000_007);
const args = process.argv.slice(2);
process.stdout.write(`seed ${process.env.SEED} (set SEED to repeat this run's random choices)\n`);
await part('units', () => runJest('units', args, { workers: ['--maxWorkers=2'], timeoutMs: LONGEST_PART_MS }));
if (args.length === 0) await allJourneys();
else await part('journeys', () => journeys(args));
process.stdout.write('\n');
finish(total);
