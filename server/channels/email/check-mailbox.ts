import { createTransport } from 'nodemailer';
import type { MailCheck, MailCredentials, MailServer } from '../../../protocol';
import type { Ctx } from '../../kernel';
import { logInFor, logInWith, type LogIn } from './access-token';
import { faultOf } from './fault';
import { openImap } from './imap/open-imap';
import { Mailboxes, type MailboxDoc } from './mailbox.model';
import { smtpOptions } from './transport';

/** What is tried; what is left out is taken from the stored mailbox. */
export interface Trial {
  mailboxId?: string;
  imap?: MailServer | null;
  smtp?: MailServer | null;
  credentials?: MailCredentials;
}

/** Tries both directions of a mailbox and says what is wrong. */
export async function checkMailbox(ctx: Ctx, trial: Trial): Promise<{ receive: MailCheck; send: MailCheck }> {
  const box = trial.mailboxId ? await Mailboxes.findOne({ companyId: ctx.companyId, _id: trial.mailboxId }).lean<MailboxDoc>() : null;
  const imap = trial.imap === undefined ? (box?.imap ?? null) : trial.imap;
  const smtp = trial.smtp === undefined ? (box?.smtp ?? null) : trial.smtp;
  const logIn = (): Promise<LogIn> => (trial.credentials ? logInWith(ctx, box?._id ?? 'trial', trial.credentials) : box ? logInFor(ctx, box) : Promise.resolve({ kind: 'none' as const }));
  const [receive, send] = await Promise.all([timed(imap, async (server) => tryImap(server, await logIn())), timed(smtp, async (server) => trySmtp(server, await logIn()))]);
  return { receive, send };
}

async function timed(server: MailServer | null, attempt: (server: MailServer) => Promise<void>): Promise<MailCheck> {
  if (!server) return { ok: true, code: 'not-set', detail: '', milliseconds: 0 };
  const begun = performance.now();
  const took = (): number => Math.round(performance.now() - begun);
  return attempt(server).then(() => ({ ok: true, code: 'ok' as const, detail: '', milliseconds: took() }), (error: unknown) => ({ ok: false, ...faultOf(error), milliseconds: took() }));
}

async function tryImap(server: MailServer, logIn: LogIn): Promise<void> {
  const client = await openImap(server, logIn);
  try {
    await client.mailboxOpen('INBOX', { readOnly: true });
    const quota = await client.getQuota('INBOX').catch(() => false as const);
    const storage = quota ? quota.storage : undefined;
    if (storage?.limit && storage.used >= storage.limit) throw new Error('quota: the mailbox is full');
  } finally {
    client.close();
  }
}

// Says hello and logs in; no mail is sent.
async function trySmtp(server: MailServer, logIn: LogIn): Promise<void> {
  const transport = createTransport({ ...smtpOptions(server, logIn), connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 15_000 });
  try {
    await transport.verify();
  } finally {
    transport.close();
  }
}
