import type { Redis } from 'ioredis';
import { type Random, randomFrom } from './random';
import { type Arrival, type Ended, Run, type Setting } from './run';
import { estimate, type Estimate } from './statistics';

/** A stream of arrivals of one template: Poisson, exponential services and patiences. Times in minutes. */
export interface Stream { ratePerMin: number; meanServiceMin: number; meanPatienceMin: number | null }
/** What is simulated: stream i brings arrivals of template i. */
export interface Experiment { setting: Setting; streams: readonly Stream[]; thresholdMin: number }
/** Sums over the counted arrivals of one stream in one run. Waits in minutes. */
export interface Tally { arrived: number; blocked: number; waited: number; waitMin: number; served: number; servedInTime: number; gaveUp: number; gaveUpInTime: number; onTime: number; busyMin: number }
/** One run's figures: tallies per stream and the minutes they span. */
export interface Figures { streams: Tally[]; spanMin: number; total: Tally }
/** A figure to be estimated: its name and how it follows from one run. */
export type Measures = Readonly<Record<string, (figures: Figures) => number>>;
/** `half95` is good enough at 2 % of the value or 0.01. */
export interface Precision { arrivalsPerRun: number; runs: number; maxArrivals: number }

const MINUTE = 60_000;
const BATCH = 2000;
const noTally = (): Tally => ({ arrived: 0, blocked: 0, waited: 0, waitMin: 0, served: 0, servedInTime: 0, gaveUp: 0, gaveUpInTime: 0, onTime: 0, busyMin: 0 });
const sum = (tallies: readonly Tally[]): Tally => tallies.reduce((a, b) => {
  const all = noTally();
  for (const key of Object.keys(all) as (keyof Tally)[]) all[key] = a[key] + b[key];
  return all;
}, noTally());

/** One run in progress: makes its arrivals from its seed and keeps its tallies. */
class Trial {
  private readonly run: Run;
  private readonly random: Random;
  private readonly pending = new Map<number, Arrival>();
  private readonly tallies: Tally[];
  private readonly rate: number;
  private at = 0;
  private made = 0;
  private next = 0;
  private since = 0;
  /** Sums behind the control variates: interarrival times, service draws, patience draws, of counted arrivals. */
  private gaps = 0;
  private services = 0;
  private patiences = 0;
  private counted = 0;
  private readonly warmUp: number;
  constructor(redis: Redis, private readonly experiment: Experiment, given: { seed: number; stream: number; warmUp: number }) {
    this.run = new Run(redis, experiment.setting);
    this.random = randomFrom(given.seed, given.stream);
    this.warmUp = given.warmUp;
    this.rate = experiment.streams.reduce((a, s) => a + s.ratePerMin, 0);
    this.tallies = experiment.streams.map(noTally);
  }
  open(): Promise<void> { return this.run.open(); }

  private stream(): number {
    let left = this.random.next() * this.rate;
    const found = this.experiment.streams.findIndex((s) => (left -= s.ratePerMin) < 0);
    return found < 0 ? this.experiment.streams.length - 1 : found;
  }
  private arrival(): Arrival {
    const gap = this.random.exponential(1);
    const template = this.stream();
    const service = this.random.exponential(1);
    const patience = this.random.exponential(1);
    const { meanServiceMin, meanPatienceMin } = this.experiment.streams[template] ?? { meanServiceMin: 1, meanPatienceMin: null };
    this.at += (gap / this.rate) * MINUTE;
    if (this.made++ >= this.warmUp) {
      if (this.counted === 0) this.since = this.at - (gap / this.rate) * MINUTE;
      this.counted += 1;
      this.gaps += gap;
      this.services += service;
      this.patiences += patience;
    }
    return { at: this.at, template, serviceMs: service * meanServiceMin * MINUTE, patienceMs: meanPatienceMin === null ? null : patience * meanPatienceMin * MINUTE };
  }
  private count(ended: readonly Ended[]): void {
    for (const { arrival, agent, waitMs } of ended) {
      const one = this.pending.get(arrival);
      this.pending.delete(arrival);
      const tally = one && this.tallies[one.template];
      if (!tally || arrival < this.warmUp) continue;
      tally.arrived += 1;
      if (agent === -2) { tally.blocked += 1; continue; }
      const inTime = waitMs <= this.experiment.thresholdMin * MINUTE ? 1 : 0;
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
    for (let left = arrivals; left > 0; left -= BATCH) {
      const batch = Array.from({ length: Math.min(BATCH, left) }, () => this.arrival());
      for (const one of batch) this.pending.set(this.next++, one);
      this.count(await this.run.play(batch));
    }
  }
  async finish(): Promise<void> { this.count(await this.run.finish()); }
  figures(): Figures { return { streams: this.tallies, spanMin: (this.at - this.since) / MINUTE, total: sum(this.tallies) }; }
  controls(): number[] {
    const impatient = this.experiment.streams.some((s) => s.meanPatienceMin !== null);
    return [this.gaps / this.counted - 1, this.services / this.counted - 1, ...(impatient ? [this.patiences / this.counted - 1] : [])];
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

/** What an experiment gave. */
export interface Result { estimates: Record<string, Estimate>; arrivals: number }

/** Independent runs, each with its own seed and a warm-up of a tenth thrown away, prolonged until every measure is fine or the limit is reached. */
export async function experimentOn(redises: readonly Redis[], experiment: Experiment, given: { measures: Measures; precision: Precision; seed: number }): Promise<Result> {
  const { precision, measures } = given;
  const trials = Array.from({ length: precision.runs }, (_, stream) =>
    new Trial(redises[stream % redises.length] as Redis, experiment, { seed: given.seed, stream, warmUp: Math.round(precision.arrivalsPerRun / 10) }));
  const read = (): Record<string, Estimate> => {
    const controls = trials.map((t) => t.controls());
    const figures = trials.map((t) => t.figures());
    return Object.fromEntries(Object.entries(measures).map(([name, measure]) => [name, estimate(figures.map(measure), controls)]));
  };
  await spread(trials, redises, (t) => t.open());
  let played = 0;
  let more = precision.arrivalsPerRun;
  for (;;) {
    await spread(trials, redises, (t) => t.play(more));
    played += more;
    const worst = Object.values(read()).reduce((a, e) => Math.max(a, e.half95 / Math.max(0.01, 0.02 * Math.abs(e.value))), 0);
    if (worst <= 0.97 || played * trials.length >= precision.maxArrivals) break;
    more = Math.round(Math.min(precision.maxArrivals / trials.length - played, Math.max(played * 0.3, Math.min(played * 3, played * (worst * worst - 1) * 1.05))));
    if (more <= 0) break;
  }
  await spread(trials, redises, (t) => t.finish());
  return { estimates: read(), arrivals: played * trials.length };
}
