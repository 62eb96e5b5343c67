import type { Ctx } from '../kernel';
import type { Brand } from './page';

/** Something a reader writes to the company, signed in or not. */
export interface HelpLetter {
  email: string;
  /** The address was proven by a link. */
  verified: boolean;
  name: string;
  subject: string;
  text: string;
  locale: string;
  /** The ticket it answers. */
  ticketId?: string;
  /** Queue it waits in; empty: where those of the company do. */
  queueId: string;
  attributes: Record<string, string>;
  /** Recognises the same letter sent twice. */
  sourceId: string;
}

/** What the help centre needs from channels; given by the composition root. */
export interface HelpPorts {
  /** The face a host name shows, or else the one a key names, or else the company's own. */
  brand(ctx: Ctx, asked: { host: string; key: string | undefined }): Promise<Brand>;
  position(ctx: Ctx): Promise<{ online: boolean; expectedWait: number | null }>;
  /** Resolves when it is stored. */
  take(ctx: Ctx, letter: HelpLetter): Promise<void>;
  sendMail(ctx: Ctx, mail: { to: string; subject: string; text: string; action: string }): Promise<void>;
}
