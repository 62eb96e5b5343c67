import { consume, type JobHandlers, type JobName, type RedisAddress } from '../../queues';
import { Unreadable, type Channel } from '../channels/channel';
import { contextOf, type DomainMount, type Services } from '../kernel';
import { closeIntake, pendingIntake } from '../tickets';
import { hostOf } from './channel-host';
import type { Metrics } from './metrics';

/** What the workers work on. */
export interface WorkParts {
  services: Services;
  mounts: DomainMount[];
  channels: Channel[];
  metrics: Metrics;
  redis: RedisAddress;
  /** Keeps several installations on one Redis apart. */
  prefix: string;
}

/** Starts the workers of this process. */
export function startWorkers(parts: WorkParts): { close(): Promise<void> } {
  const { services, channels, metrics } = parts;
  return consume(handlersOf(parts), {
    redis: parts.redis, prefix: parts.prefix, channels: channels.map((channel) => channel.manifest.id),
    onDead: (name, id, error) => services.log.error({ job: name, id, err: error }, 'a job failed for good and is kept for a week'),
    onDone: (name, milliseconds, failed) => metrics.jobDone(name, milliseconds, failed),
  });
}

function handlersOf({ services, mounts, channels }: WorkParts): JobHandlers {
  const handlers: Partial<JobHandlers> = {
    'intake.receive': (payload, job) => receive(services, channels, { ...payload, last: job.last }),
    'subscriber.run': async ({ subscriber, event }) => {
      const found = mounts.flatMap((mount) => mount.subscribers ?? []).find((each) => each.name === subscriber);
      if (found) await found.run(contextOf(services, event.companyId), { ...event, _id: event.id, at: new Date(event.at) } as never, undefined);
    },
    'sweep.run': async ({ sweep }) => {
      await mounts.flatMap((mount) => mount.sweeps ?? []).find((each) => each.name === sweep)?.run(services);
    },
  };
  for (const mount of mounts) {
    for (const [name, handle] of Object.entries(mount.jobs ?? {})) {
      const run = handle as (ctx: unknown, payload: unknown, job: unknown) => Promise<void>;
      handlers[name as JobName] = ((payload: { companyId: string }, job: unknown) => run(contextOf(services, payload.companyId), payload, job)) as never;
    }
  }
  return handlers as JobHandlers;
}

async function receive(services: Services, channels: Channel[], { companyId, channel: id, intakeId, last }: { companyId: string; channel: string; intakeId: string; last: boolean }): Promise<void> {
  const channel = channels.find((each) => each.manifest.id === id);
  const ctx = contextOf(services, companyId);
  const pending = await pendingIntake(ctx, intakeId);
  if (!channel || !pending) return;
  try {
    await channel.receive(hostOf(services, channel, companyId), { content: pending.content, sourceId: pending.intake.sourceId, meta: pending.intake.meta, blobId: intakeId });
    await closeIntake(ctx, intakeId, { state: 'done', reason: '' });
  } catch (error) {
    // What cannot be read however often is put aside with its reason; it never holds the others up.
    const hopeless = error instanceof Unreadable;
    if (last || hopeless) await closeIntake(ctx, intakeId, { state: 'failed', reason: error instanceof Error ? error.message : 'unknown' });
    if (!hopeless) throw error;
  }
}

const keepMs = 5000;

/** Tells the scheduler of every sweep; one process runs each at a time. Looks again every 5 s, since a Redis that lost everything lost them too. */
export async function startSweeps(services: Services, mounts: DomainMount[]): Promise<{ close(): void }> {
  const sweeps = mounts.flatMap((mount) => mount.sweeps ?? []);
  for (const sweep of sweeps) await services.jobs.every(sweep.name, sweep.everyMs);
  const keep = async (): Promise<void> => { for (const sweep of sweeps) await services.jobs.keep(sweep.name, sweep.everyMs); };
  const timer = setInterval(() => void keep().catch((error: unknown) => services.log.warn({ err: error }, 'could not look after the sweeps')), keepMs);
  return { close: () => clearInterval(timer) };
}
