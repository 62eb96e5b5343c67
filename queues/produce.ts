import { Queue, type JobsOptions } from 'bullmq';
import type { Redis } from 'ioredis';
import { queueOf, specOf, type JobName, type JobPayload } from './catalog';

/** Adds jobs; each is recognised by its id, so that adding twice has no second effect. */
export interface Producer {
  /** `at` in epoch milliseconds delays the job until then. */
  add<N extends JobName>(name: N, payload: JobPayload<N>, when?: { at: number }): Promise<void>;
  /** Several of one kind in one round trip. */
  addAll<N extends JobName>(name: N, payloads: JobPayload<N>[]): Promise<void>;
  /** Adds `sweep.run` for the named sweep every so many milliseconds, once for all processes. */
  every(sweep: string, milliseconds: number): Promise<void>;
  /** The same, unless it is there already: puts it back after Redis lost everything. */
  keep(sweep: string, milliseconds: number): Promise<void>;
  /** Takes back a delayed job that has not begun; answers whether it could. */
  takeBack<N extends JobName>(name: N, payload: JobPayload<N>): Promise<boolean>;
  /** Where a job is: gone (never added, or removed long ago), finished (done or failed for good), or live. */
  stateOf<N extends JobName>(name: N, payload: JobPayload<N>): Promise<'gone' | 'finished' | 'live'>;
  /** The BullMQ queue behind a name, for health and metrics. */
  queue(name: string): Queue;
  close(): Promise<void>;
}

/** `prefix` keeps several installations on one Redis apart. */
export function createProducer(redis: Redis, prefix: string): Producer {
  const queues = new Map<string, Queue>();
  const queue = (name: string): Queue => {
    const found = queues.get(name) ?? new Queue(name, { connection: redis, prefix });
    queues.set(name, found);
    return found;
  };
  return {
    queue,
    async add(name, payload, when) {
      await queue(queueOf(name, payload)).add(name, payload, optionsOf(name, payload, when?.at));
    },
    async addAll(name, payloads) {
      const [first] = payloads;
      if (first === undefined) return;
      await queue(queueOf(name, first)).addBulk(payloads.map((data) => ({ name, data, opts: optionsOf(name, data) })));
    },
    async every(sweep, milliseconds) {
      await queue('sweeps').upsertJobScheduler(`sweep-${sweep}`, { every: milliseconds }, { name: 'sweep.run', data: { sweep }, opts: { removeOnComplete: true, removeOnFail: true } });
    },
    async keep(sweep, milliseconds) {
      if (!(await queue('sweeps').getJobScheduler(`sweep-${sweep}`))) await this.every(sweep, milliseconds);
    },
    async takeBack(name, payload) {
      const job = await queue(queueOf(name, payload)).getJob(specOf(name).jobId(payload));
      if (!job || !(await job.isDelayed())) return false;
      return job.remove().then(() => true, () => false);
    },
    async stateOf(name, payload) {
      const state = await queue(queueOf(name, payload)).getJobState(specOf(name).jobId(payload));
      if (state === 'unknown') return 'gone';
      return state === 'completed' || state === 'failed' ? 'finished' : 'live';
    },
    async close() {
      await Promise.all([...queues.values()].map((each) => each.close()));
    },
  };
}

function optionsOf<N extends JobName>(name: N, payload: JobPayload<N>, at?: number): JobsOptions {
  const spec = specOf(name);
  const options: JobsOptions = { jobId: spec.jobId(payload), attempts: spec.attempts, backoff: { type: 'exponential', delay: spec.backoff }, removeOnComplete: { age: 3600, count: 5000 }, removeOnFail: { age: 7 * 86_400, count: 5000 } };
  if (at !== undefined) options.delay = Math.max(0, at - Date.now());
  return options;
}
