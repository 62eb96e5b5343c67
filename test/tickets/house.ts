// Tickets, workforce and service levels over a real Redis and a real store, with a clock that stands still: no workers run, so that a test calls timers and sweeps itself.
import mongoose from 'mongoose';
import { connect, createProducer } from '../../queues';
import { createAccount, ensureCompany } from '../../server/access';
import { mountAll } from '../../server/app/domains';
import { findChannels } from '../../server/channels/registry';
import { connectStore, contextOf, createLimits, createLogger, createRelay, loadConfig, newId, newSecret, storeBlobs, system, type Actor, type Ctx, type Services } from '../../server/kernel';
import { receiveMessage, ticketById, type InboundMessage, type TicketDoc } from '../../server/tickets';
import { addQueue, changeAgent, enrolAgent, forgetRooms, Interactions, setAgentState, type InteractionDoc, type QueueDoc } from '../../server/workforce';
import { startTestRedis } from '../support/redis';
import { startTestStore } from '../support/store';

export interface Floor {
  services: Services;
  ctx: Ctx;
  boss: Actor;
  now(): number;
  pass(milliseconds: number): void;
  setClock(moment: string): void;
  sweep(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts everything; once per test file. */
export async function openFloor(start = '2026-03-02T09:00:00Z'): Promise<Floor> {
  const [store, redisServer] = await Promise.all([startTestStore(), startTestRedis()]);
  await connectStore(store.url);
  const redis = connect(redisServer.url);
  const jobs = createProducer(redis, 'test');
  const log = createLogger('silent');
  const relay = createRelay({ redis, jobs, log });
  let now = Date.parse(start);
  const config = loadConfig({ PUBLIC_URL: 'https://help.example.com' });
  const services: Services = { config, log, clock: { now: () => now }, redis, jobs, relay, blobs: storeBlobs, limits: createLimits(redis), secrets: { signing: newSecret() }, publicUrl: 'https://help.example.com' };
  const { mounts, subscribers } = mountAll(services, findChannels());
  relay.open({ subscribers, contextOf: (companyId) => contextOf(services, companyId) });
  const { company } = await ensureCompany(services, { name: 'Acme', locale: 'en', timeZone: 'Europe/Lisbon' });
  return {
    services, ctx: contextOf(services, company._id), boss: system('test'), now: () => now, pass: (milliseconds) => { now += milliseconds; }, setClock: (moment) => { now = Date.parse(moment); },
    sweep: async (name) => { await mounts.flatMap((mount) => mount.sweeps ?? []).find((each) => each.name === name)?.run(services); },
    async stop() {
      await relay.settle();
      forgetRooms();
      await jobs.close();
      await mongoose.disconnect();
      redis.disconnect();
      await Promise.all([store.stop(), redisServer.stop()]);
    },
  };
}

let made = 0;

/** A queue with settings of its own. */
export function queueOn(floor: Floor, settings: Partial<QueueDoc> = {}): Promise<QueueDoc> {
  made += 1;
  return addQueue(floor.ctx, floor.boss, { name: `Queue ${made}`, ...settings } as { name: string });
}

/** An agent who serves the queues and is available. */
export async function agentOn(floor: Floor, queueIds: string[]): Promise<string> {
  made += 1;
  const account = await createAccount(floor.ctx, floor.boss, { email: `agent${made}@example.com`, name: `Agent ${made}`, roles: ['agent'], password: 'correct horse battery' });
  await enrolAgent(floor.ctx, { id: account._id, name: account.name });
  await changeAgent(floor.ctx, floor.boss, { id: account._id, input: { queueIds, skills: {}, maxima: {} } });
  await setAgentState(floor.ctx, floor.boss, { agentId: account._id, state: 'available' });
  return account._id;
}

/** Something that comes in by chat, unless said otherwise. */
export async function arrive(floor: Floor, queueId: string, more: Partial<InboundMessage> = {}): Promise<{ ticket: TicketDoc; work: InteractionDoc | null }> {
  const inbound: InboundMessage = {
    channel: 'webchat', sourceId: newId(), kind: 'message', from: { kind: 'visitor', value: `v-${newId()}`, name: 'Vera', verified: false }, to: [], cc: [], subject: '', text: 'Hello, my hub is offline', html: null, replyText: null, attachments: [], call: null,
    at: new Date(floor.now()), locale: 'en', thread: { references: [], forwarded: false }, automatic: false, bounce: null, spam: false, queue: queueId, handledBy: null, attributes: {}, clientId: null, rawBlobId: null, ...more,
  };
  const { ticketId } = await receiveMessage(floor.ctx, inbound);
  return look(floor, ticketId ?? '');
}

/** A ticket and its work as they are now. */
export async function look(floor: Floor, ticketId: string): Promise<{ ticket: TicketDoc; work: InteractionDoc | null }> {
  const ticket = await ticketById(floor.ctx.companyId, ticketId);
  if (!ticket) throw new Error('there is no such ticket');
  const [work = null] = await Interactions.find({ companyId: floor.ctx.companyId, ticketId }).sort({ arrivedAt: -1, _id: -1 }).limit(1).lean<InteractionDoc[]>();
  return { ticket, work };
}
