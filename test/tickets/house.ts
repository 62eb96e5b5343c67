// Tickets, workforce and service levels over a real Redis and a real store, with a clock that stands still: no workers run, so that a test calls timers and sweeps itself.
import { createAccount } from '../../server/access';
import { mountAll } from '../../server/app/domains';
import { findChannels } from '../../server/channels/registry';
import { newId, system, type Actor, type DomainMount } from '../../server/kernel';
import { receiveMessage, ticketById, type InboundMessage, type TicketDoc } from '../../server/tickets';
import { addQueue, changeAgent, enrolAgent, forgetRooms, Interactions, setAgentState, type InteractionDoc, type QueueDoc } from '../../server/workforce';
import { openServices, type TestServices } from '../support/services';

export interface Floor extends TestServices {
  boss: Actor;
  now(): number;
  sweep(name: string): Promise<void>;
}

/** Starts everything; once per test file. */
export async function openFloor(start?: string): Promise<Floor> {
  let mounts: DomainMount[] = [];
  const open = await openServices({ ...(start ? { start } : {}), subscribersOf: (services) => {
    const mounted = mountAll(services, findChannels());
    mounts = mounted.mounts;
    return mounted.subscribers;
  } });
  const { services } = open;
  return {
    ...open, boss: system('test'), now: () => services.clock.now(),
    sweep: async (name) => { await mounts.flatMap((mount) => mount.sweeps ?? []).find((each) => each.name === name)?.run(services); },
    async stop() {
      await services.relay.settle();
      forgetRooms();
      await open.stop();
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
