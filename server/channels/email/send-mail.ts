import { Readable } from 'node:stream';
import type { ChannelHost, Outbound, Sent } from '../channel';
import { senderFor, type MailboxDoc } from './mailbox.model';
import { messageIdOf } from './thread-token';
import { isLasting, transportFor } from './transport';

/** Sends an agent's message as mail into the customer's thread. */
export async function sendMail(host: ChannelHost, outbound: Outbound): Promise<Sent> {
  const { ctx } = host;
  const mailbox = await senderFor(ctx.companyId, outbound.ticket.queueId);
  if (!mailbox) return { state: 'failed', reason: 'no-mailbox' };
  const messageId = messageIdOf(ctx.secrets, { messageId: outbound.message.id, ticketId: outbound.ticket.id }, ctx.config.mailDomain);
  try {
    await transportFor(ctx.config).sendMail(mailOf(outbound, { mailbox, messageId }));
    return { state: 'sent', externalId: messageId };
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 500) : 'unknown';
    return isLasting(error) ? { state: 'failed', reason } : { state: 'failed', reason, retryAt: new Date(ctx.clock.now() + 1000) };
  }
}

function mailOf(outbound: Outbound, { mailbox, messageId }: { mailbox: MailboxDoc; messageId: string }) {
  const { message } = outbound;
  const references = outbound.references.map(bracketed);
  const name = [message.author.name, mailbox.name || outbound.companyName].filter(Boolean).join(' · ');
  const signature = mailbox.signature.trim();
  return {
    from: { name, address: mailbox.address }, to: message.to, cc: message.cc, bcc: outbound.bcc, subject: replySubject(message.subject, references.length > 0), messageId: bracketed(messageId),
    text: signature === '' ? message.text : `${message.text}\n\n-- \n${signature}\n`, ...(message.html === null ? {} : { html: message.html }),
    ...(references.length > 0 ? { inReplyTo: references.at(-1) ?? '', references } : {}), headers: { 'X-Trunkline': '1' },
    attachments: message.attachments.map((file) => ({ filename: file.name, contentType: file.type, content: Readable.from(outbound.read(file.id)) })),
  };
}

const bracketed = (id: string): string => `<${id}>`;
const replySubject = (subject: string, isReply: boolean): string => (isReply && !/^re:/i.test(subject) ? `Re: ${subject}` : subject);
