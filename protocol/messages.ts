import { z } from 'zod';
import { clientId, count, email, flag, id, line, moment, text } from './fields';

/** A file that belongs to a message. */
export const attachment = z.object({
  id: id('Attachment id'),
  name: line(255, 'File name'),
  type: line(120, 'Media type found from the content'),
  size: count('Bytes'),
  inline: flag('Shown inside the text rather than below it'),
  url: z.string().describe('Where to fetch it; always served as a download'),
});
export type Attachment = z.output<typeof attachment>;

/** How far an outgoing message has come. */
export const delivery = z.object({
  state: z.enum(['queued', 'sent', 'delayed', 'delivered', 'read', 'failed', 'bounced']).describe('Where it is'),
  reason: text(1000, 'Why it failed or waits, in words; empty otherwise'),
  at: moment('When this state was reached'),
  missed: z.array(z.string()).exactOptional().describe('Addresses it did not reach, where it reached others'),
});
export type Delivery = z.output<typeof delivery>;

/** What is known about where a mail really came from. Absent for what is no mail. */
export const mailTrust = z.object({
  verdict: z.enum(['verified', 'unknown', 'forged', 'spam']).describe('verified: the domain vouches for it; unknown: nobody does; forged: the domain says it is not theirs; spam: looks like advertising or fraud'),
  spf: z.string().describe('pass, fail, softfail, neutral, none, temperror, permerror'), dkim: z.string().describe('pass, fail, none'), dmarc: z.string().describe('pass, fail, none'),
  score: z.number().describe('Signs of spam, 0 none; 5 and more is spam'), signs: z.array(z.string()).describe('Codes of the signs found'),
});
export type MailTrust = z.output<typeof mailTrust>;

const person = z.object({ address: z.string().max(254).describe('Mail address or phone number'), name: z.string().max(200).describe('Name, may be empty') });

/** Which way a call went. */
export const callDirection = z.enum(['in', 'out']).describe('in: the customer called; out: we called');
/** How a call ended. */
export const callOutcome = z.enum(['answered', 'missed', 'voicemail', 'busy', 'failed']).describe('How it ended');

/** One entry of a ticket's timeline. */
export const message = z.object({
  id: id('Message id'),
  ticketId: id('Ticket'),
  seq: count('Place in the ticket, from 1'),
  clientId: z.string().describe('Chosen by whoever made it; unique per ticket'),
  kind: z.enum(['customer', 'agent', 'note', 'call', 'system']).describe('customer: from outside; agent: to the customer; note: for colleagues only; call: a call record; system: something Trunkline did'),
  channel: z.string().describe('Channel id'),
  author: z.object({ id: z.string().nullable().describe('Account or customer id'), name: z.string().describe('Name to show') }).describe('Who wrote it'),
  subject: text(998, 'Subject line, empty when the channel has none'),
  text: text(1_000_000, 'Plain text'),
  html: z.string().nullable().describe('Sanitised HTML, null when there is only text'),
  replyText: z.string().nullable().describe('What was newly written, quotes removed; null when the same as text'),
  to: z.array(person).describe('Recipients'),
  cc: z.array(person).describe('Copies'),
  attachments: z.array(attachment),
  call: z.object({ direction: callDirection, from: z.string().describe('Number that called'), to: z.string().describe('Number called'), seconds: count('Talk time in seconds'), outcome: callOutcome, recordingUrl: z.string().nullable().describe('Where the recording is') })
    .nullable().describe('Call details when kind is call'),
  system: z.object({ code: z.string().describe('What happened'), params: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).describe('Parts of the sentence') }).nullable().describe('What happened, when kind is system; the reader\'s language is made of code and params'),
  automatic: flag('Written by a machine: vacation note, bounce, acknowledgement'),
  delivery: delivery.nullable(),
  leavesAt: moment('When it leaves or is tried again; null when it has left, failed or is no outgoing message').nullable().exactOptional(),
  bcc: z.array(person).exactOptional().describe('Hidden copies, for agents only'),
  forwardOf: id('Message that went below: a forward').exactOptional(),
  trust: mailTrust.exactOptional(),
  original: flag('The mail as it came can be fetched').exactOptional(),
  at: moment('When it was written'),
  receivedAt: moment('When Trunkline stored it'),
});
export type Message = z.output<typeof message>;

/** What an agent sends or notes. */
export const messageInput = z.strictObject({
  clientId,
  kind: z.enum(['agent', 'note']).describe('agent: a reply to the customer; note: for colleagues only'),
  text: text(500_000, 'Plain text; made from html when left empty'),
  html: text(1_000_000, 'HTML; sanitised on arrival').exactOptional(),
  subject: text(998, 'Subject, else that of the ticket').exactOptional(),
  to: z.array(email('Recipient')).max(50).exactOptional(),
  cc: z.array(email('Copy')).max(50).exactOptional(),
  bcc: z.array(email('Hidden copy')).max(50).exactOptional(),
  attachmentIds: z.array(id('Uploaded attachment')).max(50).exactOptional(),
  channel: z.string().max(40).exactOptional().describe('Channel to answer on, else the one the customer used last'),
  seenSeq: count('The last message the writer had seen; a newer one from somebody else is refused as replied-meanwhile').exactOptional(),
  sendAt: moment('Send later, at this moment').exactOptional(),
  forwardOf: id('Message whose text and files go below: a forward').exactOptional(),
  quote: flag('Put the exchange below, else as the queue is set').exactOptional(),
  mentions: z.array(id('Account')).max(20).exactOptional().describe('Colleagues a note speaks to; they follow the ticket from then on'),
});
export type MessageInput = z.output<typeof messageInput>;
