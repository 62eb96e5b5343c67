import type { Ctx } from '../kernel';

/** A mail with a link that access wants sent. */
export interface LinkMail {
  /** Mail address. */
  to: string;
  kind: 'invitation' | 'reset';
  /** Name of whom it goes to. */
  name: string;
  /** The whole link, good once. */
  link: string;
  /** Language of whom it goes to. */
  locale: string;
}

/** Sends a mail with a link; access knows no mail server. */
export type SendMail = (ctx: Ctx, mail: LinkMail) => Promise<void>;

/** What access needs from above. */
export interface AccessPorts {
  sendMail: SendMail;
}
