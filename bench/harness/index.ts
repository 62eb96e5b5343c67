/** What every benchmark is made of: `bench(name, work)`, interleaved rounds, figures of processes, statistics. */
export { bench } from './run';
export type { Bench } from './run';
export { interleaved } from './interleaved';
export type { Contest, Verdict } from './interleaved';
export { cpuMs, cpuMsDuring, highest, rssAnonMb } from './process-figures';
export type { Report, Row } from './report';
export { median, percentile, rounded } from './statistics';
