import { Worker, type Job } from 'bullmq';
import { catalog, specOf, type JobName, type JobPayload } from './catalog';
import { connectPatiently, type RedisAddress } from './redis';

/** A handler for every job; a missing one does not compile. */
export type JobHandlers = { [N in JobName]: (payload: JobPayload<N>, job: { id: string; attempt: number; last: boolean }) => Promise<void> };

/** Where and for whom the workers work. */
export interface ConsumerOptions {
  redis: RedisAddress;
  prefix: string;
  /** Channels that have lanes of their own. */
  channels: string[];
  /** Called when a job's last try failed; the job stays among the failed ones for a week. */
  onDead(name: string, id: string, error: Error): void;
  /** Called after every job, for metrics. */
  onDone(name: string, milliseconds: number, failed: boolean): void;
}

/** Runs one worker per job queue until closed; closing waits for what is in progress. */
export function consume(handlers: JobHandlers, options: ConsumerOptions): { close(): Promise<void> } {
  const workers = [...lanes(options.channels)].map(([queue, concurrency]) => startWorker(queue, concurrency, { handlers, options }));
  return { close: async () => { await Promise.all(workers.map(({ worker, connection }) => worker.close().then(() => connection.disconnect()))); } };
}

// Job queue → the largest concurrency any of its jobs asks for.
function lanes(channels: string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const name of Object.keys(catalog) as JobName[]) {
    const spec = specOf(name);
    for (const lane of spec.perChannel ? channels.map((channel) => `${spec.queue}-${channel}`) : [spec.queue]) found.set(lane, Math.max(found.get(lane) ?? 0, spec.concurrency));
  }
  return found;
}

function startWorker(queue: string, concurrency: number, { handlers, options }: { handlers: JobHandlers; options: ConsumerOptions }) {
  const connection = connectPatiently(options.redis);
  connection.on('error', () => undefined);
  const worker = new Worker(queue, (job) => run(job, { handlers, options }), { connection, prefix: options.prefix, concurrency, lockDuration: 30_000, stalledInterval: 5000, maxStalledCount: 20 });
  worker.on('error', () => undefined);
  worker.on('failed', (job, error) => {
    if (job && job.attemptsMade >= (job.opts.attempts ?? 1)) options.onDead(job.name, job.id ?? '', error);
  });
  return { worker, connection };
}

async function run(job: Job, { handlers, options }: { handlers: JobHandlers; options: ConsumerOptions }): Promise<void> {
  const begun = performance.now();
  const name = job.name as JobName;
  const handler = handlers[name] as ((payload: unknown, meta: { id: string; attempt: number; last: boolean }) => Promise<void>) | undefined;
  if (!handler) throw new Error(`No handler for the job ${job.name}`);
  let failed = true;
  try {
    await handler(specOf(name).payload.parse(job.data), { id: job.id ?? '', attempt: job.attemptsMade + 1, last: job.attemptsMade + 1 >= (job.opts.attempts ?? 1) });
    failed = false;
  } finally {
    options.onDone(job.name, performance.now() - begun, failed);
  }
}
