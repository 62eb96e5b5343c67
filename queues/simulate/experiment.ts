import type { Redis } from 'ioredis';
import { type Random, randomFrom } from './random';
import { type Arrival, type Ended, Run, type Setting } from './run';
import { estimate, type Estimate } from './statistics';

/** A stream of arrivals of one template: Poisson, exponential services and patiences. Times in minutes. */
export interface Stream { ratePerMin: number; meanServiceMin: number; meanPatienceMin: number | null }
/** What is simulated: stream i brings arrivals of template i. */
export interface Experiment { setting: Setting; streams: readonly Stream[]; /** In time is a wait up to this; one for all streams, or one each. */ thresholdsMin: readonly number[]; /** Keeps every wait, for `tailMin`. */ tails?: boolean }
/** Sums over the counted arrivals of one stream in one run. Waits in minutes. */
export interface Tally { arrived: number; blocked: number; waited: number; waitMin: number; served: number; servedInTime: number; gaveUp: number; gaveUpInTime: number; onTime: number; busyMin: number }
/** One run's figures: tallies per stream and the minutes they span. `tailMin` is the 99.9th percentile of a stream's waits. */
export interface Figures { streams: Tally[]; spanMin: number; total: Tally; tailMin(stream: number): number }
/** A figure to be estimated: its name and how it follows from one run. */
export type Measures = Readonly<Record<string, (figures: Figures) => number>>;
/** `half95` is good enough at 2 % of the value or 0.01. */
export interface Precision { arrivalsPerRun: number; runs: number; maxArrivals: number }

const MINUTE = 60_000;
const BATCH = 2000;
/** Arrivals whose figures are summed up together; the warm-up is thrown away in whole blocks. */
const BLOCK = 250;
const noTally = (): Tally => ({ arrived: 0, blocked: 0, waited: 0, waitMin: 0, served: 0, servedInTime: 0, gaveUp: 0, gaveUpInTime: 0, onTime: 0, busyMin: 0 });
const sum = (tallies: readonly Tally[]): Tally => {
  const all = noTally();
  for (const tally of tallies) for (const key of Object.keys(all) as (keyof Tally)[]) all[key] += tally[key];
  return all;
};

/** Arrivals that follow each other: what became of them, and their draws (interarrival times, services, patiences), which are the control variates. */
interface Block { streams: Tally[]; draws: [number, number, number]; waitsMin: number[][] }
interface Pending extends Arrival { number: number }

/** Arrivals until a system that begins empty has forgotten it: ten services of the slowest agent, but no more than a third of the run. */
function settlingArrivals({ setting, streams }: Experiment): number {
  const slowest = Math.min(...setting.agents.map((agent) => agent.speed ?? 1));
  const rate = streams.reduce((a, s) => a + s.ratePerMin, 0);
  return (10 * rate * Math.max(...streams.map((s) => s.meanServiceMin))) / slowest;
}

/** One run in progress: makes its arrivals from its seed and keeps its tallies. */
class Trial {
  private readonly run: Run;
  private readonly random: Random;
  private readonly pending = new Map<number, Pending>();
  private readonly blocks: Block[] = [];
  private readonly rate: number;
  private at = 0;
  private made = 0;
  constructor(redis: Redis, private readonly experiment: Experiment, given: { seed: number; stream: number }) {
    this.run = new Run(redis, experiment.setting);
    this.random = randomFrom(given.seed, given.stream);
    this.rate = experiment.streams.reduce((a, s) => a + s.ratePerMin, 0);
  }
  open(): Promise<void> { return this.run.open(); }

  private stream(): number {
    let left = this.random.next() * this.rate;
    const found = this.experiment.streams.findIndex((s) => (left -= s.ratePerMin) < 0);
    return found < 0 ? this.experiment.streams.length - 1 : found;
  }
  private blockOf(number: number): Block {
    return (this.blocks[Math.floor(number / BLOCK)] ??= { streams: this.experiment.streams.map(noTally), draws: [0, 0, 0], waitsMin: this.experiment.streams.map(() => []) });
  }
  private arrival(): Arrival {
    const gap = this.random.exponential(1);
    const template = this.stream();
    const service = this.random.exponential(1);
    const patience = this.random.exponential(1);
    const { meanServiceMin, meanPatienceMin } = this.experiment.streams[template] ?? { meanServiceMin: 1, meanPatienceMin: null };
    this.at += (gap / this.rate) * MINUTE;
    const { draws } = this.blockOf(this.made);
    draws[0] += gap;
    draws[1] += service;
    draws[2] += patience;
    const one = { at: this.at, template, serviceMs: service * meanServiceMin * MINUTE, patienceMs: meanPatienceMin === null ? null : patience * meanPatienceMin * MINUTE };
    this.pending.set(this.made, { ...one, number: this.made });
    this.made += 1;
    return one;
  }
  private count(ended: readonly Ended[]): void {
    const { thresholdsMin } = this.experiment;
    for (const { arrival, agent, waitMs } of ended) {
      const one = this.pending.get(arrival);
      this.pending.delete(arrival);
      const block = one && this.blockOf(one.number);
      const tally = block?.streams[one?.template ?? 0];
      if (!block || !tally) continue;
      tally.arrived += 1;
      if (agent === -2) { tally.blocked += 1; continue; }
      const inTime = waitMs <= (thresholdsMin[one.template] ?? thresholdsMin[0] ?? 0) * MINUTE ? 1 : 0;
      if (this.experiment.tails) block.waitsMin[one.template]?.push(waitMs / MINUTE);
      tally.waited += waitMs > 0 ? 1 : 0;
      tally.waitMin += waitMs / MINUTE;
      tally.onTime += inTime;
      if (agent === -1) { tally.gaveUp += 1; tally.gaveUpInTime += inTime; continue; }
      tally.served += 1;
      tally.servedInTime += inTime;
      tally.busyMin += one.serviceMs / MINUTE / (this.experiment.setting.agents[agent]?.speed ?? 1);
    }
  }
  async play(arrivals: number): Promise<void> {
    for (let left = arrivals; left > 0; left -= BATCH) this.count(await this.run.play(Array.from({ length: Math.min(BATCH, left) }, () => this.arrival())));
  }
  async finish(): Promise<void> { this.count(await this.run.finish()); }

