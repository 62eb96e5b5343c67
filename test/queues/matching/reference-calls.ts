// The calls of the reference room, one function each; they answer a refusal code or 'ok'.
import { chooseItem } from '../../../queues/matching/match';
import { scoreOf } from '../../../queues/matching/order';
import { completeRule, type QueueRule } from '../../../queues/room/queue-rule';
import type { AgentProfile, StoredState } from '../../../queues/roster/agent';
import { roomFor } from '../../../queues/roster/capacity';
import type { WorkItem } from '../../../queues/work-item';
import type { Card, ReferenceRoom } from './reference-room';

type Call = (room: ReferenceRoom) => ReturnType<Parameters<ReferenceRoom['run']>[1]>;
const isHeld = (card: Card): boolean => card.at === 'A' || card.at === 'Z' || card.at === 'Y';

function define(room: ReferenceRoom, card: Card, item: WorkItem): void {
  card.item = item;
  card.preferred = item.preferred ? { ...item.preferred } : null;
  for (const [agentId, untilMs] of Object.entries(item.excluded ?? {})) if (room.seats.has(agentId)) room.exclude(card, agentId, untilMs);
}

export const put = (item: WorkItem, moving: boolean): Call => (room) => {
  if (!room.rules.has(item.queueId)) return 'unknown-queue';
  const old = room.cards.get(item.id);
  if (!old) {
    const card: Card = { item, ring: 0, keptFor: '', at: 'W', agentId: '', offerId: '', expiresAt: 0, preferred: null };
    room.cards.set(item.id, card);
    define(room, card, item);
    room.place(card);
    return 'ok';
  }
  if (item.version <= old.item.version) return 'duplicate';
  let agentId = '';
  if (old.at === 'W') room.take(old);
  else {
    if (old.at !== 'O' && !moving) return 'already-assigned';
    if (old.at !== 'O' && item.preferred?.agentId === old.agentId) return 'transfer-to-self';
    if (old.at === 'O') room.emit({ kind: 'withdrawn', ...room.about(old), offerId: old.offerId, agentId: old.agentId, why: 'changed' });
    else room.emit({ kind: 'requeued', ...room.about(old), offerId: old.offerId, agentId: old.agentId });
    agentId = room.release(old);
  }
  define(room, old, item);
  room.place(old);
  if (agentId) room.fill(agentId);
  return 'ok';
};

export const leave = (itemId: string): Call => (room) => {
  const card = room.cards.get(itemId);
  if (!card) return 'unknown-work-item';
  if (isHeld(card)) return 'already-assigned';
  let agentId = '';
  if (card.at === 'W') room.take(card);
  else {
    room.emit({ kind: 'withdrawn', ...room.about(card), offerId: card.offerId, agentId: card.agentId, why: 'left' });
    agentId = room.release(card);
  }
  room.emit({ kind: 'left', ...room.about(card), why: 'left' });
  room.forget(card);
  if (agentId) room.fill(agentId);
  return 'ok';
};

const offered = (room: ReferenceRoom, offerId: string, agentId: string): Card | 'offer-expired' | 'already-assigned' | 'not-your-offer' | 'already-accepted' => {
  const card = room.cards.get(offerId.split('~')[0] ?? '');
  if (!card) return 'offer-expired';
  if (card.offerId !== offerId) return isHeld(card) ? 'already-assigned' : 'offer-expired';
  if (card.agentId !== agentId) return 'not-your-offer';
  return card.at === 'O' ? card : 'already-accepted';
};
export const accept = (offerId: string, agentId: string): Call => (room) => {
  const card = offered(room, offerId, agentId);
  if (typeof card === 'string') return card;
  room.assign(card, 'accept');
  return 'ok';
};
export const decline = (offerId: string, agentId: string): Call => (room) => {
  const card = offered(room, offerId, agentId);
  if (typeof card === 'string') return card;
  room.release(card);
  const coolDownUntil = room.now + room.rule(card).coolDownSeconds * 1000;
  room.exclude(card, agentId, coolDownUntil);
  room.emit({ kind: 'declined', ...room.about(card), offerId, agentId, coolDownUntil });
  room.place(card);
  room.fill(agentId);
  return 'ok';
};

export const done = (itemId: string, agentId: string, wrapUp: boolean): Call => (room) => {
  const card = room.cards.get(itemId);
  if (!card) return 'unknown-work-item';
  if (!isHeld(card)) return 'not-assigned';
  if (card.agentId !== agentId) return 'already-assigned';
  room.release(card);
  room.change(agentId, { idleSince: room.now });
  room.emit({ kind: 'done', ...room.about(card), agentId });
  room.forget(card);
  if (wrapUp && room.seat(agentId).state === 'available') room.become(agentId, 'wrap-up');
  room.fill(agentId);
  return 'ok';
};

export const requeue = (itemId: string, coolDown: boolean): Call => (room) => {
  const card = room.cards.get(itemId);
  if (!card) return 'unknown-work-item';
  if (card.at === 'W') return 'not-assigned';
  if (card.at === 'O') room.emit({ kind: 'withdrawn', ...room.about(card), offerId: card.offerId, agentId: card.agentId, why: 'requeued' });
  else room.emit({ kind: 'requeued', ...room.about(card), offerId: card.offerId, agentId: card.agentId });
  const agentId = room.release(card);
  if (coolDown) room.exclude(card, agentId, room.now + room.rule(card).coolDownSeconds * 1000);
  room.place(card);
  room.fill(agentId);
  return 'ok';
};

