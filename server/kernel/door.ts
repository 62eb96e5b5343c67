import type { JobHandlers, JobName, JobPayload } from '../../queues';
import type { Ctx, Services } from './context';
import type { RawRoutes, Route } from './route';
import type { SocketHandler } from './sockets';
import type { Subscriber } from './subscriber';

/** A job's handler as a domain offers it, with the context of the job's company. */
export type DomainJobs = { [N in JobName]?: (ctx: Ctx, payload: JobPayload<N>, job: Parameters<JobHandlers[N]>[1]) => Promise<void> };

/** Work that finds and mends what a crash left, run by the scheduler. */
export interface Sweep {
  /** Letters and dashes. */
  name: string;
  everyMs: number;
  run(services: Services): Promise<void>;
}

/** Everything a domain folder contributes; its door's `mount` answers it. */
export interface DomainMount {
  routes?: Route[];
  raw?: RawRoutes[];
  sockets?: SocketHandler[];
  subscribers?: Subscriber[];
  jobs?: DomainJobs;
  sweeps?: Sweep[];
  /** Collections whose documents carry pending events. */
  outboxes?: string[];
}
