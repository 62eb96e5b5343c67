// The raw limit: BullMQ's own manual getNextJob and moveToCompleted on a backlog.
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';

export class RawBullmq {
  private readonly queue: Queue;
  private readonly worker: Worker;
  private counter = 0;
  private readonly connection: Redis;
  constructor(options: { path: string }) {
    this.connection = new Redis({ ...options, maxRetriesPerRequest: null });
    this.queue = new Queue('raw', { connection: this.connection });
    this.worker = new Worker('raw', null, { connection: this.connection });
  }
  async load(jobs: number): Promise<void> {
    for (let n = 0; n < jobs; n += 1000) {
      await this.queue.addBulk(Array.from({ length: Math.min(1000, jobs - n) }, (_, i) => ({ name: 'job', data: { n: n + i } })));
    }
  }
  /** So many jobs taken and completed, so many at once; answers jobs per second. */
  async play(given: { turns: number; inFlight: number }): Promise<number> {
    const start = performance.now();
    let left = given.turns;
    await Promise.all(Array.from({ length: given.inFlight }, async () => {
      while (left-- > 0) {
        const token = `t${(this.counter += 1)}`;
        const job = await this.worker.getNextJob(token, { block: false });
        if (job) await job.moveToCompleted(1, token, false);
      }
    }));
    return given.turns / ((performance.now() - start) / 1000);
  }
  async stop(): Promise<void> {
    await this.worker.close();
    await this.queue.close();
    this.connection.disconnect();
  }
}
