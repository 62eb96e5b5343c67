import type { ChannelHost, Inbound } from '../channel';
import { cleanFileName } from './file-name';
import { mailboxesOf, splitDetail, type MailboxDoc } from './mailbox.model';
import { readDetail, readMessageId } from './thread-token';
import { sanitiseMailHtml, understandMail, type MailAttachment, type UnderstoodMail } from './understand';

const mostReferences = 30;

/** Works on a stored mail: reads it, guards against loops and bounces, and hands it on. */
export async function receiveMail(host: ChannelHost, raw: { content: Buffer; sourceId: string; meta: Record<string, string>; blobId: string }): Promise<void> {
  const mailbox = (await mailboxesOf(host.ctx.companyId)).find((each) => each._id === raw.meta['mailboxId']) ?? null;
  const mail = await understandMail(raw.content);
  const attachments = await storeAttachments(host, mail.attachments);
  await host.intake(await inboundOf(host, { raw, mail, mailbox, attachments }));
}

interface Parts {
  raw: { sourceId: string; meta: Record<string, string>; blobId: string };
  mail: UnderstoodMail;
  mailbox: MailboxDoc | null;
  attachments: Inbound['attachments'];
}

async function inboundOf(host: ChannelHost, { raw, mail, mailbox, attachments }: Parts): Promise<Inbound> {
  const sender = mail.replyTo[0] ?? mail.from;
  const address = (sender?.address || mail.from?.address || raw.meta['envelopeFrom'] || 'unknown@unknown.invalid').toLowerCase();
  return {
    sourceId: raw.sourceId, kind: 'message', from: { kind: 'email', value: address, name: (sender?.name || mail.from?.name) ?? '', verified: false },
    to: people(mail.to, mailbox), cc: people(mail.cc, mailbox), subject: mail.subject, text: mail.text, html: mail.html === null ? null : await sanitiseMailHtml(mail.html), replyText: mail.replyText,
    attachments, call: null, at: mail.date ?? new Date(host.ctx.clock.now()), locale: null, thread: threadOf(host, raw.meta['recipient'] ?? '', mail),
    automatic: mail.autoReply || mail.bounce !== null || mail.feedbackReport || isMachine(mail, address, mailbox), bounce: bounceOf(mail), spam: false, queue: mailbox?.queueId ?? null, handledBy: null, attributes: {}, clientId: null, rawBlobId: null,
  };
}

// Our own address is no copy of the mail to somebody.
const people = (addresses: UnderstoodMail['to'], mailbox: MailboxDoc | null) => addresses.filter((each) => each.address !== '' && splitDetail(each.address).plain !== mailbox?.address).map((each) => ({ address: each.address.toLowerCase(), name: each.name }));

function threadOf(host: ChannelHost, recipient: string, mail: UnderstoodMail): Inbound['thread'] {
  const { secrets } = host.ctx;
  const references = [...new Set([...[...mail.references].reverse(), ...(mail.inReplyTo ? [mail.inReplyTo] : [])])].filter((id) => id !== '').slice(0, mostReferences);
  const byReference = references.map((id) => readMessageId(secrets, id)).find((found) => found !== null);
  const ticketId = readDetail(secrets, splitDetail(recipient).detail) ?? byReference?.ticketId;
  const number = /\[#(\d{1,9})\]/.exec(mail.subject)?.[1];
  return { references, forwarded: mail.forwarded && !ticketId, ...(ticketId ? { ticketId } : {}), ...(mail.messageId ? { ownId: mail.messageId } : {}), ...(number ? { ticketNumber: Number(number) } : {}) };
}

function bounceOf(mail: UnderstoodMail): Inbound['bounce'] {
  if (!mail.bounce) return null;
  return { messageRef: mail.bounce.originalMessageId, recipients: mail.bounce.recipients.map((each) => ({ address: each.address, hard: each.type === 'hard', reason: [each.status, each.diagnostic].filter(Boolean).join(' ') })) };
}

// RFC 3834: lists, bulk mail, the null sender and our own addresses are never answered by a machine.
function isMachine(mail: UnderstoodMail, address: string, mailbox: MailboxDoc | null): boolean {
  const submitted = mail.autoSubmitted?.toLowerCase().trim();
  if (submitted && submitted !== 'no') return true;
  if (mail.returnPath === '' || mail.xLoop.length > 0) return true;
  return /^(bulk|junk|list)$/i.test(mail.precedence ?? '') || address === mailbox?.address;
}

async function storeAttachments(host: ChannelHost, files: MailAttachment[]): Promise<Inbound['attachments']> {
  const { companyId, blobs } = host.ctx;
  const stored: Inbound['attachments'] = [];
  for (const [index, file] of files.entries()) {
    const blob = await blobs.put({ companyId, owner: { kind: 'pending', id: '' }, name: cleanFileName(file.filename, file.contentType, index), type: file.contentType, content: file.content, expiresAt: new Date(host.ctx.clock.now() + 86_400_000) });
    stored.push({ blobId: blob._id, inline: file.disposition === 'inline' && file.contentId !== null });
  }
  return stored;
}