  /** All but the warm-up: a tenth of what was played, more when the system needs longer to settle. */
  private settled(): Block[] {
    return this.blocks.slice(Math.ceil(Math.max(this.made / 10, Math.min(settlingArrivals(this.experiment), this.made / 3)) / BLOCK));
  }
  figures(): Figures {
    const blocks = this.settled();
    const streams = this.experiment.streams.map((_, c) => sum(blocks.map((block) => block.streams[c] ?? noTally())));
    const tailMin = (stream: number): number => {
      const waits = blocks.flatMap((block) => block.waitsMin[stream] ?? []).sort((a, b) => a - b);
      return waits[Math.floor(waits.length * 0.999)] ?? NaN;
    };
    return { streams, spanMin: blocks.reduce((a, block) => a + block.draws[0], 0) / this.rate, total: sum(streams), tailMin };
  }
  /** How far the draws' means are from 1. */
  controls(): number[] {
    const blocks = this.settled();
    const counted = this.made - (this.blocks.length - blocks.length) * BLOCK;
    const impatient = this.experiment.streams.some((s) => s.meanPatienceMin !== null);
    return [0, 1, ...(impatient ? [2] : [])].map((i) => blocks.reduce((a, block) => a + (block.draws[i] ?? 0), 0) / counted - 1);
  }
}

/** Does the work of all on as many Redis servers as given, two at a time on each. */
async function spread<T>(all: readonly T[], redises: readonly Redis[], work: (one: T) => Promise<void>): Promise<void> {
  const left = [...all];
  const worker = async (): Promise<void> => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one);
  };
  await Promise.all(redises.flatMap(() => [worker(), worker()]));
}

/** How wide an interval is, against what is good enough: 2 % of the value or 0.01. */
function widthOf(found: Estimate | undefined): number {
  const width = (found?.half95 ?? NaN) / Math.max(0.01, 0.02 * Math.abs(found?.value ?? 0));
  return Number.isFinite(width) ? width : 10;
}

/** What an experiment gave. */
export interface Result { estimates: Record<string, Estimate>; arrivals: number }

/**
 * Independent runs, each with its own seed, the warm-up thrown away, prolonged until every measure is fine or the limit is reached. Each time they are
 * prolonged by more than seems needed, so that they seldom stop for an interval that is narrow by chance.
 */
export async function experimentOn(redises: readonly Redis[], experiment: Experiment, given: { measures: Measures; /** Those that must become narrow. */ narrow: readonly string[]; precision: Precision; seed: number }): Promise<Result> {
  const { precision, measures } = given;
  const trials = Array.from({ length: precision.runs }, (_, stream) => new Trial(redises[stream % redises.length] as Redis, experiment, { seed: given.seed, stream }));
  const read = (): Record<string, Estimate> => {
    const controls = trials.map((t) => t.controls());
    const figures = trials.map((t) => t.figures());
    return Object.fromEntries(Object.entries(measures).map(([name, measure]) => [name, estimate(figures.map(measure), controls)]));
  };
  await spread(trials, redises, (t) => t.open());
  const most = Math.floor(precision.maxArrivals / trials.length);
  let played = 0;
  let more = Math.max(precision.arrivalsPerRun, Math.min(most, 3 * Math.ceil(settlingArrivals(experiment))));
  while (more > 0) {
    await spread(trials, redises, (t) => t.play(more));
    played += more;
    const estimates = read();
    // A class so rare that a run saw nobody of it has no figure yet.
    const worst = given.narrow.reduce((a, name) => Math.max(a, widthOf(estimates[name])), 0);
    if (worst <= 0.97) break;
    more = Math.round(Math.min(most - played, Math.max(played * 0.3, Math.min(played * 4, played * ((worst / 0.85) ** 2 - 1)))));
  }
  await spread(trials, redises, (t) => t.finish());
  return { estimates: read(), arrivals: played * trials.length };
}
