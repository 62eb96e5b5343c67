// Starts programs and shows that something is happening: a long step says its name at once and then every few seconds that it goes on.
import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

const HEARTBEAT_MS = 5000;

export function say(text) {
  process.stdout.write(`setup: ${text}\n`);
}

/** Runs one long step with a heading, a heartbeat and its duration. */
export async function step(what, work) {
  const start = Date.now();
  const seconds = (digits) => `${((Date.now() - start) / 1000).toFixed(digits)} s`;
  const short = what.split(/[,(]/)[0].trim();
  say(`${what} …`);
  const beat = setInterval(() => say(`  still ${short}, ${seconds(0)}`), HEARTBEAT_MS);
  try {
    const result = await work();
    say(`  done ${short}, ${seconds(1)}`);
    return result;
  } finally {
    clearInterval(beat);
  }
}

/** Runs a program quietly; answers its exit code and everything it said. */
export function run(program, args, { env = {}, cwd = root, input } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: [input ? 'pipe' : 'ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk) => { output = (output + chunk).slice(-200_000); };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code, signal) => resolve({ code: code ?? 1, output: signal ? `${output}\nended by ${signal}` : output }));
    if (input) input.pipe(child.stdin);
  });
}

/** Like run, but a failure is an error that ends with what the program said last. */
export async function mustRun(program, args, options) {
  const { code, output } = await run(program, args, options);
  if (code === 0) return output;
  const tail = output.trim().split('\n').slice(-12).join('\n  ');
  throw new Error(`"${[program, ...args].join(' ')}" failed with code ${code}; it said:\n  ${tail}`);
}
