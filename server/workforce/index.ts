// The door of workforce: queues, skills, agents, and the work they are given.
import { contextOf, type DomainMount, type Services } from '../kernel';
import { setAgentState } from './agent-state';
import { graceOver, sweepPresence } from './presence';
import { setWorkforcePorts, type WorkforcePorts } from './ports';
import { reconcile, tickRoom } from './reconcile';
import { silentNow, sweepSilent } from './silence';
import { workforceRoutes } from './workforce.routes';
import { workforceSockets } from './workforce.sockets';
import { workforceSubscribers } from './workforce.subscribers';
import { wrapUpOver } from './wrap-up';

/** What workforce contributes. `companies` lists the companies whose rooms the scheduler looks after. */
export function mount(companies: () => Promise<string[]>, ports: WorkforcePorts): DomainMount {
  setWorkforcePorts(ports);
  const forEach = (run: (ctx: ReturnType<typeof contextOf>) => Promise<unknown>) => async (services: Services): Promise<void> => {
    for (const companyId of await companies()) await run(contextOf(services, companyId));
  };
  return {
    routes: workforceRoutes,
    sockets: workforceSockets,
    subscribers: workforceSubscribers,
    jobs: {
      'room.tick': (ctx) => tickRoom(ctx),
      'wrap-up.over': (ctx, payload) => wrapUpOver(ctx, payload),
      'work.silent': (ctx, payload) => silentNow(ctx, payload.interactionId),
      'agent.grace-over': (ctx, payload) => graceOver(ctx, payload.agentId, payload.at),
    },
    sweeps: [{ name: 'room-tick', everyMs: 1000, run: forEach(tickRoom) }, { name: 'room-reconcile', everyMs: 5000, run: forEach(reconcile) }, { name: 'presence', everyMs: 5000, run: forEach(sweepPresence) }, { name: 'silent-chats', everyMs: 30_000, run: forEach(sweepSilent) }],
    outboxes: ['interactions', 'agents', 'queues'],
  };
}

export { agentById, agentsOf, queuesServed, type AgentDoc } from './agent.model';
export { presentAgent, presentQueue } from './agent.presenter';
export { changeAgent, enrolAgent } from './configure-agent';
export { addQueue, changeQueue } from './configure-queue';
export { deskOf } from './desk';
export { changeWork } from './change-work';
export { endWork, type WorkEnd } from './end-work';
export { eraseWork } from './erase-work';
export { enqueueWork, type NewWork } from './enqueue-work';
export { Interactions, interactionById, interactionsOfAgent, liveInteraction, liveInvitations, settled, unsettled, type InteractionDoc } from './interaction.model';
export { endInvitation, endInvitationsOf, inviteAgent, type Asking } from './invitations';
export { moveWork, reassignWork, requeueWork } from './move-work';
export { acceptOffer, declineOffer } from './answer-offer';
export { noteConnection, noteSeen, seenEveryMs } from './presence';
export { heardCustomer } from './silence';
export { channelWeights } from './settings';
export { both, demandsOf, routingSettingsOf } from './routing-settings';
export { queueById, queueByName, queuesOf, type QueueDoc } from './queue.model';
export { forgetRooms, roomOf } from './rooms';
export { mostWaiting, overflowOnArrival, overflowWhileWaiting, type Arrival, type Overflowing } from './overflow';
export { promisePlace } from './promise-place';
export { timingIn } from './overflow-timer';
export type { WorkforcePorts } from './ports';
export { profileOf, ringsOf, ruleOf, workItemOf } from './work-item-of';
export { Skills, skillsOf, type SkillDoc } from './skill.model';
export { setAgentState };
