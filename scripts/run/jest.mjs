// Runs jest with live output and counts what came out, also when it crashes. A test that was skipped counts as failed: a suite that quietly
// leaves something out is not green.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { root } from '../setup/paths.mjs';

/** Starts a program with our output; answers its exit code (128 + signal when it was ended). */
export function live(program, args, { env = {}, timeoutMs } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
    const forward = (signal) => child.kill(signal);
    process.on('SIGTERM', forward);
    process.on('SIGINT', () => {});
    const late = timeoutMs ? setTimeout(() => child.kill('SIGTERM'), timeoutMs) : null;
    const finish = (code) => {
      if (late) clearTimeout(late);
      process.off('SIGTERM', forward);
      resolve(code);
    };
    child.on('error', () => finish(127));
    child.on('exit', (code, signal) => finish(code ?? (signal === 'SIGTERM' && timeoutMs ? 143 : 130)));
  });
}

const LINES_OF_A_FAILURE = 12;
const failures = [];
const jestProgram = join(root, 'node_modules', 'jest', 'bin', 'jest.js');

/** Failed tests, files that did not load, and tests left out although nobody asked for a part by name. */
function countsOf(result, args) {
  const named = args.some((arg) => arg === '-t' || arg.startsWith('--testNamePattern'));
  const leftOut = named ? 0 : result.numPendingTests + result.numTodoTests;
  if (leftOut > 0) process.stdout.write(`${leftOut} tests were skipped: they count as failed\n`);
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites + leftOut;
  return { passed: result.numPassedTests, failed: failed === 0 && !result.success ? 1 : failed };
}

/** A line or two for each failed test and each file that did not load, to be said once more where a long output ends. */
function failuresOf(result) {
  return result.testResults.flatMap((file) => {
    const failed = file.assertionResults.filter(({ status }) => status === 'failed').map((test) => ({ name: test.fullName, why: test.failureMessages[0] ?? '' }));
    const all = failed.length === 0 && file.status === 'failed' ? [{ name: 'the file itself', why: file.message }] : failed;
    return all.map(({ name, why }) => `FAILED ${relative(root, file.name)}: ${name}\n${why.trim().split('\n').slice(0, LINES_OF_A_FAILURE).join('\n')}`);
  });
}

/** Runs one jest project. `args` are passed on (paths, -t …). Answers { passed, failed, code }. */
export async function runJest(project, args, options = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'trunkline-jest-'));
  const file = join(folder, 'result.json');
  try {
    const fixed = ['--selectProjects', project, '--passWithNoTests', '--json', `--outputFile=${file}`];
    const code = await live(process.execPath, [jestProgram, ...args, ...fixed, ...(options.workers ?? [])], options);
    const result = JSON.parse(await readFile(file, 'utf8').catch(() => 'null'));
    if (result === null) return { passed: 0, failed: code === 0 ? 0 : 1, code };
    const counts = countsOf(result, args);
    failures.push(...failuresOf(result));
    // Every test passed and still it did not end by itself: something was left running.
    return { ...counts, failed: code !== 0 && counts.failed === 0 ? 1 : counts.failed, code };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What failed, once more, and the one line everything ends with. */
export function finish({ passed, failed }) {
  for (const text of failures) process.stdout.write(`${text}\n\n`);
  const bad = failed > 0 || passed === 0;
  process.stdout.write(`${passed} passed, ${passed === 0 && failed === 0 ? 1 : failed} failed\n`);
  process.exitCode = bad ? 1 : 0;
}
