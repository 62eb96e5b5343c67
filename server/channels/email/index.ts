// The door of the e-mail channel.
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Config } from '../../kernel';
import { defineChannel } from '../channel';
import { startReaders } from './imap/readers';
import { receiveMail } from './receive-mail';
import { sendMail } from './send-mail';
import { startSmtp } from './smtp-listener';
import { closeTransport } from './transport';
import { stopSanitiser } from './understand';

/** E-mail: an SMTP listener in, a mail server out. */
export const channel = defineChannel({
  manifest: { id: 'email', name: 'E-mail', icon: 'mail', media: 'text', pace: 'deferred', weight: 20, interruptible: true, composer: { reply: true, subject: true, html: true, attachments: true, cc: true, maxLength: 0 } },
  settings: z.object({}),
  async start(hostOf) {
    const { config, log } = hostOf('').ctx;
    const smtp = await startSmtp({ port: config.smtpPort, host: config.host, log, hostOf, demo: config.demo, tls: await readTls(config) });
    const readers = startReaders(hostOf);
    return { stop: async () => { await Promise.all([smtp.stop(), readers.stop()]); closeTransport(); await stopSanitiser(); } };
  },
  receive: receiveMail,
  send: sendMail,
});

async function readTls({ smtpCertFile, smtpKeyFile }: Config): Promise<{ cert: string; key: string } | null> {
  if (!smtpCertFile || !smtpKeyFile) return null;
  const read = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => { throw new Error(`${file} of SMTP_CERT_FILE or SMTP_KEY_FILE cannot be read`); });
  return { cert: await read(smtpCertFile), key: await read(smtpKeyFile) };
}

export { addMailbox, changeMailbox, presentMailbox, type MailboxChange } from './change-mailbox';
export { checkMailbox, type Trial } from './check-mailbox';
export { demoAddress, demoMails, isDemoAddress, type DemoMail } from './demo-mailbox';
export { readHealth, type ReaderHealth } from './health';
export { Mailboxes, mailboxesOf, senderFor, type MailboxDoc } from './mailbox.model';
export { sendSystemMail } from './system-mail';
export { htmlOfAgent } from './pictures';
export { sanitiseMailHtml, understandMail } from './understand';
