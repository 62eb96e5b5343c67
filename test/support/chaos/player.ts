import { setTimeout as wait } from 'node:timers/promises';
import { newId, system, type Ctx } from '../../../server/kernel';
import { agentsOf, endWork, enqueueWork, interactionById, Interactions, interactionsOfAgent, moveWork, queuesOf, reassignWork, requeueWork, setAgentState, type InteractionDoc } from '../../../server/workforce';
import { acceptOffer, declineOffer, takeNext } from '../../../server/workforce/answer-offer';
import { reconcile } from '../../../server/workforce/reconcile';
import type { Dice } from '../dice';
import type { Told } from './told';

const actor = system('chaos');
const kinds = [['voice', 100, false], ['webchat', 25, false], ['webchat', 25, false], ['email', 20, true]] as const;
const crowd = 150;
const glanceMs = 150;

type Seen = Pick<InteractionDoc, '_id' | 'state'>;
/** What is going on in the house, as all players of a process saw it a moment ago: whoever chooses by it may come too late, like people do. */
class Glance {
  private at = -Infinity;
  private rows: Promise<Seen[]> = Promise.resolve([]);
  live(companyId: string): Promise<Seen[]> {
    if (performance.now() - this.at > glanceMs) {
      this.at = performance.now();
      this.rows = Interactions.find({ companyId, endedAt: null }).sort({ arrivedAt: 1 }).select('state').lean<Seen[]>().exec();
    }
    return this.rows;
  }
}
const glance = new Glance();

/** False: there was nothing to do. */
type Did = Promise<void | false>;

/** Plays everybody at random, on the commands the server's edges call. */
export class Player {
  private agentIds: string[] = [];
  private queueIds: string[] = [];
  private pullId = '';
  private oldOffers: [string, string][] = [];

  constructor(private readonly ctx: Ctx, private readonly d: Dice, private readonly tell: (row: Told) => void) {}

  private async learn(): Promise<void> {
    if (this.agentIds.length > 0) return;
    const [agents, queues] = await Promise.all([agentsOf(this.ctx.companyId), queuesOf(this.ctx.companyId)]);
    // The queue every company begins with is served by nobody here.
    this.queueIds = queues.map((queue) => queue._id).filter((id) => agents.some((agent) => agent.queueIds.includes(id)));
    this.pullId = queues.find((queue) => queue.pull)?._id ?? '';
    this.agentIds = agents.map((agent) => agent._id);
  }

  /** One operation of whatever kind. */
  async anything(): Did {
    await this.learn();
    const kind = this.d.int(100);
    if (kind < 30) return this.arrive();
    if (kind < 60) return this.withAny(['offered', 'assigned'], (item) => this.sitAtDesk(item.agentId ?? ''));
    if (kind < 68) return this.sitAtDesk(this.d.pick(this.agentIds));
    if (kind < 72) return this.changeState(this.d.pick(this.agentIds));
    if (kind < 76) return this.withAny(['waiting', 'offered'], (item) => this.end(item, 'abandoned'));
    if (kind < 79) return this.withAny(['waiting', 'offered', 'assigned'], (item) => this.move(item));
    if (kind < 95) return this.answerLate();
    if (kind < 99) return takeNext(this.ctx, this.d.pick(this.agentIds), this.d.pick(this.queueIds));
    await reconcile(this.ctx);
  }

  /** One step towards an empty house: everybody comes back, takes what is offered and ends what they have. */
  async finish(): Promise<void> {
    await this.learn();
    const agentId = this.d.pick(this.agentIds);
    const held = await interactionsOfAgent(this.ctx.companyId, agentId);
    for (const item of held) {
      if (item.state === 'offered' && item.offerId) await this.accept(agentId, item.offerId, item._id);
      else await this.end(item, 'handled');
    }
    if (held.length > 0) return;
    await setAgentState(this.ctx, actor, { agentId, state: 'available' });
    if (this.d.chance(0.3)) await takeNext(this.ctx, agentId, this.pullId);
    await wait(100);
  }

