import type { Ctx } from '../kernel';

/** What workforce needs from what stands beside it; given once by the composition root. */
export interface WorkforcePorts {
  /** Whether the company has business hours of this id. */
  hoursExist(ctx: Ctx, id: string): Promise<boolean>;
  /** Whether there is a channel of this id. */
  channelExists(id: string): boolean;
  /** Throws named-by-rule when a routing rule names a queue or a skill of this id. */
  demandUnnamed(ctx: Ctx, id: string): Promise<void>;
}

let given: WorkforcePorts | undefined;

export function setWorkforcePorts(ports: WorkforcePorts): void {
  given = ports;
}

export function workforcePorts(): WorkforcePorts {
  if (!given) throw new Error('The composition root has not given workforce its ports');
  return given;
}
