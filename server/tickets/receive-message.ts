import { createHash } from 'node:crypto';
import { identifySender, isBlocked, type CustomerDoc } from '../customers';
import { accountByEmail } from '../access';
import { gathering, type Actor, type Ctx } from '../kernel';
import { liveInteraction, queueById, queueByName, queuesOf } from '../workforce';
import { acknowledge } from './acknowledge';
import { addMessage, type NewMessage } from './add-message';
import { changeTicket } from './change-ticket';
import type { InboundMessage, Received } from './inbound';
import { matchTicket, relatedTicket } from './match-ticket';
import { linkTickets } from './merge-tickets';
import type { MessageDoc } from './message.model';
import { noteBounce } from './note-bounce';
import { newTicket, subjectOf } from './new-ticket';
import { manifestOf } from './ports';
import { putToWork } from './put-to-work';
import { answerOtherwiseIfWaiting } from './routing/answer-otherwise';
import { reachIn } from './routing/reach-otherwise';
import { factsOf, routeNew } from './routing/route-new';
import { sortInbound, withSorting } from './sort-ticket';
import { knownTicket, ticketById, Tickets, type TicketDoc } from './ticket.model';

type Customer = CustomerDoc;

interface Place {
  ticket: TicketDoc;
  /** Opened by this very message: nothing else can have happened on it. */
  isNew: boolean;
}

/** Makes of what came in a message on a ticket, new or known, and lets it wait for an agent where somebody must act. Repeating it has no effect. */
export async function receiveMessage(ctx: Ctx, inbound: InboundMessage): Promise<Received> {
  const gathered = gathering(manifestOf(inbound.channel).pace === 'deferred' ? { ...ctx, patient: true } : ctx);
  try {
    return await take(gathered.ctx, inbound, gathered.release);
  } finally {
    await gathered.release();
  }
}

async function take(ctx: Ctx, inbound: InboundMessage, release: () => Promise<void>): Promise<Received> {
  const nothing: Received = { duplicate: false, ticketId: null, messageId: null, seq: null };
  if (inbound.bounce && ((await isBlocked(ctx, inbound.from.kind, inbound.from.value)) || (await noteBounce(ctx, inbound)))) return nothing;
  const channel: Actor = { kind: 'system', id: null, name: inbound.channel };
  const customer = await identifySender(ctx, channel, { kind: inbound.from.kind, value: inbound.from.value, name: inbound.from.name, verified: inbound.from.verified, locale: inbound.locale });
  if (!customer) return nothing;
  const actor: Actor = { kind: 'customer', id: customer._id, name: customer.name, visitorId: inbound.from.value, verified: inbound.from.verified };
  const message = messageOf(inbound, customer);
  const handlerId = inbound.handledBy ? ((await accountByEmail(ctx, inbound.handledBy))?.id ?? null) : null;
  const [place, attachments] = await Promise.all([ticketFor(ctx, actor, { inbound, customer, message, handlerId }), attachmentsOf(ctx, inbound)]);
  const { ticket, isNew } = place;
  const added = await addMessage(ctx, actor, { ticket, message: { ...message, attachments }, after: isNew ? 0 : ticket.lastSeq, summarised: isNew, ...(handlerId ? { handlerId } : {}) });
  // Whoever talks already hears it at once; who sent it waits for the disk only.
  if (!isNew) void release();
  await own(ctx, inbound, ticket._id);
  await actOn(ctx, actor, { inbound, ...place });
  if (isNew && !inbound.automatic && !inbound.unanswerable && !ticket.spam && inbound.kind === 'message' && manifestOf(inbound.channel).pace === 'deferred') await acknowledge(ctx, ticket, inbound.locale ?? customer.locale);
  return { duplicate: added.duplicate, ticketId: ticket._id, messageId: added.message._id, seq: added.message.seq };
}

async function ticketFor(ctx: Ctx, actor: Actor, { inbound, customer, message, handlerId }: { inbound: InboundMessage; customer: Customer; message: NewMessage; handlerId: string | null }): Promise<Place> {
  const manifest = manifestOf(inbound.channel);
  const match = await matchTicket(ctx, inbound, { customerId: customer._id, live: manifest.pace === 'live' && inbound.kind === 'message' });
  if (match && !match.ticket.trashedAt) return { ticket: await welcome(ctx, { ticket: match.ticket, inbound, customer }), isNew: false };
  const queueId = await queueFor(ctx, inbound);
  const related = await relatedTicket(ctx, inbound, customer._id);
  const plain = factsOf(inbound, customer);
  const sorting = await sortInbound(ctx, inbound, plain);
  const opened = await newTicket(ctx, actor, {
    sourceKey: `${inbound.channel}:${inbound.sourceId}`, subject: subjectOf(inbound.channel, inbound.subject, inbound.text), channel: inbound.channel, queueId, routed: await routeNew(ctx, withSorting(plain, sorting), queueId), ...(sorting ? { sorting } : {}), ownerId: handlerId,
    customer: { id: customer._id, name: customer.name, address: inbound.from.value }, participants: inbound.cc.slice(0, 50), spam: inbound.spam, attributes: inbound.attributes,
    opening: { kind: message.kind, channel: message.channel, text: inbound.text, replyText: inbound.replyText, authorName: message.authorName ?? '', automatic: inbound.automatic },
  });
  if (related && opened.isNew) await linkTickets(ctx, { id: opened.ticket._id, otherId: related.ticket._id, kind: related.kind });
  return opened;
}

