import type { Ctx } from '../kernel';

/** What service levels need from what stands beside them; given once by the composition root. */
export interface ServiceLevelPorts {
  /** Queues of the company and the hours each keeps. */
  queues(ctx: Ctx): Promise<{ id: string; name: string; hoursId: string | null }[]>;
  /** The company's time zone. */
  timeZone(ctx: Ctx): Promise<string>;
  /** Throws named-by-rule when a routing rule names hours of this id. */
  demandUnnamed(ctx: Ctx, id: string): Promise<void>;
  /** Hours or targets changed: what depends on them is to be computed anew. */
  changed(ctx: Ctx, queueIds: string[]): Promise<void>;
}

let given: ServiceLevelPorts | undefined;

export function setServiceLevelPorts(ports: ServiceLevelPorts): void {
  given = ports;
}

export function serviceLevelPorts(): ServiceLevelPorts {
  if (!given) throw new Error('The composition root has not given service levels their ports');
  return given;
}
