import { z } from 'zod';
import type { MessageInput } from '../../protocol';
import { accountsById } from '../access';
import { badInput, problem, readSetting, type Actor, type BlobInfo, type Ctx } from '../kernel';
import { addMessage, knownLastPlace, type NewMessage } from './add-message';
import { changeTicket } from './change-ticket';
import { removeDraft } from './draft.model';
import { loadLiveTicket } from './load-ticket';
import { Messages, type MessageDoc } from './message.model';
import { manifestOf, ticketPorts } from './ports';
import { suppressedOf } from './suppressed.model';
import { noteTicket, Tickets, type TicketDoc } from './ticket.model';
import { usableFiles } from './usable-files';

/** How long a message can be taken back before it leaves, in seconds, on channels where nobody waits on the line. */
export const sendSettings = z.object({ undoSeconds: z.number().min(0).max(120).default(15) });

/** Writes a reply or a note. The same clientId again answers the first one. Throws replied-meanwhile, unknown-channel, no-recipient, bad-schedule. */
export async function sendMessage(ctx: Ctx, actor: Actor, { ticketId, input }: { ticketId: string; input: MessageInput }): Promise<MessageDoc> {
  const ticket = await loadLiveTicket(ctx, actor, { id: ticketId, ability: input.kind === 'note' ? 'ticket.note' : 'ticket.reply', known: input.seenSeq === undefined });
  if (input.seenSeq !== undefined && Math.max(ticket.lastSeq, knownLastPlace(ticketId)) > input.seenSeq) {
    const again = await Messages.findOne({ companyId: ctx.companyId, ticketId, clientId: input.clientId }).lean<MessageDoc>();
    if (again) return again;
    await refuseUnseen(ctx, actor, { ticketId, seenSeq: input.seenSeq });
  }
  if (input.text.trim() === '' && (input.attachmentIds ?? []).length === 0) throw badInput({ text: 'is empty' });
  if (input.kind === 'note' && input.mentions?.length) await bringIn(ctx, ticket, input.mentions);
  const { message, duplicate } = await addMessage(ctx, actor, { ticket, message: await compose(ctx, actor, { ticket, input }), after: ticket.lastSeq });
  // Of a note as of a reply, and when it is sent again: a file nobody owns is thrown away after a day.
  await ctx.blobs.own(ctx.companyId, message.attachments.map((each) => each.blobId), { kind: 'ticket', id: ticketId });
  // A chat has no drafts of answers, and every look counts there.
  if (input.kind === 'note' || manifestOf(message.channel).pace === 'deferred') await removeDraft(ctx, actor, input.clientId);
  if (input.kind === 'agent' && !duplicate) await afterReply(ctx, actor, { ticket, message });
  return message;
}

// Whom a note speaks to follows the ticket before it is written, so that the note is the first thing they hear of it.
async function bringIn(ctx: Ctx, ticket: TicketDoc, accounts: string[]): Promise<void> {
  const known = new Set([...(await accountsById(ctx, accounts)).keys()]);
  if (accounts.some((each) => !known.has(each))) throw problem('unknown-account');
  await Tickets.updateOne({ companyId: ctx.companyId, _id: ticket._id }, { $addToSet: { followers: { $each: accounts } } });
  noteTicket(ctx.companyId, ticket._id, () => null);
}

async function refuseUnseen(ctx: Ctx, actor: Actor, { ticketId, seenSeq }: { ticketId: string; seenSeq: number }): Promise<void> {
  const unseen = await Messages.findOne({ companyId: ctx.companyId, ticketId, seq: { $gt: seenSeq }, kind: { $in: ['customer', 'agent'] }, authorId: { $ne: actor.id } }).select('seq').lean<{ seq: number }>();
  if (unseen) throw problem('replied-meanwhile', { seq: unseen.seq });
}

