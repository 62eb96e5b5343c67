import type { TimelineEntry } from '../../protocol';
import type { Actor, Ctx } from '../kernel';

/** A page of a person's timeline, asked for all their records at once. */
export interface TimelineAsked {
  customerIds: string[];
  after?: string;
  limit: number;
}

/** Who is to be forgotten: ids of all their records, and what they were called and reached by. */
export interface ForgottenPerson {
  customerIds: string[];
  names: string[];
  addresses: string[];
}

/** What customers need from above. */
export interface CustomerPorts {
  /** Everything with these customers that the actor may see, newest first. */
  timelineOf(ctx: Ctx, actor: Actor, asked: TimelineAsked): Promise<{ rows: TimelineEntry[]; next: string | null }>;
  /** How many tickets these customers have together. */
  countTickets(ctx: Ctx, customerIds: string[]): Promise<number>;
  /** Takes out of everything above what tells of this person, telling how far it is; may be repeated and goes on where it was. */
  forgetPerson(ctx: Ctx, person: ForgottenPerson, told: (done: number, total: number) => Promise<void>): Promise<void>;
}
