// The waiting room once more, naively: every choice looks at every item and every agent through the pure functions of queues/matching.
import { chooseAgent, chooseItem, type Waiting } from '../../../queues/matching/match';
import { nextRingAt, ringAt } from '../../../queues/matching/requirement';
import type { Decision, RefusalCode } from '../../../queues/room/decisions';
import type { QueueRule } from '../../../queues/room/queue-rule';
import type { AgentProfile, AgentSeat, StoredState } from '../../../queues/roster/agent';
import { isPresent } from '../../../queues/roster/agent-state';
import { carry, isOver, roomFor } from '../../../queues/roster/capacity';
import type { WorkItem } from '../../../queues/work-item';

type Place = 'W' | 'O' | 'A' | 'Z' | 'Y';
export interface Card extends Waiting { item: WorkItem; at: Place; agentId: string; offerId: string; expiresAt: number; preferred: { agentId: string; untilMs: number } | null }
export interface Seat extends AgentSeat { wakes: { id: string; since: number }[] }
type Answer = [RefusalCode | 'ok', ...unknown[]];
const byId = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export class ReferenceRoom {
  readonly cards = new Map<string, Card>();
  readonly seats = new Map<string, Seat>();
  readonly rules = new Map<string, Required<QueueRule>>();
  readonly timers = new Map<string, number>();
  readonly excluded = new Map<string, number>();
  decisions: Decision[] = [];
  now = 0;
  private turn = 0;
  private roster = 0;
  constructor(private readonly epoch: string) {}

  readonly coolDowns = (agentId: string, itemId: string): number => this.excluded.get(`${agentId}|${itemId}`) ?? 0;
  waiting(pull: string | null): Card[] {
    return [...this.cards.values()].filter((c) => c.at === 'W' && (pull === null ? !this.rule(c).pull : c.item.queueId === pull));
  }
  rule(card: Waiting): Required<QueueRule> { return this.must(this.rules.get(card.item.queueId)); }
  seat(id: string): Seat { return this.must(this.seats.get(id)); }
  must<V>(value: V | undefined): V { if (value === undefined) throw new Error('missing in the reference'); return value; }
  emit(decision: Decision): void { this.decisions.push(decision); }
  about(card: Card): { itemId: string; itemVersion: number; at: number } { return { itemId: card.item.id, itemVersion: card.item.version, at: this.now }; }
  held(agentId: string): Card[] { return [...this.cards.values()].filter((c) => c.agentId === agentId).sort((a, b) => byId(a.item.id, b.item.id)); }

  exclude(card: Card, agentId: string, untilMs: number): void {
    if (untilMs <= this.now) return;
    this.excluded.set(`${agentId}|${card.item.id}`, untilMs);
    this.timers.set(`x${agentId}|${card.item.id}`, untilMs);
  }
  forget(card: Card): void {
    for (const key of [...this.excluded.keys()]) if (key.endsWith(`|${card.item.id}`)) { this.excluded.delete(key); this.timers.delete(`x${key}`); }
    this.cards.delete(card.item.id);
  }
  private update(seat: Seat, change: Partial<Seat>): void { this.seats.set(seat.profile.id, { ...seat, ...change }); }
  change(agentId: string, change: Partial<Seat>): void { this.update(this.seat(agentId), change); }

  hold(card: Card, agentId: string): void {
    this.seats.set(agentId, { ...carry(this.seat(agentId), card.item, 1), idleSince: this.now });
    card.agentId = agentId;
    this.timers.delete(`r${card.item.id}`);
    card.keptFor = '';
  }
  assign(card: Card, by: 'accept' | 'auto' | 'manual' | 'next'): void {
    card.at = 'A';
    this.timers.delete(`o${card.item.id}`);
    this.change(card.agentId, { missed: 0 });
    this.emit({ kind: 'assigned', ...this.about(card), agentId: card.agentId, offerId: card.offerId, by });
    if (card.item.takesOver) this.takeOver(card, card.item.takesOver);
  }
  private takeOver(card: Card, mainId: string): void {
    const { agentId } = card;
    const main = this.cards.get(mainId);
    const held = main !== undefined && main !== card && main.at !== 'W' && main.at !== 'O' && main.agentId !== agentId;
    this.release(card);
    this.emit({ kind: 'left', ...this.about(card), why: held ? 'taken-over' : 'stale' });
    this.forget(card);
    if (!held) return this.fill(agentId);
    const fromAgentId = this.release(main);
    this.stamp(main);
    this.hold(main, agentId);
    main.at = 'A';
    this.emit({ kind: 'handed-over', ...this.about(main), offerId: main.offerId, fromAgentId, agentId });
    this.fill(agentId);
    this.fill(fromAgentId);
  }
  stamp(card: Card): void {
    this.turn += 1;
    card.offerId = `${card.item.id}~${this.epoch}-${String(this.turn).padStart(12, '0')}`;
  }
  offer(card: Card, agentId: string, kept: boolean): void {
    const seat = this.seat(agentId);
    const putsAside = roomFor(seat, seat.profile, card.item) === 'aside';
    this.hold(card, agentId);
    this.stamp(card);
    this.change(agentId, { lastTurn: this.turn });
    Object.assign(card, { at: 'O', expiresAt: this.now + card.item.offerSeconds * 1000 });
    this.emit({ kind: 'offer', ...this.about(card), offerId: card.offerId, agentId, queueId: card.item.queueId, ring: card.ring, expiresAt: card.expiresAt, roster: this.roster, preferred: kept, putsAside });
    if (card.item.autoAccept) this.assign(card, 'auto');
    else this.timers.set(`o${card.item.id}`, card.expiresAt);
  }
  release(card: Card): string {
    const id = card.agentId;
    const seat = this.seat(id);
    this.timers.delete(`o${card.item.id}`);
    if (card.at === 'O' || card.at === 'A') this.seats.set(id, carry(seat, card.item, -1));
    else this.change(id, { wakes: seat.wakes.filter((w) => w.id !== card.item.id) });
    card.agentId = '';
    card.offerId = '';
    return id;
  }
  private keeper(card: Card): string {
    if (!card.preferred) return '';
    const { agentId, untilMs } = card.preferred;
    const seat = this.seats.get(agentId);
    const why = untilMs <= this.now ? 'time' : !seat || !isPresent(seat.state) ? 'agent-gone' : this.coolDowns(agentId, card.item.id) > 0 ? 'cool-down' : null;
    if (!why) return agentId;
    card.preferred = null;
    this.emit({ kind: 'released', ...this.about(card), agentId, why });
    return '';
  }
  place(card: Card): void {
    card.at = 'W';
    card.ring = ringAt(card.item, this.now);
    card.keptFor = this.keeper(card);
    if (card.keptFor === '' && card.item.only) {
      this.emit({ kind: 'left', ...this.about(card), why: 'unanswered' });
      return this.forget(card);
    }
    const { pull } = this.rule(card);
    const agent = pull ? null : chooseAgent(card, this.seats.values(), { rule: this.rule(card), coolDowns: this.coolDowns });
    if (agent) return this.offer(card, agent.profile.id, card.keptFor !== '');
    const due = card.keptFor ? this.must(card.preferred ?? undefined).untilMs : nextRingAt(card.item, this.now);
    if (due !== null) this.timers.set(`r${card.item.id}`, due);
    this.emit({ kind: 'queued', ...this.about(card), ring: card.ring, keptFor: card.keptFor });
  }
  take(card: Card): void {
    this.timers.delete(`r${card.item.id}`);
    card.keptFor = '';
  }
  wake(card: Card): void {
    this.seats.set(card.agentId, carry(this.seat(card.agentId), card.item, 1));
    card.at = 'A';
    this.emit({ kind: 'woken', ...this.about(card), agentId: card.agentId, exceeds: this.over(card.agentId) });
  }
  over(agentId: string): boolean { return isOver(this.seat(agentId), this.seat(agentId).profile); }
  fill(agentId: string): void {
    while (this.seat(agentId).wakes.length > 0 && !this.over(agentId)) {
      const [first, ...rest] = [...this.seat(agentId).wakes].sort((a, b) => a.since - b.since || byId(a.id, b.id));
      this.change(agentId, { wakes: rest });
      this.wake(this.must(this.cards.get(this.must(first).id)));
    }
    for (;;) {
      const found = chooseItem(this.seat(agentId), this.waiting(null), { rules: this.rules, coolDowns: this.coolDowns });
      if (!found) return;
      this.offer(this.must(this.cards.get(found.item.id)), agentId, found.keptFor !== '');
    }
  }
  become(agentId: string, state: StoredState, reason = ''): void {
    this.roster += 1;
    this.change(agentId, { state, reason });
    this.emit({ kind: 'state', agentId, state, roster: this.roster, at: this.now });
  }
  gone(agentId: string): void {
    for (const card of this.held(agentId)) {
      if (card.at !== 'O') continue;
      this.emit({ kind: 'withdrawn', ...this.about(card), offerId: card.offerId, agentId, why: 'agent-gone' });
      this.release(card);
      this.place(card);
    }
    const kept = [...this.cards.values()].filter((c) => c.at === 'W' && c.keptFor === agentId);
    const rank = new Map(kept.map((c) => [c, this.scoreOf(c)]));
    kept.sort((a, b) => this.must(rank.get(a)) - this.must(rank.get(b)) || byId(a.item.id, b.item.id));
    for (const card of kept) { this.take(card); this.place(card); }
    this.fill(agentId);
  }
  scoreOf: (card: Card) => number = () => 0;
  rosterEvent(): void { this.roster += 1; }

  private ranOut(card: Card): void {
    const { offerId } = card;
    const rule = this.rule(card);
    const agentId = this.release(card);
    const missed = this.seat(agentId).missed + 1;
    this.change(agentId, { missed });
    const notResponding = missed >= rule.missLimit && this.seat(agentId).state === 'available';
    const coolDownUntil = this.now + rule.coolDownSeconds * 1000;
    this.exclude(card, agentId, coolDownUntil);
    this.emit({ kind: 'expired', ...this.about(card), offerId, agentId, coolDownUntil, notResponding });
    if (notResponding) this.become(agentId, 'not-responding');
    this.place(card);
    if (notResponding) this.gone(agentId);
    else this.fill(agentId);
  }
  private due(member: string): void {
    const rest = member.slice(1);
    if (member.startsWith('x')) {
      this.excluded.delete(rest);
      const agentId = rest.slice(0, rest.indexOf('|'));
      if (this.seats.has(agentId)) this.fill(agentId);
      return;
    }
    const card = this.must(this.cards.get(rest));
    if (member.startsWith('o')) return this.ranOut(card);
    const ring = ringAt(card.item, this.now);
    if (ring !== card.ring) this.emit({ kind: 'relaxed', ...this.about(card), ring });
    this.take(card);
    this.place(card);
  }
  /** Settles what is due, carries the call out and answers [code] with the decisions left in `decisions`. */
  run(now: number, call: (room: ReferenceRoom) => Answer[0]): { code: string; decisions: Decision[] } {
    this.now = now;
    this.decisions = [];
    const ready = [...this.timers].filter(([, at]) => at <= now).sort(([a, x], [b, y]) => x - y || byId(a, b)).slice(0, 100);
    for (const [member] of ready) {
      const at = this.timers.get(member);
      if (at === undefined || at > now) continue;
      this.timers.delete(member);
      this.due(member);
    }
    const code = call(this);
    return { code, decisions: this.decisions };
  }
  newSeat(profile: AgentProfile): Seat {
    return { profile, state: 'offline', reason: '', idleSince: 0, firmLoad: 0, softLoad: 0, counts: {}, missed: 0, lastTurn: 0, wakes: [] };
  }
}
