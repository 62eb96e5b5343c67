import type { TimelineEntry } from '../../protocol';
import type { Actor, Ctx } from '../kernel';

/** A page of a person's timeline, asked for all their records at once. */
export interface TimelineAsked {
  customerIds: string[];
  after?: string;
  limit: number;
}

/** What customers need from above. */
export interface CustomerPorts {
  /** Everything with these customers that the actor may see, newest first. */
  timelineOf(ctx: Ctx, actor: Actor, asked: TimelineAsked): Promise<{ rows: TimelineEntry[]; next: string | null }>;
  /** How many tickets these customers have together. */
  countTickets(ctx: Ctx, customerIds: string[]): Promise<number>;
}
