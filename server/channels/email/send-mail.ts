import { Readable } from 'node:stream';
import type { SendMailOptions } from 'nodemailer';
import { escapeHtml, type Ctx } from '../../kernel';
import type { ChannelHost, Outbound, Refused, Sent } from '../channel';
import { forgetToken } from './access-token';
import { dkimKeyOf } from './change-mailbox';
import { senderFor, type MailboxDoc } from './mailbox.model';
import { detailOf, messageIdOf } from './thread-token';
import { isLasting, isRefusedLogIn, transportOf } from './transport';
import { through } from './way-out';

const mostReferences = 20;

/** Sends a message as mail into the customer's thread. */
export async function sendMail(host: ChannelHost, outbound: Outbound): Promise<Sent> {
  const { ctx } = host;
  const mailbox = await senderFor(ctx.companyId, outbound.ticket.queueId);
  if (!mailbox) return { state: 'failed', reason: 'no-mailbox' };
  const messageId = messageIdOf(ctx.secrets, { messageId: outbound.message.id, ticketId: outbound.ticket.id }, ctx.config.mailDomain);
  try {
    const way = await through(mailbox.smtp ? mailbox._id : 'installation', async () => (await transportOf(ctx, mailbox)).sendMail(mailOf(ctx, outbound, { mailbox, messageId })));
    return 'sent' in way ? { state: 'sent', externalId: messageId, ...refusedBy(way.sent) } : { state: 'waiting', until: new Date(ctx.clock.now() + way.putOffMs) };
  } catch (error) {
    if (isRefusedLogIn(error)) forgetToken(mailbox._id);
    const { refused } = refusedBy(error);
    // Some of them may take it later: whoever never will is not asked again.
    if (refused && new Set(refused.map((each) => each.lasting)).size > 1) return { state: 'sent', externalId: messageId, refused };
    const reason = String((error as { message?: unknown } | null)?.message ?? error).slice(0, 500);
    return isLasting(error) ? { state: 'failed', reason } : { state: 'failed', reason, retryAt: new Date(ctx.clock.now() + 1000) };
  }
}

/** Whom a server refused of those a mail was for; nothing when none. */
function refusedBy(info: unknown): { refused?: Refused[] } {
  const errors = (info as { rejectedErrors?: { recipient?: string; message: string; response?: string }[] } | null)?.rejectedErrors ?? [];
  const refused = errors.map((each) => ({ address: each.recipient ?? '', reason: (each.response ?? each.message).slice(0, 300), lasting: isLasting(each) }));
  return refused.length === 0 ? {} : { refused };
}

function mailOf(ctx: Ctx, outbound: Outbound, { mailbox, messageId }: { mailbox: MailboxDoc; messageId: string }): SendMailOptions {
  const { message } = outbound;
  const references = outbound.references.slice(-mostReferences).map(bracketed);
  const name = [message.automatic ? '' : message.author.name, mailbox.name || outbound.companyName].filter(Boolean).join(' · ');
  const dkim = dkimKeyOf(ctx.secrets, mailbox);
  const own = mailbox.plusAddress ?? true ? { replyTo: { name, address: plusAddress(mailbox.address, detailOf(ctx.secrets, outbound.ticket.id)) } } : {};
  return {
    from: { name, address: mailbox.address }, to: message.to, cc: message.cc, bcc: outbound.bcc, ...own, subject: replySubject(message.subject, references.length > 0), messageId: bracketed(messageId), ...bodyOf(outbound, mailbox),
    ...(references.length > 0 ? { inReplyTo: references.at(-1) ?? '', references } : {}), headers: { 'X-Trunkline': '1', ...(message.automatic ? { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All', 'X-Loop': mailbox.address, Precedence: 'auto_reply' } : {}), ...unsubscribeHeaders(outbound.unsubscribeUrl) },
    // RFC 3834: nobody can answer what a machine wrote but by writing to us anew.
    ...(message.automatic || outbound.only ? { envelope: { from: message.automatic ? '' : mailbox.address, to: outbound.only ?? message.to.map((each) => each.address) } } : {}), ...(dkim ? { dkim: { ...dkim, headerFieldNames: signedFields } } : {}),
    attachments: message.attachments.map((file) => ({ filename: file.name, contentType: file.type, content: Readable.from(outbound.read(file.id)), ...(file.inline ? { cid: cidOf(file.id), contentDisposition: 'inline' as const } : {}) })),
  };
}

// RFC 8058: one click works over https only, and both fields must be covered by the signature.
const unsubscribeHeaders = (url: string | undefined): Record<string, { prepared: true; value: string } | string> => (url ? { 'List-Unsubscribe': { prepared: true, value: `<${url}>` }, ...(url.startsWith('https:') ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}) } : {});
const signedFields = 'From:Sender:Reply-To:Subject:Date:Message-ID:To:Cc:MIME-Version:Content-Type:Content-Transfer-Encoding:In-Reply-To:References:Auto-Submitted:List-Unsubscribe:List-Unsubscribe-Post';

function bodyOf({ message, below }: Outbound, mailbox: MailboxDoc): { text: string; html?: string } {
  const signature = below.signature.trim() || (message.automatic ? '' : mailbox.signature.trim());
  const text = [message.text, ...(signature === '' ? [] : [`-- \n${signature}\n`]), ...(below.quote.text === '' ? [] : [below.quote.text])].join('\n\n');
  if (message.html === null) return { text };
  const quote = below.quote.html ?? (below.quote.text === '' ? '' : `<blockquote>${lines(below.quote.text)}</blockquote>`);
  return { text, html: `${withCids(message)}${signature === '' ? '' : `<p>-- <br>${lines(signature)}</p>`}${quote}` };
}

const lines = (text: string): string => escapeHtml(text).replace(/\r?\n/g, '<br>');
const cidOf = (id: string): string => `${id}@trunkline`;
// Pictures inside the text stand there by the address of the upload; in the mail they are parts of it.
const withCids = (message: Outbound['message']): string => message.attachments.filter((file) => file.inline).reduce((html, file) => html.replaceAll(`/files/${file.id}`, `cid:${cidOf(file.id)}`), message.html ?? '');
const plusAddress = (address: string, detail: string): string => address.replace('@', `+${detail}@`);
const bracketed = (id: string): string => `<${id}>`;
const replySubject = (subject: string, isReply: boolean): string => (isReply && !/^(re|aw|sv|antw|fwd?|wg|tr):/i.test(subject) ? `Re: ${subject}` : subject);