// A new sender joins the exchange; the customer stays who they were.
async function welcome(ctx: Ctx, { ticket, inbound, customer }: { ticket: TicketDoc; inbound: InboundMessage; customer: Customer }): Promise<TicketDoc> {
  const known = ticket.customerId === customer._id || ticket.participants.some((each) => each.address === inbound.from.value);
  if (!known) await Tickets.updateOne({ companyId: ctx.companyId, _id: ticket._id }, { $addToSet: { participants: { address: inbound.from.value, name: inbound.from.name } } });
  return ticket;
}

async function queueFor(ctx: Ctx, inbound: InboundMessage): Promise<string> {
  const named = inbound.queue ? ((await queueById(ctx.companyId, inbound.queue)) ?? (await queueByName(ctx.companyId, inbound.queue))) : null;
  if (named) return named._id;
  const [first] = await queuesOf(ctx.companyId);
  if (!first) throw new Error('The company has no queue');
  return first._id;
}

const clientIdOf = (inbound: InboundMessage): string => inbound.clientId ?? createHash('sha256').update(`${inbound.channel}\n${inbound.sourceId}`).digest('base64url').slice(0, 32);

function messageOf(inbound: InboundMessage, customer: Customer): NewMessage {
  const { thread } = inbound;
  const refs = [...new Set([...(thread.ownId ? [thread.ownId] : []), ...thread.references])].slice(0, 50);
  return {
    clientId: clientIdOf(inbound), kind: inbound.kind === 'call' ? 'call' : 'customer', channel: inbound.channel, authorId: customer._id, authorName: inbound.from.name || customer.name || inbound.from.value, subject: inbound.subject.slice(0, 998),
    text: inbound.text, html: inbound.html, replyText: inbound.replyText, to: inbound.to, cc: inbound.cc, call: inbound.call, automatic: inbound.automatic, refs, externalId: thread.ownId ?? null, rawBlobId: inbound.rawBlobId, at: inbound.at,
    from: inbound.from.value, ...(inbound.trust ? { trust: inbound.trust } : {}), ...(inbound.originalId ? { originalId: inbound.originalId } : {}),
  };
}

async function attachmentsOf(ctx: Ctx, inbound: InboundMessage): Promise<MessageDoc['attachments']> {
  const infos = await Promise.all(inbound.attachments.map(async ({ blobId, inline }) => ({ inline, info: await ctx.blobs.info(ctx.companyId, blobId) })));
  return infos.flatMap(({ inline, info }) => (info ? [{ blobId: info._id, name: info.name, type: info.type, size: info.size, inline }] : []));
}

// Attachments were stored before the message existed; now they have an owner and cannot expire any more.
async function own(ctx: Ctx, inbound: InboundMessage, ticketId: string): Promise<void> {
  const ids = [...inbound.attachments.map((each) => each.blobId), ...(inbound.rawBlobId ? [inbound.rawBlobId] : [])];
  await ctx.blobs.own(ctx.companyId, ids, { kind: 'ticket', id: ticketId });
}

async function actOn(ctx: Ctx, actor: Actor, { inbound, ticket, isNew }: Place & { inbound: InboundMessage }): Promise<void> {
  if (inbound.automatic || inbound.spam || ticket.spam) return;
  const finished = inbound.kind === 'call' && (inbound.call?.outcome === 'answered' || inbound.call?.direction === 'out');
  if (finished) return;
  // The work is looked at after the message is stored: who ended it meanwhile did not know of it, and it waits anew.
  const live = isNew ? null : await liveInteraction(ctx.companyId, ticket._id, { patient: ctx.patient ?? false });
  const current = isNew ? ticket : ((await (live ? knownTicket : ticketById)(ctx.companyId, ticket._id)) ?? ticket);
  const otherwise = current.ask ? reachIn(current.ask, inbound.text) : null;
  if (live && otherwise && (await answerOtherwiseIfWaiting(ctx, actor, { ticket: current, otherwise }))) return;
  // Who asked to be called at a moment is called then, whatever else they write.
  if (current.snooze?.kind === 'callback') return;
  const ended = ['solved', 'closed'].includes(current.status) ? { answerBy: null, ask: null } : {};
  const open = await changeTicket(ctx, actor, { ticket: current, set: { ...(['pending', 'solved', 'on-hold', 'closed'].includes(current.status) ? { status: 'open' as const, ...ended } : {}), snooze: null } });
  if (!live) await putToWork(ctx, actor, { ticket: open, channel: inbound.channel, attributes: inbound.attributes });
}