async function compose(ctx: Ctx, actor: Actor, { ticket, input }: { ticket: TicketDoc; input: MessageInput }): Promise<NewMessage> {
  const html = input.html === undefined ? null : await ticketPorts().sanitise(input.html);
  const files = await usableFiles(ctx, actor, { ids: input.attachmentIds ?? [], ticketId: ticket._id });
  const attachments = files.map((info) => attachmentOf(info, html));
  const base: NewMessage = { clientId: input.clientId, kind: input.kind, channel: input.channel ?? answerOn(ticket), authorId: actor.id, authorName: actor.name, text: input.text, html, attachments };
  if (input.kind === 'note') return { ...base, ...(input.mentions?.length ? { mentions: input.mentions } : {}) };
  const forward = input.forwardOf === undefined ? {} : { forwardOf: input.forwardOf };
  const manifest = manifestOf(base.channel);
  if (!manifest.composer.reply) throw problem('unknown-channel', { channel: base.channel });
  const to = (input.to ?? [base.channel === 'email' && ticket.answerBy?.kind === 'email' ? ticket.answerBy.value : ticket.customerContact]).filter((each) => each !== '').map((each) => ({ address: each, name: each === ticket.customerContact ? ticket.customerName : '' }));
  if (to.length === 0) throw problem('no-recipient');
  const [dead] = manifest.pace === 'live' ? [] : await suppressedOf(ctx, [...to.map((each) => each.address), ...(input.cc ?? []), ...(input.bcc ?? [])]);
  if (dead) throw problem('address-suppressed', { address: dead });
  const now = ctx.clock.now();
  const whole = { ...base, ...forward, ...(input.quote === undefined ? {} : { quote: input.quote }), subject: input.subject ?? ticket.subject, to, cc: people(input.cc), bcc: people(input.bcc) };
  if (input.sendAt === undefined && ticketPorts().sentWhenStored?.(ticket, base.channel)) return { ...whole, delivery: { state: 'sent', reason: '', at: new Date(now) } };
  return { ...whole, delivery: { state: 'queued', reason: '', at: new Date(now) }, sendAt: new Date(await leavesAt(ctx, input, manifest.pace === 'live')), sendVersion: 1 };
}

// A form is answered by mail, and so is whoever left a mail address on a channel where nobody waits.
function answerOn(ticket: TicketDoc): string {
  if (ticket.answerBy?.kind === 'email') return 'email';
  return manifestOf(ticket.channel).pace === 'deferred' && ticket.customerContact.includes('@') ? 'email' : ticket.channel;
}

const people = (addresses: string[] | undefined) => (addresses ?? []).map((address) => ({ address, name: '' }));

async function leavesAt(ctx: Ctx, input: MessageInput, live: boolean): Promise<number> {
  const now = ctx.clock.now();
  if (input.sendAt !== undefined) {
    const at = Date.parse(input.sendAt);
    if (at < now) throw problem('bad-schedule');
    return at;
  }
  const { undoSeconds } = await readSetting(ctx.companyId, 'sending', sendSettings);
  return live ? now : now + undoSeconds * 1000;
}

// What the text shows stands inside it.
const attachmentOf = (info: BlobInfo, html: string | null): MessageDoc['attachments'][number] =>
  ({ blobId: info._id, name: info.name, type: info.type, size: info.size, inline: (html ?? '').includes(`/files/${info._id}`) });

async function afterReply(ctx: Ctx, actor: Actor, { ticket, message }: { ticket: TicketDoc; message: MessageDoc }): Promise<void> {
  if (message.delivery?.state === 'queued') await schedule(ctx, message);
  const ownerId = ticket.ownerId ?? (actor.kind === 'account' ? actor.id : null);
  await changeTicket(ctx, actor, { ticket, set: { ownerId, ...(ticket.status === 'new' ? { status: 'open' as const } : {}) } });
}

/** Adds the job that sends a message; the sweep adds it again if a crash came between. */
export async function schedule(ctx: Ctx, message: MessageDoc): Promise<void> {
  const job = { companyId: ctx.companyId, channel: message.channel, messageId: message._id, version: message.sendVersion };
  const at = message.sendAt?.getTime() ?? ctx.clock.now();
  await ctx.jobs.add('outbound.send', job, at > ctx.clock.now() ? { at } : undefined);
}
