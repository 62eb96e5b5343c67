import { z } from 'zod';

const companyId = z.string();
const event = z.object({ id: z.string(), companyId, n: z.number(), name: z.string(), at: z.string(), by: z.object({ kind: z.string(), id: z.string().nullable() }), subject: z.string(), data: z.record(z.string(), z.unknown()) });

interface JobSpec<P extends z.ZodType = z.ZodType> {
  /** Name of the job queue, 10-20 in all. A channel's intake and outbound lanes are apart, so that a slow channel delays no other. */
  queue: string;
  /** Whether each channel has a lane of its own: the job queue is then `queue-channel`. */
  perChannel?: boolean;
  payload: P;
  attempts: number;
  /** First delay of the exponential back-off, in milliseconds. */
  backoff: number;
  concurrency: number;
  /** Recognises a repeated add: kind-entity-version, starting with a letter, without colons. */
  jobId(payload: z.output<P>): string;
}
const job = <P extends z.ZodType>(spec: JobSpec<P>): JobSpec<P> => spec;

/** Every job there is. Payloads carry ids, never bodies; handlers read the truth again and do nothing when stale. */
export const catalog = {
  'intake.receive': job({ queue: 'intake', perChannel: true, payload: z.object({ companyId, channel: z.string(), intakeId: z.string(), version: z.number().optional() }), attempts: 8, backoff: 1000, concurrency: 24, jobId: (p) => (p.version ? `intake-${p.intakeId}-${p.version}` : `intake-${p.intakeId}`) }),
  'outbound.send': job({ queue: 'outbound', perChannel: true, payload: z.object({ companyId, channel: z.string(), messageId: z.string(), version: z.number() }), attempts: 1, backoff: 1000, concurrency: 40, jobId: (p) => `send-${p.messageId}-${p.version}` }),
  'mention.mail': job({ queue: 'timers', payload: z.object({ companyId, messageId: z.string(), accountId: z.string() }), attempts: 10, backoff: 60_000, concurrency: 8, jobId: (p) => `mention-${p.messageId}-${p.accountId}` }),
  'subscriber.run': job({ queue: 'subscribers', payload: z.object({ companyId, subscriber: z.string(), event }), attempts: 10, backoff: 500, concurrency: 16, jobId: (p) => `sub-${p.subscriber}-${p.event.id}` }),
  'room.tick': job({ queue: 'timers', payload: z.object({ companyId, at: z.number() }), attempts: 3, backoff: 250, concurrency: 8, jobId: (p) => `tick-${p.companyId}-${p.at}` }),
  'wrap-up.over': job({ queue: 'timers', payload: z.object({ companyId, agentId: z.string(), interactionId: z.string(), at: z.number() }), attempts: 5, backoff: 500, concurrency: 8, jobId: (p) => `wrapup-${p.interactionId}-${p.at}` }),
  'agent.grace-over': job({ queue: 'timers', payload: z.object({ companyId, agentId: z.string(), at: z.number() }), attempts: 5, backoff: 500, concurrency: 8, jobId: (p) => `grace-${p.agentId}-${p.at}` }),
  'work.silent': job({ queue: 'timers', payload: z.object({ companyId, interactionId: z.string(), at: z.number() }), attempts: 5, backoff: 500, concurrency: 8, jobId: (p) => `silent-${p.interactionId}-${p.at}` }),
  'work.overflow': job({ queue: 'timers', payload: z.object({ companyId, workItemId: z.string(), at: z.number() }), attempts: 5, backoff: 500, concurrency: 8, jobId: (p) => `overflow-${p.workItemId}-${p.at}` }),
  'ticket.wake': job({ queue: 'timers', payload: z.object({ companyId, ticketId: z.string(), at: z.number() }), attempts: 5, backoff: 500, concurrency: 8, jobId: (p) => `wake-${p.ticketId}-${p.at}` }),
  'ticket.follow-up': job({ queue: 'timers', payload: z.object({ companyId, ticketId: z.string(), at: z.number() }), attempts: 5, backoff: 500, concurrency: 8, jobId: (p) => `followup-${p.ticketId}-${p.at}` }),
  'service-level.mark': job({ queue: 'timers', payload: z.object({ companyId, ticketId: z.string(), at: z.number() }), attempts: 5, backoff: 500, concurrency: 8, jobId: (p) => `mark-${p.ticketId}-${p.at}` }),
  'customer.erase': job({ queue: 'erasures', payload: z.object({ companyId, customerId: z.string(), version: z.number() }), attempts: 10, backoff: 1000, concurrency: 2, jobId: (p) => `erase-${p.customerId}-${p.version}` }),
  'simulation.run': job({ queue: 'simulations', payload: z.object({ companyId, simulationId: z.string() }), attempts: 2, backoff: 1000, concurrency: 1, jobId: (p) => `simulation-${p.simulationId}` }),
  'sorting.train': job({ queue: 'sorting', payload: z.object({ companyId, at: z.number() }), attempts: 2, backoff: 5000, concurrency: 1, jobId: (p) => `sorting-${p.companyId}-${p.at}` }),
  'sweep.run': job({ queue: 'sweeps', payload: z.object({ sweep: z.string() }), attempts: 1, backoff: 1000, concurrency: 2, jobId: (p) => `sweep-${p.sweep}` }),
} as const satisfies Record<string, JobSpec>;

export type JobName = keyof typeof catalog;
export type JobPayload<N extends JobName> = z.output<(typeof catalog)[N]['payload']>;

/** The job queue a job goes to. */
export function queueOf(name: JobName, payload: object): string {
  const spec: JobSpec = catalog[name];
  return spec.perChannel && 'channel' in payload ? `${spec.queue}-${String(payload.channel)}` : spec.queue;
}

/** The spec as the producer and the consumers need it, whatever its payload. */
export const specOf = (name: JobName): JobSpec => catalog[name];
