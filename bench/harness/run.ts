// The frame of every benchmark: arguments, a progress line, what to stop at the end or when interrupted, table, JSON, exit code.
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { reportOf, table } from './report';
import type { Row } from './report';
import type { Verdict } from './interleaved';

export interface Bench {
  /** The same rows in under a minute. */
  readonly quick: boolean;
  /** Says what happens now, on one line that is written over. */
  progress(text: string): void;
  /** A figure of the result. */
  row(row: Row): void;
  /** A figure compared with its limit in the same run. */
  compare(row: Omit<Row, 'value' | 'limit_value' | 'ratio'> & { limit: string }, verdict: Verdict): void;
  /** Something was lost, doubled or wrong: the run ends with exit code 1. */
  fault(what: string): void;
  /** Called at the end, last one first, also after an error or Ctrl-C. */
  atEnd(stop: () => unknown): void;
}

class Run implements Bench {
  readonly rows: Row[] = [];
  readonly faults: string[] = [];
  private readonly stops: (() => unknown)[] = [];
  private readonly start = Date.now();
  private readonly terminal = process.stderr.isTTY;

  constructor(private readonly name: string, readonly quick: boolean) {}

  progress(text: string): void {
    const line = `${this.name}: ${((Date.now() - this.start) / 1000).toFixed(0)} s, ${text}`;
    process.stderr.write(this.terminal ? `\r\x1b[2K${line.slice(0, (process.stderr.columns || 80) - 1)}` : `${line}\n`);
  }

  clearProgress(): void {
    if (this.terminal) process.stderr.write('\r\x1b[2K');
  }

  row(row: Row): void {
    this.rows.push(row);
  }

  compare(row: Omit<Row, 'value' | 'limit_value' | 'ratio'> & { limit: string }, verdict: Verdict): void {
    this.rows.push({ ...row, value: verdict.ours, limit_value: verdict.limit, ratio: verdict.ratio });
  }

  fault(what: string): void {
    this.faults.push(what);
  }

  atEnd(stop: () => unknown): void {
    this.stops.push(stop);
  }

  async end(): Promise<void> {
    for (let stop = this.stops.pop(); stop; stop = this.stops.pop()) {
      try {
        await stop();
      } catch (error) {
        this.fault(`could not stop: ${(error as Error).message}`);
      }
    }
  }
}

function stopOnSignals(run: Run): void {
  let ending = false;
  for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143]] as const) {
    // It may come twice, to the group and from whoever started us: the second one must not cut the ending short.
    process.on(signal, () => {
      if (ending) return;
      ending = true;
      run.clearProgress();
      process.stderr.write(`stopped by ${signal}, ending what was started …\n`);
      void run.end().finally(() => process.exit(code));
    });
  }
}

/** Runs one benchmark: `bench('routing', async (b) => { … })` is the whole main of dist/bench/routing.js. */
export async function bench(name: string, work: (bench: Bench) => Promise<void>): Promise<void> {
  const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, json: { type: 'string' } }, allowPositionals: true });
  const run = new Run(name, values.quick);
  stopOnSignals(run);
  try {
    await work(run);
  } catch (error) {
    run.fault((error as Error).stack ?? String(error));
  }
  await run.end();
  run.clearProgress();
  process.stdout.write(`${table(run.rows)}\n${run.faults.map((fault) => `WRONG: ${fault}\n`).join('')}`);
  if (values.json) await writeFile(values.json, JSON.stringify(reportOf(name, run.rows, run.faults), null, 2));
  process.exitCode = run.faults.length > 0 ? 1 : 0;
}
