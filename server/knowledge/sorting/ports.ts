import type { Ctx } from '../../kernel';

/** A ticket somebody sorted: its words and what was decided; null: nothing. */
export interface SortedTicket {
  text: string;
  topic: string | null;
  urgency: string | null;
  sentiment: string | null;
}

/** What sorting needs from above; given once by the composition root. */
export interface SortingPorts {
  companyIds(): Promise<string[]>;
  /** Tickets of which a person or the customer said what they are, newest first. */
  sortedTickets(ctx: Ctx): Promise<SortedTicket[]>;
  countSorted(ctx: Ctx): Promise<number>;
}

let given: SortingPorts | undefined;

/** Gives what is needed from above; called once. */
export function setSortingPorts(ports: SortingPorts): void {
  given = ports;
}

/** What was given. */
export function sortingPorts(): SortingPorts {
  if (!given) throw new Error('sorting is used before the composition root gave it its ports');
  return given;
}
