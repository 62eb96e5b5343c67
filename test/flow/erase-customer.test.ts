// A customer is erased while work of theirs waits: what tells of them is nowhere any more, what is counted and what others wrote stays.
import mongoose from 'mongoose';
import type { Customer, Message, Ticket } from '../../protocol';
import { listAudit } from '../../server/access/audit.model';
import { Erasures } from '../../server/customers/erasure.model';
import { acceptIntake, Messages, pendingIntake, receiveMessage, Tickets, type InboundMessage, type TicketDoc } from '../../server/tickets';
import { Interactions, liveInteraction } from '../../server/workforce';
import { refusal } from '../access/house';
import { openDeskHouse, type Agent, type DeskHouse } from './desk-house';

let desk: DeskHouse;
let ann: Agent;
let letters = 0;
beforeAll(async () => {
  desk = await openDeskHouse();
  ann = await desk.agent();
}, 60_000);
afterAll(() => desk.house.stop());

const traces = ['quintana', 'zanzibar', 'okapi', '351910000777'];
const quintana = { kind: 'email' as const, value: 'ines@quintana.example', name: 'Inês Quintana', verified: true };
const somebody = { kind: 'email' as const, value: 'somebody@else.example', name: 'Some Body', verified: true };

/** A letter as a channel brings it, with its original and a file. */
async function letter(from: typeof quintana, given: Partial<InboundMessage> & { subject: string; text: string }): Promise<string> {
  const { ctx } = desk;
  const sourceId = `sha-${(letters += 1)}`;
  const original = Buffer.from(`From: ${from.value}\n\n${given.text}`);
  await acceptIntake(ctx, 'email', { sourceId, content: original, type: 'message/rfc822' });
  const { _id: originalId } = await mongoose.connection.db?.collection<{ _id: string }>('intakes').findOne({ sourceId }) ?? { _id: '' };
  expect(await pendingIntake(ctx, originalId)).not.toBeNull();
  const file = await ctx.blobs.put({ companyId: ctx.companyId, owner: { kind: 'pending', id: 'email' }, name: `${given.text}.txt`, type: 'text/plain', content: original });
  const received = await receiveMessage(ctx, {
    channel: 'email', sourceId, kind: 'message', from, to: [], cc: [], html: `<p>${given.text}</p>`, replyText: null, attachments: [{ blobId: file._id, inline: false }], call: null, at: new Date(), locale: null, thread: { references: [], forwarded: false, ownId: `<${sourceId}@${from.value}>` },
    automatic: false, bounce: null, spam: false, queue: null, handledBy: null, attributes: { about: given.subject }, clientId: null, rawBlobId: null, originalId, ...given,
  });
  await ctx.relay.settle();
  return received.ticketId ?? '';
}

/** Names of the documents in which one of the words stands, bytes of files included. */
async function where(words: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const { name } of await mongoose.connection.db?.listCollections().toArray() ?? []) {
    for (const doc of await mongoose.connection.db?.collection<{ _id: unknown; data?: unknown; content?: unknown }>(name).find({}).toArray() ?? []) {
      const bytes = [doc.data, doc.content].flatMap((value) => (value && typeof value === 'object' && 'buffer' in value ? [Buffer.from(value.buffer as Uint8Array).toString()] : []));
      const text = [JSON.stringify(doc), ...bytes].join('\n').toLowerCase();
      found.push(...words.filter((word) => text.includes(word)).map((word) => `${name}: ${word} in ${text.slice(0, 300)}`));
    }
  }
  return found;
}

const erase = (body: { name: string }, id: string): Promise<Customer> => desk.call<Customer>(desk.house.system, 'customer.erase', { params: { id }, body });
const job = async (customerId: string): Promise<void> => {
  const run = desk.mounts.find((mount) => mount.jobs?.['customer.erase'])?.jobs?.['customer.erase'];
  await run?.(desk.ctx, { companyId: desk.ctx.companyId, customerId, version: 1 }, { id: 'x', attempt: 1, last: false });
  await desk.ctx.relay.settle();
};

