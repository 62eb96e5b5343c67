import { z } from 'zod';
import { endpoint } from './endpoint';
import { invitation, invitationKind } from './invitations';
import { count, flag, id, line, moment, nothing, partialOf, text } from './fields';
import { overflow } from './overflow';

const level = z.int().min(1).max(5).describe('Level, 1 (basic) to 5 (expert)');
const requirement = z.record(z.string().regex(/^[0-9a-f]{24}$/), level).describe('Skill id → minimum level');

/** What an agent can do. */
export const skill = z.object({ id: id('Skill id'), name: line(60, 'Name, e.g. French or Billing') });
/** What an agent can do. */
export type Skill = z.output<typeof skill>;

const timed = z.record(z.string().max(40), z.int().min(5).max(3600)).describe('Seconds by channel id');
const ring = z.strictObject({ afterSeconds: z.int().min(1).max(86_400).describe('Seconds after arrival'), drop: z.array(id('Skill')).describe('Skills no longer required'), lower: requirement, anyone: flag('Anyone who serves the queue') });
const target = z.strictObject({ percent: z.int().min(1).max(100).describe('Share to answer in time'), withinSeconds: z.int().min(1).describe('Time to the first answer') });

/** What a supervisor configures about a queue. */
export const queueSettings = {
  name: line(60, 'Name'),
  requirement,
  rings: z.array(ring).max(6).describe('Requirements relaxed with waiting time, in order'),
  order: z.enum(['fifo', 'priority', 'static', 'due']).describe('fifo: oldest first; priority: minutes waited plus priority minutes; static: priority first; due: earliest deadline first'),
  select: z.enum(['longest-idle', 'most-skilled', 'least-occupied', 'round-robin']).describe('Which agent among several'),
  pull: flag('Agents take the next item themselves instead of being offered it'),
  autoAccept: flag('Offers are accepted at once'),
  offerSeconds: timed,
  coolDownSeconds: z.int().min(0).max(3600).describe('How long a declined item is not offered to the same agent again'),
  missedOffers: z.int().min(1).max(20).describe('So many offers in a row an agent does not answer make them not responding'),
  boostMinutes: z.int().min(-10_000).max(10_000).describe('Minutes its items count as older than they are, beside those of other queues'),
  wrapUp: z.strictObject({ mode: z.enum(['none', 'optional', 'mandatory', 'timed']).describe('After-contact work'), seconds: z.int().min(0).max(900).describe('Length when timed'), dispositionRequired: flag('An outcome must be chosen') }).describe('Time after a contact'),
  targets: z.record(z.string().max(40), target).describe('Service level by channel id'),
  lastAgentSeconds: z.int().min(0).max(86_400).describe('How long a returning customer is kept for the agent who had them last, if that agent is there; 0: not at all'),
  acknowledge: flag('Send an automatic acknowledgement for mails and forms'),
  hoursId: id('Business hours it keeps').nullable().describe('Business hours it keeps; null: always open'),
  overflow,
};
/** A queue. */
export const queue = z.object({ id: id('Queue id'), ...queueSettings, agents: count('Agents who serve it') });
/** A queue. */
export type Queue = z.output<typeof queue>;

export const agentState = z.enum(['offline', 'available', 'busy', 'wrap-up', 'away', 'not-responding']).describe('What the agent is doing');
export type AgentState = z.output<typeof agentState>;

/** An agent as routing sees them. */
export const agent = z.object({
  id: id('Account id'),
  name: line(100, 'Name'),
  queueIds: z.array(id('Queue')).describe('Queues they serve'),
  skills: requirement,
  maxima: z.record(z.string().max(40), z.int().min(0).max(25)).describe('Most items at once by channel id'),
  state: agentState,
  reason: z.string().max(60).describe('Why away, empty otherwise'),
  since: moment('Since when in this state'),
  load: count('Capacity in use, in hundredths of a call'),
  capacity: z.int().min(0).max(1000).describe('Capacity in all; 100 is one call'),
  over: flag('Carries more than allowed, because a silent customer came back'),
  connected: flag('Whether a console is connected'),
});
export type Agent = z.output<typeof agent>;