  private async arrive(): Did {
    const { ctx, d } = this;
    if ((await glance.live(ctx.companyId)).length > crowd) return this.withAny(['waiting'], (item) => this.end(item, 'abandoned'));
    const [channel, weight, interruptible] = d.pick(kinds);
    const now = ctx.clock.now();
    const item = await enqueueWork(ctx, actor, {
      ticketId: newId(), ticketNumber: 1, subject: 'chaos', customerId: 'c', customerName: 'C', channel, weight, interruptible, queueId: d.pick(this.queueIds), priorityMinutes: d.pick([0, 0, 5]),
      arrivedAt: now - d.int(3000), dueAt: now + d.int(60_000), attributes: {}, sleeps: channel === 'webchat', requirement: {}, phone: null, rule: null, way: [], preferred: d.chance(0.1) ? { agentId: d.pick(this.agentIds), untilMs: now + 2000 } : null,
    });
    this.tell({ kind: 'arrived', item: item._id });
  }

  private async sitAtDesk(agentId: string): Did {
    const { ctx, d } = this;
    const held = await interactionsOfAgent(ctx.companyId, agentId);
    const item = held.length > 0 ? d.pick(held) : null;
    if (!item) return setAgentState(ctx, actor, { agentId, state: 'available' });
    if (item.state === 'assigned') return d.chance(0.85) ? this.end(item, 'handled') : this.move(item);
    if (!item.offerId || d.chance(0.05)) return false;
    this.oldOffers = [...this.oldOffers.slice(-10), [agentId, item.offerId]];
    if (d.chance(0.85)) return this.accept(agentId, item.offerId, item._id);
    return declineOffer(ctx, agentId, { offerId: item.offerId, reason: 'busy' });
  }

  private async accept(agentId: string, offerId: string, itemId: string): Promise<void> {
    const since = performance.timeOrigin + performance.now();
    await acceptOffer(this.ctx, agentId, offerId);
    this.tell({ kind: 'own', item: itemId, agent: agentId, since });
  }

  private async end(item: InteractionDoc, how: 'handled' | 'abandoned'): Promise<void> {
    await this.releasing({ item: item._id }, () => endWork(this.ctx, actor, { interaction: item, end: { how, disposition: null } }));
  }

  private async move(item: InteractionDoc): Promise<void> {
    const { ctx, d } = this;
    const ways = [
      () => requeueWork(ctx, actor, { id: item._id }), () => reassignWork(ctx, item._id, d.pick(this.agentIds)),
      () => moveWork(ctx, actor, { interaction: item, queueId: d.pick(this.queueIds) }), () => moveWork(ctx, actor, { interaction: item, agentId: d.pick(this.agentIds) }),
    ];
    await this.releasing({ item: item._id }, d.pick(ways));
  }

  private async changeState(agentId: string): Promise<void> {
    const change = { agentId, state: this.d.pick(['away', 'offline', 'available'] as const), handBack: this.d.chance(0.5) };
    const go = (): Promise<void> => setAgentState(this.ctx, actor, change);
    await (change.handBack ? this.releasing({ agent: agentId }, go) : go());
  }

  private async releasing(what: { item?: string; agent?: string }, work: () => Promise<void>): Promise<void> {
    const call = newId();
    this.tell({ kind: 'release', call, ...what });
    await work().finally(() => this.tell({ kind: 'released', call }));
  }

  private async answerLate(): Did {
    const old = this.oldOffers.length > 0 ? this.d.pick(this.oldOffers) : null;
    if (!old) return false;
    const [agentId, offerId] = old;
    await this.accept(this.d.chance(0.5) ? agentId : this.d.pick(this.agentIds), offerId, offerId.split('~')[0] ?? '');
  }

  private async withAny(states: InteractionDoc['state'][], work: (item: InteractionDoc) => Did): Did {
    const { companyId } = this.ctx;
    const rows = (await glance.live(companyId)).filter((row) => states.includes(row.state)).slice(0, 40);
    const item = rows.length > 0 ? await interactionById(companyId, this.d.pick(rows)._id) : null;
    return item && states.includes(item.state) ? work(item) : false;
  }
}
