import type { Actor, Ctx } from '../../kernel';

/** A ticket as knowledge is made of it. */
export interface SolvedTicket {
  id: string;
  subject: string;
  /** First message of the customer. */
  question: string;
  /** Answers of agents, the last first. */
  answers: string[];
  locale: string;
  /** Names and addresses to be masked. */
  people: string[];
}

/** A ticket in short, for counting. */
export interface CountedTicket {
  id: string;
  /** What was asked, in the customer's words; empty where somebody only spoke. */
  subject: string;
  ownerId: string | null;
  solved: boolean;
  createdAt: Date;
}

/** What the making of knowledge needs from tickets; given once by the composition root. */
export interface MakingPorts {
  /** Throws not-found when the actor may not read the ticket. */
  solvedTicket(ctx: Ctx, actor: Actor, ticketId: string): Promise<SolvedTicket>;
  ticketsSince(ctx: Ctx, since: Date): Promise<CountedTicket[]>;
  /** Average minutes an agent spends on a ticket. */
  handlingMinutes(ctx: Ctx, since: Date): Promise<number>;
}

let given: MakingPorts | undefined;

/** Gives what is needed from tickets; called once. */
export function setMakingPorts(ports: MakingPorts): void {
  given = ports;
}

/** What was given. */
export function makingPorts(): MakingPorts {
  if (!given) throw new Error('the making of knowledge is used before the composition root gave it its ports');
  return given;
}