/** An outcome to choose from. */
export const disposition = z.object({ code: z.string().regex(/^[a-z0-9-]{1,40}$/).describe('Outcome code'), label: line(60, 'Name for people') });
/** An outcome to choose from. */
export type Disposition = z.output<typeof disposition>;

/** A work item shown to one agent until answered. */
export const offer = z.object({
  id: z.string().describe('Offer id; every answer names it'),
  workItemId: id('Work item'),
  ticketId: id('Ticket'),
  ticketNumber: count('Ticket number'),
  channel: z.string().describe('Channel id'),
  queueId: id('Queue'),
  queueName: z.string().describe('Queue name'),
  subject: text(998, 'Subject or first words'),
  customerName: text(254, 'Name or address of the customer'),
  arrivedAt: moment('Since when it waits'),
  offeredAt: moment('When it was offered'),
  expiresAt: moment('Until when it can be answered'),
  autoAccept: flag('Accepted by itself'),
  invitation: invitation.nullable().describe('Set when a colleague asks for help or hands over'),
  phone: z.string().nullable().describe('Number to call, when it is a callback'),
});
export type Offer = z.output<typeof offer>;

/** The agent's own desk: state, capacity and what is offered or held. */
export const desk = z.object({
  state: agentState, reason: z.string().describe('Why away'), since: moment('Since when'), load: count('Capacity in use, in hundredths of a call'), over: flag('More than allowed, because a silent customer came back'),
  offers: z.array(offer).describe('Waiting for an answer'),
  assigned: z.array(z.object({ workItemId: id('Work item'), ticketId: id('Ticket'), channel: z.string().describe('Channel id'), since: moment('Since when'),
    kind: invitationKind.nullable().describe('What they help with; null: their own'), asleep: flag('The customer is silent: it costs no capacity'), aside: flag('Put aside for work that cannot wait') })).describe('In progress'),
  wrapUp: z.object({ ticketId: id('Ticket'), until: moment('When it ends by itself').nullable(), extended: flag('Already extended once'), dispositionRequired: flag('An outcome is needed') }).nullable().describe('After-contact work in progress'),
  awayReasons: z.array(z.string()).describe('Reasons to choose from'),
  declineReasons: z.array(z.string()).describe('Reasons for declining to choose from'),
  pullQueues: z.array(z.object({ id: id('Queue'), name: z.string().describe('Name') })).describe('Queues whose next item they take themselves'),
});
export type Desk = z.output<typeof desk>;

const byId = z.strictObject({ id: id('Which') });
const someReasons = (meaning: string) => z.array(line(60, 'Reason')).max(30).describe(meaning);
const reasons = z.strictObject({ away: someReasons('For being away'), decline: someReasons('For declining an offer') });
const weights = z.strictObject({ weights: z.record(z.string().max(40), z.int().min(1).max(1000)).describe('Weight by channel id; a call is 100') });

