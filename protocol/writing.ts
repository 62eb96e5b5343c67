import { z } from 'zod';
import { endpoint } from './endpoint';
import { passage } from './knowledge';
import { attachment } from './messages';
import { clientId, count, email, flag, id, line, locale, moment, nothing, partialOf, text } from './fields';

const recipients = (meaning: string) => z.array(email('Address')).max(50).describe(meaning);

/** What a draft holds; everything may be missing. */
export const draftContent = {
  ticketId: id('Ticket; null for a new message').nullable(), kind: z.enum(['agent', 'note']).describe('Reply or note'), mode: z.enum(['new', 'reply', 'reply-all', 'forward']).describe('What it is to become'), text: text(500_000, 'Plain text'), html: text(1_000_000, 'HTML, sanitised').nullable(),
  subject: text(998, 'Subject'), to: recipients('Recipients'), cc: recipients('Copies'), bcc: recipients('Hidden copies'), attachmentIds: z.array(id('Uploaded file')).max(50).describe('Files'), queueId: id('Queue of a new message').nullable(),
  shared: flag('Colleagues who see the ticket may read it'), seenSeq: count('The last message the writer had seen'),
};

/** Something begun and not sent. Its clientId becomes that of the message; sending it removes the draft. */
export const draft = z.object({ clientId, ...draftContent, files: z.array(attachment).describe('What attachmentIds name'), author: z.object({ id: id('Account'), name: z.string().describe('Name') }).describe('Who writes'), mine: flag('The reader writes it'), updatedAt: moment('Last saved') });
export type Draft = z.output<typeof draft>;

/** An answer kept for repeated use, found by its shortcut. `{{customer.name|there}}` is filled in, with what follows | when nothing is known. */
export const cannedAnswer = z.object({
  id: id('Id'), shortcut: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}-]{0,39}$/u).describe('Typed after /'), name: line(100, 'Name'), text: text(50_000, 'Plain text with variables'), html: text(200_000, 'HTML with variables').nullable(),
  queueIds: z.array(id('Queue')).max(50).describe('Offered in these queues; empty: everywhere'), locale: locale('Language it is in').nullable(), own: flag('Only its author sees it'),
});
export type CannedAnswer = z.output<typeof cannedAnswer>;

/** A canned answer that has words of a question. */
export const suggestedAnswer = cannedAnswer.pick({ id: true, shortcut: true, name: true }).extend({ passage: passage.describe('The part that fits best, before variables are filled in') });
export type SuggestedAnswer = z.output<typeof suggestedAnswer>;
const cannedFields = { shortcut: cannedAnswer.shape.shortcut, name: cannedAnswer.shape.name, text: cannedAnswer.shape.text, html: cannedAnswer.shape.html, queueIds: cannedAnswer.shape.queueIds, locale: cannedAnswer.shape.locale, own: cannedAnswer.shape.own };

const automaticText = z.strictObject({ locale: locale('Language'), hours: z.enum(['always', 'open', 'closed']).describe('When it is used: in any case, within or outside the queue\'s hours'), subject: text(300, 'Subject, empty: that of the ticket'), text: text(20_000, 'Text with variables') });

/** How a queue writes. */
export const queueWriting = z.strictObject({
  signature: text(5000, 'Below every answer, with variables; empty: that of the mailbox'), quote: z.enum(['none', 'last', 'all']).describe('What of the exchange goes below an answer'),
  acknowledgements: z.array(automaticText).max(60).describe('Sent when a ticket is opened and the queue acknowledges; the customer\'s language first, then the company\'s, then English'),
  followUps: z.array(automaticText).max(60).describe('Sent once when the customer has not answered in time'), followUpHours: z.int().min(0).max(2160).describe('Hours without an answer before the follow-up; 0: never'),
});
export type QueueWriting = z.output<typeof queueWriting>;

const signature = z.object({ text: text(5000, 'Below everything I write, with variables; empty: none') });

/** What a reply begins with. */
export const composition = z.object({
  from: z.string().describe('Our address it will leave from, empty when there is none'), to: recipients('Recipients'), cc: recipients('Copies'), subject: text(998, 'Subject'), quote: z.object({ text: z.string().describe('Plain text'), html: z.string().nullable().describe('HTML') }).describe('What will go below, empty when nothing does'),
  signature: text(10_000, 'Signature with its variables filled in'), attachmentIds: z.array(id('File')).describe('Files that go along when forwarding'), seenSeq: count('The last message there is: send it back as seenSeq'),
});
export type Composition = z.output<typeof composition>;

