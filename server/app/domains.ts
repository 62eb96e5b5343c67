import express from 'express';
import * as access from '../access';
import * as brands from '../brands';
import type { Channel, ChannelHost } from '../channels/channel';
import * as customers from '../customers';
import { contextOf, problem, sweepPending, type Ctx, type DomainMount, type RawRoutes, type Services, type SocketHandler, type Subscriber } from '../kernel';
import * as knowledge from '../knowledge';
import { setBoardPorts } from '../realtime';
import * as serviceLevels from '../service-levels';
import * as supervision from '../supervision';
import * as tickets from '../tickets';
import * as workforce from '../workforce';
import { channelRoutes } from './channel-routes';
import { hostOf, partyOf, sendThrough } from './channel-host';
import { chatStateOf } from './chat-state';
import { demoMount } from './demo-pages';
import { filesMount } from './files';
import { guidePorts } from './guide-tickets';
import * as helpCentre from '../help-centre';
import { helpPorts } from './help-ports';
import { makingPorts } from './making-ports';
import { sortingPorts } from './sorting-ports';
import { intakeRoutes } from './intake-routes';
import { mailboxRoutes } from './mailbox-routes';
import { quarantineRoutes } from './quarantine-routes';
import { mailboxesOf, htmlOfAgent, senderFor } from '../channels/email';
import { sendAccessMail } from './access-mail';
import { sendMentionMail } from './mention-mail';

/** Everything the folders contribute, joined. */
export interface Mounted {
  mounts: DomainMount[];
  channels: Channel[];
  subscribers: Subscriber[];
  sockets: SocketHandler[];
}

/** Ids of every company, the default one first. */
export const companyIds = async (): Promise<string[]> => access.companyIds();

/** Joins the domain folders and the channels. */
export function mountAll(services: Services, channels: Channel[]): Mounted {
  const byId = (id: string): Channel | undefined => channels.find((channel) => channel.manifest.id === id);
  setBoardPorts({ queueRow: supervision.queueRow, agentRow: supervision.agentRow });
  const mounts: DomainMount[] = [
    access.mount({ sendMail: (ctx, mail) => sendAccessMail(ctx, mail) }),
    customers.mount({ timelineOf: tickets.timelineOf, countTickets: tickets.ticketsOf, forgetPerson: forgetIn(channels) }),
    brands.mount({ queueExists: async (ctx, id) => (await workforce.queueById(ctx.companyId, id)) !== null }),
    knowledge.mount({ ...guidePorts, ...makingPorts, companyIds, ...sortingPorts }),
    serviceLevels.mount({ queues: async (ctx) => (await workforce.queuesOf(ctx.companyId)).map((queue) => ({ id: queue._id, name: queue.name, hoursId: queue.hoursId })), timeZone: async (ctx) => (await access.companyById(ctx.companyId))?.timeZone ?? 'UTC', demandUnnamed: tickets.demandUnnamed, changed: tickets.refreshQueues }),
    workforce.mount(companyIds, { hoursExist: async (ctx, id) => (await serviceLevels.hoursById(ctx.companyId, id)) !== null, channelExists: (id) => byId(id) !== undefined, demandUnnamed: tickets.demandUnnamed }),
    tickets.mount({
      manifestOf: (id) => byId(id)?.manifest,
      send: (ctx, outgoing) => sendThrough(services, byId(outgoing.message.channel), { ctx, ...outgoing }),
      sentWhenStored: (ticket, channel) => byId(channel)?.sentWhenStored?.(partyOf(ticket)) ?? false,
      sanitise: htmlOfAgent,
      mailColleague: sendMentionMail,
      stateOf: chatStateOf,
      ownAddresses: async (ctx) => (await mailboxesOf(ctx.companyId)).map((box) => box.address),
      senderAddress: async (ctx, queueId) => (await senderFor(ctx.companyId, queueId))?.address ?? '',
    }),
    supervision.mount(companyIds),
    helpCentre.mount(helpPorts),
    filesMount(services),
    channelMount(services, channels),
    demoMount(services),
  ];
  mounts.push(housekeeping(mounts));
  return { mounts, channels, subscribers: mounts.flatMap((mount) => mount.subscribers ?? []), sockets: mounts.flatMap((mount) => mount.sockets ?? []) };
}

// Channels first, so that nobody goes on under an address that is being forgotten.
const forgetIn = (channels: Channel[]): customers.CustomerPorts['forgetPerson'] => async (ctx, person, told) => {
  for (const channel of channels) await channel.forget?.(ctx.companyId, person.addresses);
  await tickets.forgetPerson(ctx, person, told);
};

function channelMount(services: Services, channels: Channel[]): DomainMount {
  const raw: RawRoutes = {
    mount(router, contextFor) {
      for (const channel of channels) {
        if (!channel.routes) continue;
        const own = express.Router();
        channel.routes(own, async (request, ability) => hostOf(services, channel, (await contextFor(request, ability)).companyId));
        router.use(own);
      }
    },
  };
  const hostById = (id: string, companyId: string): ChannelHost => {
    const channel = channels.find((each) => each.manifest.id === id);
    if (!channel) throw problem('unknown-channel', { channel: id });
    return hostOf(services, channel, companyId);
  };
  return { routes: [...channelRoutes(channels), ...intakeRoutes(hostById), ...mailboxRoutes, ...quarantineRoutes], raw: [raw] };
}

// What a crash left pending is published by whoever runs the sweep.
function housekeeping(mounts: DomainMount[]): DomainMount {
  const outboxes = mounts.flatMap((mount) => mount.outboxes ?? []);
  return {
    sweeps: [
      { name: 'pending-events', everyMs: 2000, run: async (services) => { await sweepPending(services.relay, outboxes, { now: services.clock.now() }); } },
      { name: 'blobs', everyMs: 600_000, run: async (services) => { await services.blobs.sweep(new Date(services.clock.now())); } },
    ],
  };
}

/** The context of the default company. */
export const defaultContext = async (services: Services): Promise<Ctx> => contextOf(services, (await companyIds())[0] ?? '');
