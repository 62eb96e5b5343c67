import { Unreadable, type ChannelHost, type Inbound } from '../channel';
import { cleanFileName } from './file-name';
import { mailboxesOf, splitDetail, type MailboxDoc } from './mailbox.model';
import { readDetail, readMessageId } from './thread-token';
import { judgeMail } from './trust';
import { htmlOfMail, type StoredFile } from './pictures';
import { understandMail, unpackTnef, type MailAttachment, type UnderstoodMail } from './understand';

const mostReferences = 30;

/** Works on a stored mail: reads it, guards against loops and bounces, and hands it on. */
export async function receiveMail(host: ChannelHost, raw: { content: Buffer; sourceId: string; meta: Record<string, string>; blobId: string }): Promise<void> {
  const { fault } = raw.meta;
  if (fault) throw new Unreadable(fault);
  const mailbox = (await mailboxesOf(host.ctx.companyId)).find((each) => each._id === raw.meta['mailboxId']) ?? null;
  const mail = await understandMail(raw.content);
  const files = await storeAttachments(host, unpackTnef(mail.attachments));
  await host.intake(await inboundOf(host, { raw, mail, mailbox, files }));
}

interface Parts {
  raw: { content: Buffer; sourceId: string; meta: Record<string, string>; blobId: string };
  mail: UnderstoodMail;
  mailbox: MailboxDoc | null;
  files: StoredFile[];
}

async function inboundOf(host: ChannelHost, { raw, mail, mailbox, files }: Parts): Promise<Inbound> {
  const body = mail.html === null ? { html: null, inside: new Set<string>() } : await htmlOfMail(mail.html, files);
  const trust = await judgeMail(raw.content, mail, { ip: raw.meta['ip'] ?? '', helo: raw.meta['helo'] ?? '', envelopeFrom: raw.meta['envelopeFrom'] ?? '' });
  const sender = mail.replyTo[0] ?? mail.from;
  const address = (sender?.address || mail.from?.address || raw.meta['envelopeFrom'] || 'unknown@unknown.invalid').toLowerCase();
  return {
    sourceId: raw.sourceId, kind: 'message', from: { kind: 'email', value: address, name: (sender?.name || mail.from?.name) ?? '', verified: trust?.verdict === 'verified' && address === mail.from?.address.toLowerCase() },
    to: people(mail.to, mailbox), cc: people(mail.cc, mailbox), subject: mail.subject, text: mail.text, html: body.html, replyText: mail.replyText,
    // A file that the text does not show is listed below it, whatever the mail calls it.
    attachments: files.map(({ blobId }) => ({ blobId, inline: body.inside.has(blobId) })), call: null, at: mail.date ?? new Date(host.ctx.clock.now()), locale: null, thread: threadOf(host, mail, [raw.meta['recipient'] ?? '', ...ownAddresses(mail, mailbox)]),
    automatic: mail.autoReply || mail.bounce !== null || mail.feedbackReport || isMachine(mail, { address, mailbox, meta: raw.meta }), bounce: bounceOf(mail), spam: trust?.verdict === 'spam' || trust?.verdict === 'forged',
    ...(trust ? { trust } : {}), unanswerable: isBulk(mail), attributes: trust ? { 'mail.trust': trust.verdict, 'mail.spf': trust.spf, 'mail.dkim': trust.dkim, 'mail.dmarc': trust.dmarc } : {},
    queue: mailbox?.queueId ?? null, handledBy: null, clientId: null, rawBlobId: null, originalId: raw.blobId,
  };
}

// Our own address is no copy of the mail to somebody.
const people = (addresses: UnderstoodMail['to'], mailbox: MailboxDoc | null) => addresses.filter((each) => each.address !== '' && splitDetail(each.address).plain !== mailbox?.address).map((each) => ({ address: each.address.toLowerCase(), name: each.name }));

// What was fetched does not say for which of our addresses it was: a ticket's own may stand in To or Cc.
const ownAddresses = (mail: UnderstoodMail, mailbox: MailboxDoc | null): string[] => [...mail.to, ...mail.cc].map((each) => each.address).filter((address) => splitDetail(address).plain === mailbox?.address);

function threadOf(host: ChannelHost, mail: UnderstoodMail, recipients: string[]): Inbound['thread'] {
  const { secrets } = host.ctx;
  const references = [...new Set([...[...mail.references].reverse(), ...(mail.inReplyTo ? [mail.inReplyTo] : [])])].filter((id) => id !== '').slice(0, mostReferences);
  const byReference = references.map((id) => readMessageId(secrets, id)).find((found) => found !== null);
  const byAddress = recipients.map((each) => readDetail(secrets, splitDetail(each).detail)).find((found) => found !== null);
  const ticketId = byAddress ?? byReference?.ticketId;
  const number = /\[#(\d{1,9})\]/.exec(mail.subject)?.[1];
  return { references, forwarded: mail.forwarded, ...(ticketId ? { ticketId } : {}), ...(mail.messageId ? { ownId: mail.messageId } : {}), ...(number ? { ticketNumber: Number(number) } : {}) };
}

function bounceOf(mail: UnderstoodMail): Inbound['bounce'] {
  if (!mail.bounce) return null;
  return { messageRef: mail.bounce.originalMessageId, recipients: mail.bounce.recipients.map((each) => ({ address: each.address, hard: each.type === 'hard', ...(each.delayed ? { delayed: true } : {}), reason: [each.status, each.diagnostic].filter(Boolean).join(' ') })) };
}

// RFC 3834: written by a machine. Lists and bulk mail are no machine's: people write to them as well.
function isMachine(mail: UnderstoodMail, { address, mailbox, meta }: { address: string; mailbox: MailboxDoc | null; meta: Record<string, string> }): boolean {
  const submitted = mail.autoSubmitted?.toLowerCase().trim();
  if (submitted && submitted !== 'no') return true;
  // What was fetched has no envelope any more, only what a server before us noted of it.
  if (meta['via'] === 'smtp' && meta['envelopeFrom'] === '') return true;
  return mail.returnPath === '' || mail.xLoop.length > 0 || address === mailbox?.address;
}

const isBulk = (mail: UnderstoodMail): boolean => /^(bulk|junk|list)$/i.test(mail.precedence ?? '') || Object.keys(mail.listHeaders).length > 0;

async function storeAttachments(host: ChannelHost, files: MailAttachment[]): Promise<StoredFile[]> {
  const { companyId, blobs } = host.ctx;
  const stored: StoredFile[] = [];
  for (const [index, file] of files.entries()) {
    const blob = await blobs.put({ companyId, owner: { kind: 'pending', id: '' }, name: cleanFileName(file.filename, file.contentType, index), type: file.contentType, content: file.content, expiresAt: new Date(host.ctx.clock.now() + 86_400_000) });
    stored.push({ blobId: blob._id, contentId: file.contentId });
  }
  return stored;
}