const byId = z.strictObject({ id: id('Which') });
const byClientId = z.strictObject({ clientId });

/** Endpoints of drafts, canned answers, signatures, how queues write, and how a reply begins. */
export const writingEndpoints = {
  compose: endpoint({ name: 'composition.read', method: 'GET', path: '/tickets/:id/composition', summary: 'Recipients, subject, quotation and signature to begin a reply with', audience: 'account', params: byId,
    query: z.strictObject({ mode: z.enum(['reply', 'reply-all', 'forward']).default('reply').describe('What to begin'), messageId: id('The message answered or forwarded, else the last one').exactOptional() }), response: composition }),
  drafts: endpoint({ name: 'draft.list', method: 'GET', path: '/drafts', summary: 'My drafts, and those shared with me on a ticket', audience: 'account', query: z.strictObject({ ticketId: id('Only of this ticket').exactOptional() }), response: z.object({ rows: z.array(draft) }) }),
  putDraft: endpoint({ name: 'draft.put', method: 'PUT', path: '/drafts/:clientId', summary: 'Save a draft', audience: 'account', params: byClientId, body: partialOf(draftContent), response: draft }),
  removeDraft: endpoint({ name: 'draft.remove', method: 'DELETE', path: '/drafts/:clientId', summary: 'Throw a draft away', audience: 'account', params: byClientId, response: nothing }),
  canned: endpoint({ name: 'canned-answer.list', method: 'GET', path: '/canned-answers', summary: 'Canned answers, by shortcut', audience: 'account', query: z.strictObject({ queueId: id('Those offered in this queue').exactOptional() }), response: z.object({ rows: z.array(cannedAnswer) }) }),
  addCanned: endpoint({ name: 'canned-answer.add', method: 'POST', path: '/canned-answers', summary: 'Add a canned answer; one for everybody needs queue.manage', audience: 'account', body: z.strictObject(cannedFields), response: cannedAnswer }),
  changeCanned: endpoint({ name: 'canned-answer.change', method: 'PATCH', path: '/canned-answers/:id', summary: 'Change a canned answer', audience: 'account', params: byId, body: partialOf(cannedFields), response: cannedAnswer }),
  removeCanned: endpoint({ name: 'canned-answer.remove', method: 'DELETE', path: '/canned-answers/:id', summary: 'Remove a canned answer', audience: 'account', params: byId, response: nothing }),
  suggestCanned: endpoint({ name: 'canned-answer.suggest', method: 'GET', path: '/tickets/:id/canned-answers', summary: 'Canned answers with words of a question, best first; offered in the queue of the ticket', audience: 'account', params: byId,
    query: z.strictObject({ q: text(2000, 'The question, or what somebody types') }), response: z.object({ rows: z.array(suggestedAnswer) }) }),
  fillCanned: endpoint({ name: 'canned-answer.fill', method: 'GET', path: '/tickets/:id/canned-answers/:cannedId', summary: 'A canned answer with its variables filled in for a ticket', audience: 'account', params: z.strictObject({ id: id('Ticket'), cannedId: id('Canned answer') }),
    response: z.object({ text: z.string().describe('Plain text'), html: z.string().nullable().describe('HTML'), unknown: z.array(z.string()).describe('Variables that nothing is known for and that have no fallback') }) }),
  signature: endpoint({ name: 'signature.read', method: 'GET', path: '/me/signature', summary: 'My signature', audience: 'account', response: signature }),
  putSignature: endpoint({ name: 'signature.put', method: 'PUT', path: '/me/signature', summary: 'Change my signature', audience: 'account', body: z.strictObject(signature.shape), response: signature }),
  queueWriting: endpoint({ name: 'queue-writing.read', method: 'GET', path: '/queues/:id/writing', summary: 'How a queue writes: signature, quotation, automatic texts', audience: 'account', params: byId, response: queueWriting }),
  putQueueWriting: endpoint({ name: 'queue-writing.put', method: 'PUT', path: '/queues/:id/writing', summary: 'Change how a queue writes', audience: 'account', params: byId, body: partialOf(queueWriting.shape), response: queueWriting }),
};
