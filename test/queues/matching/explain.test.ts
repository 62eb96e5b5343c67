import { explain } from '../../../queues/matching/explain';
import type { Waiting } from '../../../queues/matching/match';
import { minutesOf, scoreOf } from '../../../queues/matching/order';
import type { AgentSeat } from '../../../queues/roster/agent';
import type { QueueRule } from '../../../queues/room/queue-rule';
import type { WorkItem } from '../../../queues/work-item';

const rule: QueueRule = { id: 'q1', order: 'fifo', select: 'longest-idle', pull: false, coolDownSeconds: 60 };
const item: WorkItem = { id: 'i1', version: 1, queueId: 'q1', channel: 'chat', weight: 25, arrivedAt: 1_000_000, rings: [{ afterSeconds: 0, requirement: { fr: 3 } }], offerSeconds: 30 };
const waiting: Waiting = { item, ring: 0, keptFor: '' };
const seat = (id: string, more: Partial<AgentSeat> = {}, { fr = 3, queueIds = ['q1'] }: { fr?: number; queueIds?: string[] } = {}): AgentSeat => ({
  profile: { id, queueIds, skills: { fr }, maxima: { chat: 3 }, capacity: 100 }, state: 'available', reason: '', idleSince: 0, firmLoad: 0, softLoad: 0, counts: {}, missed: 0, lastTurn: 0, ...more,
});

test('everyone considered gets a reason', () => {
  const agents = [
    seat('chosen', { idleSince: 1 }), seat('second', { idleSince: 5 }), seat('first', { idleSince: 3 }), seat('weak', {}, { fr: 2 }), seat('full', { counts: { chat: 3 } }),
    seat('loaded', { firmLoad: 90 }), seat('elsewhere', {}, { fr: 5, queueIds: ['q2'] }), seat('lunch', { state: 'away', reason: 'lunch' }), seat('cooling'),
  ];
  const rows = explain({ waiting, agents, rule, coolDowns: (id) => (id === 'cooling' ? 5 : 0), chosen: 'chosen' });
  expect(rows.slice(0, 3).map((r) => [r.agentId, r.verdict])).toEqual([['chosen', 'chosen'], ['first', 'later'], ['second', 'later']]);
  const said = Object.fromEntries(rows.map((r) => [r.agentId, r.verdict]));
  expect(said).toMatchObject({
    weak: { code: 'skill', skill: 'fr', has: 2, needs: 3 }, full: { code: 'maximum', channel: 'chat', has: 3, most: 3 }, loaded: { code: 'capacity', load: 90, weight: 25, capacity: 100 },
    elsewhere: { code: 'queue', queueId: 'q1' }, lunch: { code: 'state', state: 'away', reason: 'lunch' }, cooling: { code: 'cool-down', until: 5 },
  });
  const kept = explain({ waiting: { ...waiting, keptFor: 'b' }, agents: [seat('a')], rule, coolDowns: () => 0, chosen: null });
  expect(kept.map((r) => r.verdict)).toEqual([{ code: 'kept', agentId: 'b' }]);
});

test('scores: one number per order, in minutes', () => {
  const one = { ...item, priorityMinutes: 5, staticPriority: 2, dueAt: 3_000_000 };
  const score = (order: QueueRule['order'], boostMinutes = 0): number => scoreOf(one, { ...rule, order, boostMinutes });
  expect([score('fifo'), score('priority'), score('static'), score('due'), score('fifo', 1)]).toEqual([1_000_000, 700_000, 1_000_000 - 2e11, 3_000_000, 940_000]);
  expect(scoreOf({ ...one, dueAt: null }, { ...rule, order: 'due' })).toBe(1_000_000);
  expect(minutesOf(score('priority'), 1_060_000)).toBe(6);
});
