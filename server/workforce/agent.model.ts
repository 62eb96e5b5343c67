import { model } from 'mongoose';
import { findTogether, houseSchema, Warm, withOutbox, type Outbox } from '../kernel';
import type { StoredState } from '../../queues';

/** After-contact work in progress. */
export interface WrapUp {
  interactionId: string;
  ticketId: string;
  queueId: string;
  channel: string;
  /** When it ends by itself; null: only by hand. */
  until: Date | null;
  startedAt: Date;
  extended: boolean;
  dispositionRequired: boolean;
}

/** What routing knows of an account that takes work. _id is the account's id. */
export interface AgentDoc extends Outbox {
  _id: string;
  companyId: string;
  name: string;
  queueIds: string[];
  skills: Record<string, number>;
  maxima: Record<string, number>;
  capacity: number;
  state: StoredState;
  reason: string;
  since: Date;
  idleSince: Date;
  wrapUp: WrapUp | null;
  /** Consoles connected, by node: an agent with none for the grace period hands work back. */
  connected: boolean;
  disconnectedAt: Date | null;
  /** When a node last had a console of theirs: a node that died cannot say that it lost them. */
  seenAt: Date | null;
  /** When they last touched a console. */
  activeAt: Date | null;
}

const schema = houseSchema<AgentDoc>({
  name: { type: String, default: '' }, queueIds: { type: [String], default: [] }, skills: { type: Object, default: {} }, maxima: { type: Object, default: {} }, capacity: { type: Number, default: 100 },
  state: { type: String, default: 'offline' }, reason: { type: String, default: '' }, since: { type: Date, required: true }, idleSince: { type: Date, required: true }, wrapUp: { type: Object, default: null },
  connected: { type: Boolean, default: false }, disconnectedAt: { type: Date, default: null }, seenAt: { type: Date, default: null }, activeAt: { type: Date, default: null },
}, { collection: 'agents' });
schema.index({ companyId: 1, _id: 1 });
schema.index({ companyId: 1, queueIds: 1 });
withOutbox(schema as never);

// What an agent serves changes with agent.changed alone.
const warm = new Warm<AgentDoc>({ schemas: [schema as never], read: (companyId, id) => agentById(companyId, id), stale: ({ name, data }) => (name === 'agent.changed' && typeof data['agentId'] === 'string' ? [data['agentId']] : []) });

export const Agents = model<AgentDoc>('Agent', schema);

/** A company's agents by name. */
export const agentsOf = (companyId: string): Promise<AgentDoc[]> => Agents.find({ companyId }).sort({ name: 1 }).lean<AgentDoc[]>();
/** An agent of the company; null for an account that takes no work. */
export const agentById = (companyId: string, id: string): Promise<AgentDoc | null> => findTogether(Agents, companyId, id);
/** Queues an agent serves, as this node knows it; none for an account that takes no work. */
export const queuesServed = async (companyId: string, id: string): Promise<string[]> => (await warm.get(companyId, id))?.queueIds ?? [];