/** What Quintana has with the company: a letter in Ann's hands, answered; one that waits; a word in somebody else's matter. */
async function furnish(): Promise<{ handled: string; waits: string; others: string; customerId: string }> {
  const handled = await letter(quintana, { subject: 'Okapi broken', text: 'My okapi from Zanzibar' });
  expect(await desk.accept(ann)).toBe(handled);
  await desk.call(ann.actor, 'message.send', { params: { id: handled }, body: { clientId: 'answer-by-ann', kind: 'agent', text: 'Dear Quintana, your okapi' } });
  await desk.call(ann.actor, 'message.send', { params: { id: handled }, body: { clientId: 'note-by-ann', kind: 'note', text: 'Quintana called from +351910000777' } });
  await desk.call(ann.actor, 'ticket.change', { params: { id: handled }, body: { subject: 'The okapi of Quintana' } });
  await desk.call(ann.actor, 'draft.put', { params: { clientId: 'draft-by-ann' }, body: { ticketId: handled, text: 'More about the okapi' } });
  await letter(somebody, { subject: 'Re', text: 'I, somebody else, agree', replyText: 'I, somebody else, agree', html: '<p>I agree</p><blockquote>Quintana wrote: okapi</blockquote>', thread: { references: [], forwarded: false, ticketId: handled } });
  const waits = await letter(quintana, { subject: 'Second okapi', text: 'Another okapi' });
  const others = await letter(somebody, { subject: 'Matter of somebody', text: 'Mine alone', cc: [{ address: quintana.value, name: quintana.name }], to: [{ address: quintana.value, name: '' }] });
  await letter(quintana, { subject: 'Re: Matter of somebody', text: 'I know an okapi too', thread: { references: [], forwarded: false, ticketId: others } });
  const { customerId } = (await Tickets.findOne({ _id: handled, companyId: desk.ctx.companyId }).lean<TicketDoc>())!;
  return { handled, waits, others, customerId };
}

it('takes out everything that tells of them, in files, events and others\' matters too; a crash on the way loses nothing', async () => {
  const { handled, waits, others, customerId } = await furnish();
  expect((await where(traces)).length).toBeGreaterThan(15);
  expect(await refusal(erase({ name: 'Ines' }, customerId))).toBe('name-differs');
  const entries = (await listAudit(desk.ctx, { limit: 50 })).rows.length;
  expect(await erase({ name: quintana.name }, customerId)).toMatchObject({ name: '', contactPoints: [], erasure: { done: 0, finishedAt: null } });
  // A process that dies after its first steps.
  await mongoose.connection.db?.collection<{ _id: string }>('tickets').updateOne({ _id: waits }, { $set: { erasedAt: new Date(), subject: '' } });
  await job(customerId);
  expect(await where(traces)).toEqual([]);
  expect(await Erasures.findOne({ companyId: desk.ctx.companyId, customerId }).lean()).toMatchObject({ done: 2, total: 2, names: [], addresses: [], finishedAt: expect.any(Date) });
  expect(await liveInteraction(desk.ctx.companyId, waits)).toBeNull();
  const [ticket, other] = await Promise.all([handled, others].map((id) => desk.call<Ticket>(desk.house.system, 'ticket.read', { params: { id } })));
  expect(ticket).toMatchObject({ subject: '', status: 'closed', customer: { id: customerId, name: '', address: '' } });
  expect(other).toMatchObject({ subject: 'Matter of somebody', status: 'new', customer: { name: 'Some Body' }, preview: '' });
  expect(await Interactions.findOne({ companyId: desk.ctx.companyId, ticketId: handled, agentId: ann.id }).lean()).toMatchObject({ how: 'handled', acceptedAt: expect.any(Date), endedAt: expect.any(Date) });
  const rows = await Messages.find({ companyId: desk.ctx.companyId, ticketId: handled }).sort({ seq: 1 }).lean<Message[]>();
  expect(rows.filter((row) => row.kind === 'agent' || row.kind === 'note').map((row) => row.text)).toEqual(['', '']);
  expect(JSON.stringify(rows)).toContain('I, somebody else, agree');
  expect(await Tickets.findOne({ companyId: desk.ctx.companyId, _id: others, terms: 'mine' }).lean()).not.toBeNull();
  await again(customerId, { handled, entries });
});

/** Asking again has no effect, and whoever writes again is somebody new, in a matter of their own. */
async function again(customerId: string, { handled, entries }: { handled: string; entries: number }): Promise<void> {
  const { version } = (await Erasures.findOne({ companyId: desk.ctx.companyId, customerId }).lean())!;
  expect(await erase({ name: quintana.name }, customerId)).toMatchObject({ erasure: { done: 2, total: 2, finishedAt: expect.any(String) } });
  await job(customerId);
  expect(await Erasures.findOne({ companyId: desk.ctx.companyId, customerId }).lean()).toMatchObject({ version });
  const audit = (await listAudit(desk.ctx, { limit: 50 })).rows;
  expect(audit.length).toBe(entries + 1);
  expect(audit[0]).toMatchObject({ action: 'customer.erased', subject: { id: customerId, name: '' } });
  const fresh = await letter(quintana, { subject: 'New', text: 'Something new', thread: { references: ['<sha-1@ines@quintana.example>'], forwarded: false, ticketId: handled } });
  expect(fresh).not.toBe(handled);
  expect((await desk.call<Ticket>(desk.house.system, 'ticket.read', { params: { id: fresh } })).customer.id).not.toBe(customerId);
}