export const sleep = (itemId: string): Call => (room) => {
  const card = room.cards.get(itemId);
  if (!card) return 'unknown-work-item';
  if (card.at === 'Y') {
    room.change(card.agentId, { wakes: room.seat(card.agentId).wakes.filter((w) => w.id !== itemId) });
    card.at = 'Z';
    return 'ok';
  }
  if (card.at !== 'A') return 'not-assigned';
  const { agentId, offerId } = card;
  room.release(card);
  Object.assign(card, { agentId, offerId, at: 'Z' });
  room.emit({ kind: 'asleep', ...room.about(card), agentId });
  room.fill(agentId);
  return 'ok';
};
export const wake = (itemId: string): Call => (room) => {
  const card = room.cards.get(itemId);
  if (!card) return 'unknown-work-item';
  if (card.at !== 'Z') return 'not-assigned';
  if (!room.over(card.agentId)) { room.wake(card); return 'ok'; }
  card.at = 'Y';
  room.change(card.agentId, { wakes: [...room.seat(card.agentId).wakes, { id: itemId, since: room.now }] });
  room.emit({ kind: 'wake-waits', ...room.about(card), agentId: card.agentId });
  return 'ok';
};

export const assign = (itemId: string, agentId: string): Call => (room) => {
  const card = room.cards.get(itemId);
  const seat = room.seats.get(agentId);
  if (!card) return 'unknown-work-item';
  if (!seat) return 'unknown-agent';
  if (isHeld(card) && card.agentId === agentId) return 'transfer-to-self';
  if (seat.state === 'offline' || seat.state === 'not-responding') return 'agent-unavailable';
  const other = card.agentId;
  if (other !== agentId && roomFor(seat, seat.profile, card.item) === 'full') return 'at-capacity';
  if (card.at === 'W') room.take(card);
  else {
    if (card.at === 'O') room.emit({ kind: 'withdrawn', ...room.about(card), offerId: card.offerId, agentId: other, why: 'assigned' });
    else room.emit({ kind: 'requeued', ...room.about(card), offerId: card.offerId, agentId: other });
    room.release(card);
  }
  room.stamp(card);
  room.hold(card, agentId);
  room.assign(card, 'manual');
  if (other && other !== agentId) room.fill(other);
  return 'ok';
};

export const next = (agentId: string, queueId: string): Call => (room) => {
  const seat = room.seats.get(agentId);
  if (!seat) return 'unknown-agent';
  const rule = room.rules.get(queueId);
  if (!rule) return 'unknown-queue';
  if (!rule.pull) return 'not-pull-queue';
  if (seat.state !== 'available') return 'agent-unavailable';
  const given = { rules: room.rules, coolDowns: room.coolDowns };
  const found = chooseItem(seat, room.waiting(queueId), given);
  if (!found) {
    const unlimited = { ...seat, profile: { ...seat.profile, capacity: 1e9, maxima: {} } };
    if (chooseItem(unlimited, room.waiting(queueId), { rules: room.rules, coolDowns: () => 0 })
      && room.waiting(queueId).some((w) => roomFor(seat, seat.profile, w.item) === 'full' && chooseItem(unlimited, [w], { rules: room.rules, coolDowns: () => 0 }))) return 'at-capacity';
    return seat.profile.queueIds.includes(queueId) ? 'nothing-waiting' : 'not-eligible';
  }
  const card = room.must(room.cards.get(found.item.id));
  room.take(card);
  room.stamp(card);
  room.hold(card, agentId);
  room.assign(card, 'next');
  return 'ok';
};

export const setAgent = (profile: AgentProfile): Call => (room) => {
  const old = room.seats.get(profile.id);
  room.seats.set(profile.id, { ...(old ?? room.newSeat(profile)), profile });
  room.rosterEvent();
  room.fill(profile.id);
  return 'ok';
};
export const setState = (agentId: string, state: StoredState): Call => (room) => {
  const seat = room.seats.get(agentId);
  if (!seat) return 'unknown-agent';
  if (seat.state === state) return 'ok';
  room.become(agentId, state);
  if (state === 'available') {
    room.change(agentId, { missed: 0, idleSince: room.now });
    room.fill(agentId);
  } else if (state !== 'wrap-up') room.gone(agentId);
  return 'ok';
};
export const handBack = (agentId: string): Call => (room) => {
  if (!room.seats.has(agentId)) return 'unknown-agent';
  for (const card of room.held(agentId)) {
    if (card.agentId !== agentId) continue;
    if (card.at === 'O') room.emit({ kind: 'withdrawn', ...room.about(card), offerId: card.offerId, agentId, why: 'requeued' });
    else room.emit({ kind: 'requeued', ...room.about(card), offerId: card.offerId, agentId });
    room.release(card);
    room.exclude(card, agentId, room.now + room.rule(card).coolDownSeconds * 1000);
    room.place(card);
  }
  room.fill(agentId);
  return 'ok';
};
export const setQueue = (rule: QueueRule): Call => (room) => {
  const old = room.rules.get(rule.id);
  const full = completeRule(rule);
  room.rules.set(rule.id, full);
  room.scoreOf = (card) => scoreOf(card.item, room.rule(card));
  if (!old || (old.order === full.order && old.select === full.select && old.pull === full.pull && old.boostMinutes === full.boostMinutes)) return 'ok';
  const order = [...room.seats.values()].filter((s) => s.state === 'available').sort((a, b) => a.idleSince - b.idleSince || (a.profile.id < b.profile.id ? -1 : 1));
  for (const seat of order) room.fill(seat.profile.id);
  return 'ok';
};
export const tick = (): Call => () => 'ok';
