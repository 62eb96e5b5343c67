import type { Actor, Ctx } from '../../kernel';

/** A ticket a guide asks for. */
export interface GuideTicket {
  runId: string;
  action: 'open-ticket' | 'call-back';
  /** Mail address or phone number. */
  address: string;
  name: string;
  subject: string;
  text: string;
  queueId: string | null;
  locale: string;
  attributes: Record<string, string>;
}

/** What guides need from what stands above; given once by the composition root. */
export interface GuidePorts {
  /** Opens a ticket, once per run; answers its id. */
  openTicket(ctx: Ctx, ticket: GuideTicket): Promise<string | null>;
  /** Throws not-found when the actor may not read the ticket. */
  demandTicket(ctx: Ctx, actor: Actor, ticketId: string): Promise<void>;
}

let given: GuidePorts | undefined;

/** Gives guides what they need; called once. */
export function setGuidePorts(ports: GuidePorts): void {
  given = ports;
}

export function guidePorts(): GuidePorts {
  if (!given) throw new Error('guides are used before the composition root gave them their ports');
  return given;
}
