// `npm run soak`: the long rounds of every test that has them (the environment variable SOAK=1 asks for them), one test file after the other.
//   --part NAME      only files whose path contains NAME, such as docstore, queues, email, journeys
//   --part by-date   one file, another one every day, for at most --minutes (15): those without a natural end stop by half of it; for CI
//   --seed N         repeats a run; otherwise a seed is chosen and printed
// Ends with one line "N passed, N failed"; files for which there was no time are named.
import { readFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { finish, runJest } from './run/jest.mjs';
import { root } from './setup/paths.mjs';

const LONGEST_FILE_MS = 60 * 60_000;

/** Test files with long rounds: those that ask for SOAK, by themselves or through test/support/soak. */
async function soakFiles() {
  const entries = await readdir(join(root, 'test'), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts')).map((entry) => join(entry.parentPath, entry.name)).sort();
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return files.filter((_, i) => /\bSOAK\b|support\/soak['"]/.test(texts[i])).map((file) => relative(root, file)).filter((file) => !file.startsWith('test/scripts/'));
}

/** Another file every day, so that all of them have their turn. */
function ofToday(files) {
  const day = Math.floor(Date.now() / 86_400_000) % Math.max(1, files.length);
  return files.slice(day, day + 1);
}

function say(text) {
  process.stdout.write(`${text}\n`);
}

async function runFile(file, limitMs) {
  say(`\n──── soak: ${file} ────`);
  const project = file.startsWith('test/journeys/') ? 'journeys' : 'units';
  const env = { SOAK: '1', ...(byDate ? { SOAK_MINUTES: String(minutes) } : {}), NODE_OPTIONS: process.env.NODE_OPTIONS ?? '' };
  const result = await runJest(project, ['--runTestsByPath', file, '--testTimeout=3600000'], { env, timeoutMs: limitMs, workers: ['--runInBand'] });
  if (result.code === 143) say(`soak: ${file} was stopped after ${Math.round(limitMs / 1000)} s; that counts as failed, give it more --minutes`);
  return result;
}

const { values } = parseArgs({ options: { part: { type: 'string', default: 'all' }, seed: { type: 'string' }, minutes: { type: 'string' } } });
const byDate = values.part === 'by-date';
process.env.SEED = values.seed ?? process.env.SEED ?? String(Date.now() % 1_000_000_007);
const minutes = Number(values.minutes ?? (byDate ? 15 : 24 * 60));
const all = await soakFiles();
const chosen = byDate ? ofToday(all) : all.filter((file) => values.part === 'all' || file.includes(values.part));
say(`soak with seed ${process.env.SEED}: ${byDate ? `today ${chosen.join()}, one of ${all.length} files` : `${chosen.length} files`}`);

const start = Date.now();
const total = { passed: 0, failed: 0 };
const left = [...chosen];
while (left.length > 0 && Date.now() - start < minutes * 60_000) {
  const { passed, failed } = await runFile(left.shift(), Math.min(LONGEST_FILE_MS, minutes * 60_000));
  total.passed += passed;
  total.failed += failed;
}
if (left.length > 0) say(`\nsoak: no time today for ${left.join(', ')}`);
say(`\nsoak with seed ${process.env.SEED}:`);
finish(total);
