// Agents at work without a network: real Redis, real store, the domains' commands and subscribers, a clock that the test moves.
import type { DomainEventName, Offer } from '../../protocol';
import * as access from '../../server/access';
import { findChannels } from '../../server/channels/registry';
import * as customers from '../../server/customers';
import { Events, type Actor, type Ctx, type DomainEvent, type DomainMount, type Route } from '../../server/kernel';
import * as tickets from '../../server/tickets';
import * as workforce from '../../server/workforce';
import { hire, openHouse, type House } from '../access/house';

/** Somebody who takes work. */
export interface Agent { id: string; actor: Actor }

/** The house with its domains, and what people in it do. */
export interface DeskHouse {
  house: House;
  ctx: Ctx;
  queueId: string;
  mounts: DomainMount[];
  /** A new agent, available unless told otherwise. */
  agent(given?: { roles?: string[]; queueIds?: string[]; maxima?: Record<string, number>; offline?: boolean }): Promise<Agent>;
  /** A customer writes; answers the ticket. `chat` goes on with the same conversation. */
  chat(from: string, text?: string): Promise<string>;
  mail(from: string): Promise<string>;
  /** Calls an endpoint as its route does, input checked. */
  call<T>(actor: Actor, name: string, input?: { params?: object; query?: object; body?: object }): Promise<T>;
  offer(agent: Agent): Promise<Offer>;
  offers(agent: Agent): Promise<Offer[]>;
  accept(agent: Agent): Promise<string>;
  /** Moves the clock and settles what is due, as the scheduler would. */
  pass(seconds: number): Promise<void>;
  told(name: DomainEventName): Promise<DomainEvent[]>;
}

type Handler = (ctx: Ctx, actor: Actor, input: object) => Promise<unknown>;

function caller(ctx: Ctx, routes: Route[]): DeskHouse['call'] {
  return async <T>(actor: Actor, name: string, input: { params?: object; query?: object; body?: object } = {}) => {
    const route = routes.find(({ endpoint }) => endpoint.name === name);
    if (!route) throw new Error(`no endpoint ${name}`);
    const { endpoint } = route;
    const parsed = { params: endpoint.params?.parse(input.params ?? {}), query: endpoint.query?.parse(input.query ?? {}), body: endpoint.body?.parse(input.body ?? {}) };
    const answer = await (route.handle as unknown as Handler)(ctx, actor, parsed);
    await ctx.relay.settle();
    return answer as T;
  };
}

function mountAll(houseOf: () => House): DomainMount[] {
  const channels = findChannels();
  const nothing = { phase: 'none' as const, position: null, expectedWait: null, agentName: null, online: false, readSeq: 0, opensAt: null, ask: null, answerBy: null };
  return [
    customers.mount({ timelineOf: async () => ({ rows: [], next: null }), countTickets: () => Promise.resolve(0), forgetPerson: tickets.forgetPerson }),
    workforce.mount(() => Promise.resolve([houseOf().ctx.companyId]), { hoursExist: () => Promise.resolve(false), channelExists: (id) => channels.some((each) => each.manifest.id === id), demandUnnamed: tickets.demandUnnamed }),
    tickets.mount({ manifestOf: (id) => channels.find((each) => each.manifest.id === id)?.manifest, send: () => Promise.resolve({ state: 'sent' }), sanitise: (html) => Promise.resolve(html), ownAddresses: () => Promise.resolve([]), mailColleague: () => Promise.resolve(), senderAddress: () => Promise.resolve(''), stateOf: () => Promise.resolve(nothing) }),
  ];
}

async function write(house: House, given: { channel: string; kind: 'email' | 'visitor'; from: string; text: string; n: number }): Promise<string> {
  const { channel, kind, from, text, n } = given;
  const received = await tickets.receiveMessage(house.ctx, {
    channel, sourceId: `source-${n}`, kind: 'message', from: { kind, value: from, name: from, verified: false }, to: [], cc: [], subject: channel === 'email' ? `Letter ${n}` : '', text, html: null, replyText: null, attachments: [], call: null,
    at: new Date(house.services.clock.now()), locale: null, thread: { references: [], forwarded: false }, automatic: false, bounce: null, spam: false, queue: null, handledBy: null, attributes: {}, clientId: null, rawBlobId: null,
  });
  await house.ctx.relay.settle();
  return received.ticketId ?? '';
}

/** Opens the house with one queue of mails and chats. */
export async function openDeskHouse(settings: object = {}): Promise<DeskHouse> {
  let house: House | null = null;
  const mounts = mountAll(() => { if (!house) throw new Error('not open'); return house; });
  house = await openHouse({}, mounts.flatMap((mount) => mount.subscribers ?? []));
  const { ctx, services } = house;
  const call = caller(ctx, mounts.flatMap((mount) => mount.routes ?? []));
  const queue = await call<{ id: string }>(house.system, 'queue.add', { body: { name: 'Support', ...settings } });
  let written = 0;
  const desk = { house, ctx, mounts, call, queueId: queue.id };
  const offers: DeskHouse['offers'] = async ({ id }) => (await workforce.deskOf(ctx, id)).offers;
  const offer: DeskHouse['offer'] = async (agent) => {
    const [first] = await offers(agent);
    if (!first) throw new Error('was not offered anything');
    return first;
  };
  return {
    ...desk, offers, offer,
    agent: (given) => engage(desk, given),
    chat: (from, text = 'Hello') => write(desk.house, { channel: 'webchat', kind: 'visitor', from, text, n: (written += 1) }),
    mail: (from) => write(desk.house, { channel: 'email', kind: 'email', from, text: 'Hello', n: (written += 1) }),
    accept: async (agent) => {
      const { ticketId } = await workforce.acceptOffer(ctx, agent.id, (await offer(agent)).id);
      await services.relay.settle();
      return ticketId;
    },
    pass: async (seconds) => {
      desk.house.pass(seconds * 1000);
      for (const { name, run } of mounts.flatMap((mount) => mount.sweeps ?? [])) if (['room-tick', 'presence', 'silent-chats'].includes(name)) await run(services);
      await services.relay.settle();
    },
    told: (name) => Events.find({ companyId: ctx.companyId, name }).sort({ n: 1 }).lean<DomainEvent[]>(),
  };
}

async function engage({ house, ctx, call, queueId }: Pick<DeskHouse, 'house' | 'ctx' | 'call' | 'queueId'>, given: Parameters<DeskHouse['agent']>[0] = {}): Promise<Agent> {
  const { id } = await hire(house, given.roles ?? ['agent']);
  await workforce.enrolAgent(ctx, { id, name: `Agent ${id.slice(-4)}` });
  await call(house.system, 'agent.change', { params: { id }, body: { queueIds: given.queueIds ?? [queueId], ...(given.maxima ? { maxima: given.maxima } : {}) } });
  const actor = await access.actorOf(house.services, { companyId: ctx.companyId, accountId: id });
  if (!actor) throw new Error('no such account');
  await workforce.noteConnection(ctx, id, true);
  if (!given.offline) await workforce.setAgentState(ctx, actor, { agentId: id, state: 'available' });
  await ctx.relay.settle();
  return { id, actor };
}