/** Endpoints of queues, skills, agents, desks and work items. */
export const workforceEndpoints = {
  queues: endpoint({ name: 'queue.list', method: 'GET', path: '/queues', summary: 'Queues', audience: 'account', response: z.object({ rows: z.array(queue).describe('Queues by name') }) }),
  addQueue: endpoint({ name: 'queue.add', method: 'POST', path: '/queues', summary: 'Add a queue; what is left out gets its default', audience: 'account',
    body: partialOf(queueSettings).extend({ name: queueSettings.name }), response: queue }),
  changeQueue: endpoint({ name: 'queue.change', method: 'PATCH', path: '/queues/:id', summary: 'Change a queue', audience: 'account', params: byId, body: partialOf(queueSettings), response: queue }),
  removeQueue: endpoint({ name: 'queue.remove', method: 'DELETE', path: '/queues/:id', summary: 'Remove a queue nothing uses', audience: 'account', params: byId, response: nothing }),
  skills: endpoint({ name: 'skill.list', method: 'GET', path: '/skills', summary: 'Skills', audience: 'account', response: z.object({ rows: z.array(skill).describe('Skills by name') }) }),
  addSkill: endpoint({ name: 'skill.add', method: 'POST', path: '/skills', summary: 'Add a skill', audience: 'account', body: z.strictObject({ name: line(60, 'Name') }), response: skill }),
  removeSkill: endpoint({ name: 'skill.remove', method: 'DELETE', path: '/skills/:id', summary: 'Remove a skill nothing requires', audience: 'account', params: byId, response: nothing }),
  agents: endpoint({ name: 'agent.list', method: 'GET', path: '/agents', summary: 'Agents with skills, queues and state', audience: 'account', response: z.object({ rows: z.array(agent) }) }),
  changeAgent: endpoint({ name: 'agent.change', method: 'PATCH', path: '/agents/:id', summary: 'Change what an agent serves and can', audience: 'account', params: byId,
    body: z.strictObject({ queueIds: z.array(id('Queue')).exactOptional(), skills: requirement.exactOptional(), maxima: agent.shape.maxima.exactOptional(), capacity: agent.shape.capacity.exactOptional() }), response: agent }),
  setAgentState: endpoint({ name: 'agent.set-state', method: 'PUT', path: '/agents/:id/state', summary: 'Change an agent\'s state as a supervisor', audience: 'account', params: byId,
    body: z.strictObject({ state: z.enum(['offline', 'available', 'away']).describe('New state'), reason: z.string().max(60).exactOptional().describe('Why') }), response: agent }),
  agentStates: endpoint({ name: 'agent-state.list', method: 'GET', path: '/agents/:id/states', summary: 'What an agent was doing when, newest first', audience: 'account', params: byId,
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(500).default(100).describe('Rows') }),
    response: z.object({ rows: z.array(z.object({ at: moment('Since when'), from: agentState, to: agentState, reason: z.string().describe('Why'), by: z.string().describe('Who did it: a name, or part of Trunkline') })).describe('Changes, newest first') }) }),
  reasons: endpoint({ name: 'reason.list', method: 'GET', path: '/reasons', summary: 'Reasons for being away and for declining', audience: 'account', response: reasons }),
  putReasons: endpoint({ name: 'reason.put', method: 'PUT', path: '/reasons', summary: 'Set the reasons for being away and for declining', audience: 'account', body: reasons, response: reasons }),
  weights: endpoint({ name: 'weight.list', method: 'GET', path: '/channel-weights', summary: 'What an item of each channel costs of an agent\'s capacity', audience: 'account', response: weights }),
  putWeights: endpoint({ name: 'weight.put', method: 'PUT', path: '/channel-weights', summary: 'Set what items cost; a channel left out costs what it says itself', audience: 'account', body: weights, response: weights }),
  desk: endpoint({ name: 'desk.read', method: 'GET', path: '/desk', summary: 'My state, offers and work in progress', audience: 'account', response: desk }),
  next: endpoint({ name: 'work.next', method: 'POST', path: '/desk/next', summary: 'Take the next item of a queue in pull mode', audience: 'account', body: z.strictObject({ queueId: id('Queue') }), response: desk }),
  finishWrapUp: endpoint({ name: 'wrap-up.finish', method: 'POST', path: '/desk/wrap-up', summary: 'End wrap-up now, with the outcome if one is needed', audience: 'account',
    body: z.strictObject({ disposition: z.string().max(60).exactOptional().describe('Outcome code'), extend: flag('Ask for as much time again instead, once').exactOptional() }), response: desk }),
  requeue: endpoint({ name: 'work.requeue', method: 'POST', path: '/work-items/:id/requeue', summary: 'Put an item back to its queue or another, with its seniority', audience: 'account', params: byId,
    body: z.strictObject({ queueId: id('Queue').exactOptional() }), response: nothing }),
  reassign: endpoint({ name: 'work.reassign', method: 'POST', path: '/work-items/:id/assign', summary: 'Give an item to a chosen agent', audience: 'account', params: byId, body: z.strictObject({ agentId: id('Agent') }), response: nothing }),
  dispositions: endpoint({ name: 'disposition.list', method: 'GET', path: '/dispositions', summary: 'Outcomes to choose from', audience: 'account', response: z.object({ rows: z.array(disposition).describe('Outcomes, in order') }) }),
  putDispositions: endpoint({ name: 'disposition.put', method: 'PUT', path: '/dispositions', summary: 'Set the list of outcomes', audience: 'account', body: z.strictObject({ rows: z.array(disposition).max(100).describe('All outcomes, in order') }), response: z.object({ rows: z.array(disposition).describe('Outcomes, in order') }) }),
};

