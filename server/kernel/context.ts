import type { Redis } from 'ioredis';
import type { Producer } from '../../queues';
import type { Blobs } from './blobs';
import type { Clock } from './clock';
import type { Config } from './config';
import type { Log } from './logger';
import type { Limits } from './rate-limit';
import type { Relay } from './relay.types';
import type { Secrets } from './secrets';
import { deferredMs } from './together';

/** What one process has, made once in app.ts. */
export interface Services {
  config: Config;
  log: Log;
  clock: Clock;
  redis: Redis;
  jobs: Producer;
  relay: Relay;
  blobs: Blobs;
  limits: Limits;
  secrets: Secrets;
  /** Where people reach this installation, without a slash at the end. */
  publicUrl: string;
}

/** What a command gets: the services, for one company. companyId comes from here, never from input. */
export interface Ctx extends Services {
  companyId: string;
  requestId: string | undefined;
  /** Nobody waits for what is done: its writes may go along with others a little later. */
  patient?: boolean;
}

/** The context of one company. */
export const contextOf = (services: Services, companyId: string, requestId?: string): Ctx => ({ ...services, companyId, requestId });

/** How long what is done may be held back for others to come along; see Lane. */
export const holdOf = ({ patient }: Ctx): number => (patient ? deferredMs : 0);
