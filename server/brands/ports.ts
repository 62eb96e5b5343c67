import type { Ctx } from '../kernel';

/** What brands need from above. */
export interface BrandPorts {
  /** Whether a queue exists. */
  queueExists(ctx: Ctx, id: string): Promise<boolean>;
}
