import type { Redis } from 'ioredis';
import type { Decision, Outcome } from '../../../queues/room/decisions';
import { createWaitingRoom } from '../../../queues/room/room';
import type { WaitingRoom } from '../../../queues/room/room.types';
import type { QueueRule } from '../../../queues/room/queue-rule';
import type { AgentProfile } from '../../../queues/roster/agent';
import type { WorkItem } from '../../../queues/work-item';
import { type PrivateRedis, startPrivateRedis } from './private-redis';

let server: PrivateRedis;
let redis: Redis;
let room: WaitingRoom;
let companies = 0;
const T = 1_760_000_000_000;
const rule = (id: string, more: Partial<QueueRule> = {}): QueueRule => ({ id, order: 'fifo', select: 'longest-idle', pull: false, coolDownSeconds: 60, ...more });
const person = (id: string, more: Partial<AgentProfile> = {}): AgentProfile => ({ id, queueIds: ['q1'], skills: {}, maxima: {}, capacity: 100, ...more });
const work = (id: string, more: Partial<WorkItem> = {}): WorkItem => ({
  id, version: 1, queueId: 'q1', channel: 'voice', weight: 100, arrivedAt: T, rings: [{ afterSeconds: 0, requirement: {} }], offerSeconds: 20, ...more,
});
const short = (outcome: Outcome): string[] => outcome.decisions.map((d: Decision) => {
  const item = 'itemId' in d ? d.itemId : '';
  const who = 'agentId' in d ? d.agentId : '';
  return [d.kind, item, who, 'why' in d ? d.why : ''].filter(Boolean).join(' ');
});
const code = (outcome: Outcome): string => (outcome.ok ? 'ok' : outcome.code);
const offerOf = (outcome: Outcome): string => {
  const found = outcome.decisions.find((d) => d.kind === 'offer');
  if (found?.kind !== 'offer') throw new Error('no offer');
  return found.offerId;
};
async function online(...people: AgentProfile[]): Promise<void> {
  for (const one of people) {
    await room.setAgent(one, T);
    await room.setState({ agentId: one.id, state: 'available' }, T);
  }
}

beforeAll(async () => {
  server = await startPrivateRedis();
  redis = server.client();
});
afterAll(() => server.stop());
beforeEach(async () => {
  companies += 1;
  room = createWaitingRoom({ redis, companyId: `c${companies}` });
  await room.open(T);
  await room.setQueue(rule('q1'), T);
});

describe('offers', () => {
  test('an arriving item is offered to the longest idle agent, accepted once, and ended', async () => {
    await room.setAgent(person('a1'), T);
    await room.setState({ agentId: 'a1', state: 'available' }, T + 5);
    await online(person('a2'));
    const arrived = await room.arrive(work('i1'), T + 10);
    expect(short(arrived)).toEqual(['offer i1 a2']);
    const offerId = offerOf(arrived);
    expect(code(await room.accept(offerId, 'a1', T + 11))).toBe('not-your-offer');
    expect(short(await room.accept(offerId, 'a2', T + 11))).toEqual(['assigned i1 a2']);
    expect(code(await room.accept(offerId, 'a2', T + 12))).toBe('already-accepted');
    expect(code(await room.leave('i1', T + 12))).toBe('already-assigned');
    expect(code(await room.done({ itemId: 'i1', agentId: 'a1' }, T + 13))).toBe('already-assigned');
    expect(short(await room.done({ itemId: 'i1', agentId: 'a2' }, T + 13))).toEqual(['done i1 a2']);
    expect(await room.item('i1')).toBeNull();
    expect(code(await room.done({ itemId: 'i1', agentId: 'a2' }, T + 14))).toBe('unknown-work-item');
  });

  test('a declined item keeps its seniority, goes on at once, and not to the same agent during the cool-down', async () => {
    await online(person('a1'));
    const first = await room.arrive(work('i1'), T + 10);
    await room.arrive(work('i2', { arrivedAt: T + 1 }), T + 10);
    const declined = await room.decline({ offerId: offerOf(first), agentId: 'a1' }, T + 20);
    expect(short(declined)).toEqual(['declined i1 a1', 'queued i1', 'offer i2 a1']);
    await room.setAgent(person('a2'), T + 30);
    expect(short(await room.setState({ agentId: 'a2', state: 'available' }, T + 30))).toEqual(['state a2', 'offer i1 a2']);
  });

  test('the cool-down ends by itself', async () => {
    await online(person('a1'));
    const first = await room.arrive(work('i1'), T + 10);
    await room.decline({ offerId: offerOf(first), agentId: 'a1' }, T + 20);
    expect(await room.nextDue()).toBe(T + 60_020);
    expect(short(await room.tick(T + 60_019))).toEqual([]);
    expect(short(await room.tick(T + 60_020))).toEqual(['offer i1 a1']);
  });

  test('two expired offers make an agent not-responding; a late answer is refused', async () => {
    await online(person('a1'), person('a2'));
    const first = await room.arrive(work('i1'), T + 10);
    const second = await room.tick(T + 20_010);
    expect(short(second)).toEqual(['expired i1 a1', 'offer i1 a2']);
    expect(code(await room.accept(offerOf(first), 'a1', T + 20_011))).toBe('offer-expired');
    await room.accept(offerOf(second), 'a2', T + 20_012);
    await room.arrive(work('i2', { arrivedAt: T + 5 }), T + 20_013);
    const third = await room.tick(T + 40_013);
    expect(short(third)).toEqual(['expired i2 a1', 'state a1', 'queued i2']);
    expect(await room.agent('a1')).toMatchObject({ state: 'not-responding', missed: 2, firmLoad: 0 });
  });

  test('an accept at the moment of expiry is too late', async () => {
    await online(person('a1'));
    const first = await room.arrive(work('i1'), T);
    expect(code(await room.accept(offerOf(first), 'a1', T + 20_000))).toBe('offer-expired');
  });

  test('a customer who leaves takes the offer along and the agent gets the next', async () => {
    await online(person('a1'));
    await room.arrive(work('i1'), T);
    await room.arrive(work('i2'), T);
    expect(short(await room.leave('i1', T + 5))).toEqual(['withdrawn i1 a1 left', 'left i1 left', 'offer i2 a1']);
    expect(short(await room.leave('i2', T + 6))).toEqual(['withdrawn i2 a1 left', 'left i2 left']);
    expect(code(await room.leave('i2', T + 6))).toBe('unknown-work-item');
  });

  test('auto-accept assigns with the offer; wrap-up keeps the next item away until the agent is back', async () => {
    await online(person('a1'));
    expect(short(await room.arrive(work('i1', { autoAccept: true }), T))).toEqual(['offer i1 a1', 'assigned i1 a1']);
    await room.arrive(work('i2'), T + 1);
    expect(short(await room.done({ itemId: 'i1', agentId: 'a1', wrapUp: true }, T + 2))).toEqual(['done i1 a1', 'state a1']);
    expect(short(await room.setState({ agentId: 'a1', state: 'available' }, T + 3))).toEqual(['state a1', 'offer i2 a1']);
  });
});

describe('who may have what', () => {
  test('skills relax ring by ring, timed from arrival', async () => {
    await online(person('basic', { skills: { fr: 2 } }), person('anyone'));
    const rings = [{ afterSeconds: 0, requirement: { fr: 4 } }, { afterSeconds: 30, requirement: { fr: 2 } }, { afterSeconds: 60, requirement: {} }];
    expect(short(await room.arrive(work('i1', { rings }), T + 100))).toEqual(['queued i1']);
    expect(short(await room.tick(T + 30_000))).toEqual(['relaxed i1', 'offer i1 basic']);
    await room.arrive(work('i2', { rings }), T + 30_001);
    expect(short(await room.tick(T + 49_999))).toEqual([]);
    expect(short(await room.tick(T + 60_000))).toEqual(['expired i1 basic', 'offer i1 anyone', 'offer i2 basic']);
  });

  test('orders: priority minutes, static priority, earliest due', async () => {
    const cases: [QueueRule['order'], WorkItem[]][] = [
      ['fifo', [work('second', { arrivedAt: T + 1 }), work('first')]],
      ['priority', [work('second'), work('first', { arrivedAt: T + 240_000, priorityMinutes: 5 })]],
      ['static', [work('second', { staticPriority: 1 }), work('first', { arrivedAt: T + 1e9, staticPriority: 2 })]],
      ['due', [work('second', { dueAt: T + 10_000 }), work('first', { arrivedAt: T + 5, dueAt: T + 9_000 })]],
    ];
    for (const [order, items] of cases) {
      await room.setQueue(rule(order, { order }), T);
      await room.setAgent(person(`a-${order}`, { queueIds: [order] }), T);
      for (const item of items) await room.arrive({ ...item, id: `${order}-${item.id}`, queueId: order }, T);
      expect(short(await room.setState({ agentId: `a-${order}`, state: 'available' }, T))).toEqual([`state a-${order}`, `offer ${order}-first a-${order}`]);
    }
  });

  test('capacity: four chats fit, a call does not; an e-mail is put aside for a call', async () => {
    await online(person('a1', { maxima: { chat: 3 } }));
    const chat = (id: string): WorkItem => work(id, { channel: 'chat', weight: 25, autoAccept: true });
    for (const id of ['c1', 'c2', 'c3']) await room.arrive(chat(id), T);
    expect(short(await room.arrive(chat('c4'), T))).toEqual(['queued c4']);
    expect(short(await room.arrive(work('call'), T))).toEqual(['queued call']);
    expect(short(await room.sleep('c1', T + 1))).toEqual(['asleep c1 a1', 'offer c4 a1', 'assigned c4 a1']);
    expect((await room.wake('c1', T + 2)).decisions).toEqual([{ kind: 'woken', itemId: 'c1', itemVersion: 1, agentId: 'a1', exceeds: true, at: T + 2 }]);
    await room.sleep('c2', T + 3);
    await room.sleep('c3', T + 3);
    await room.wake('c2', T + 4);
    expect(short(await room.wake('c3', T + 4))).toEqual(['woken c3 a1']);
    await online(person('a2'));
    await room.done({ itemId: 'call', agentId: 'a2' }, T + 5);
    const mail = await room.arrive(work('m1', { channel: 'email', weight: 20, interruptible: true, autoAccept: true }), T + 6);
    expect(short(mail)).toEqual(['queued m1']);
  });

  test('interruptible work leaves room for a call, but not the other way round', async () => {
    await online(person('a1'));
    await room.arrive(work('m1', { channel: 'email', weight: 20, interruptible: true, autoAccept: true }), T);
    const call = await room.arrive(work('call'), T + 1);
    expect(call.decisions[0]).toMatchObject({ kind: 'offer', putsAside: true });
    expect(short(await room.arrive(work('m2', { channel: 'email', weight: 20, interruptible: true }), T + 2))).toEqual(['queued m2']);
  });

  test('a preferred agent is waited for while present, never when gone', async () => {
    await online(person('a1'), person('a2'));
    const preferred = { agentId: 'a1', untilMs: T + 60_000 };
    await room.arrive(work('i0', { preferred, autoAccept: true }), T);
    expect(short(await room.arrive(work('i1', { preferred }), T + 1))).toEqual(['queued i1']);
    expect(await room.item('i1')).toMatchObject({ state: 'waiting', keptFor: 'a1' });
    expect(short(await room.setState({ agentId: 'a1', state: 'away' }, T + 2))).toEqual(['state a1', 'released i1 a1 agent-gone', 'offer i1 a2']);
    expect(short(await room.arrive(work('i2', { preferred }), T + 3))).toEqual(['released i2 a1 agent-gone', 'queued i2']);
    await room.setState({ agentId: 'a1', state: 'available' }, T + 4);
    await room.arrive(work('i3', { preferred }), T + 5);
    expect(short(await room.tick(T + 60_000))).toContain('released i3 a1 time');
  });

  test('most skilled, least occupied and round robin choose whom they say', async () => {
    await room.setQueue(rule('ms', { select: 'most-skilled' }), T);
    await online(person('low', { queueIds: ['ms'], skills: { fr: 3 } }), person('high', { queueIds: ['ms'], skills: { fr: 5 } }));
    expect(short(await room.arrive(work('s1', { queueId: 'ms', rings: [{ afterSeconds: 0, requirement: { fr: 2 } }] }), T + 1))).toEqual(['offer s1 high']);
    await room.setQueue(rule('lo', { select: 'least-occupied' }), T);
    await online(person('l1', { queueIds: ['lo'] }), person('l2', { queueIds: ['lo'] }));
    const small = (id: string, queueId: string, weight: number): WorkItem => work(id, { queueId, weight, channel: 'chat' });
    await room.arrive(small('l-1', 'lo', 40), T + 1);
    await room.arrive(small('l-2', 'lo', 10), T + 2);
    expect(short(await room.arrive(small('l-3', 'lo', 10), T + 3))).toEqual(['offer l-3 l2']);
    await room.setQueue(rule('rr', { select: 'round-robin' }), T);
    await online(person('r1', { queueIds: ['rr'] }), person('r2', { queueIds: ['rr'] }));
    const turns: string[] = [];
    for (const id of ['x1', 'x2', 'x3', 'x4']) turns.push(...short(await room.arrive(small(id, 'rr', 10), T + 4)));
    expect(turns).toEqual(['offer x1 r1', 'offer x2 r2', 'offer x3 r1', 'offer x4 r2']);
  });
});

test('who ends a conversation that slept is idle from then on, and comes after whoever was idle before', async () => {
  await online(person('a1'), person('a2'));
  const chat = (id: string): WorkItem => work(id, { channel: 'chat', weight: 25, autoAccept: true });
  expect(short(await room.arrive(chat('c1'), T + 1))).toEqual(['offer c1 a1', 'assigned c1 a1']);
  expect(short(await room.arrive(chat('c2'), T + 2))).toEqual(['offer c2 a2', 'assigned c2 a2']);
  await room.sleep('c1', T + 10);
  await room.done({ itemId: 'c1', agentId: 'a1' }, T + 20);
  expect(short(await room.arrive(chat('c3'), T + 30))).toEqual(['offer c3 a2', 'assigned c3 a2']);
});

describe('by hand', () => {
  test('pull mode gives the best item without choosing', async () => {
    await room.setQueue(rule('pull', { pull: true }), T);
    await online(person('a1', { queueIds: ['pull'] }), person('a2'));
    await room.arrive(work('later', { queueId: 'pull', arrivedAt: T + 1 }), T + 1);
    await room.arrive(work('sooner', { queueId: 'pull' }), T + 1);
    expect(code(await room.next('a1', 'q1', T + 2))).toBe('not-pull-queue');
    expect(code(await room.next('a2', 'pull', T + 2))).toBe('not-eligible');
    expect(short(await room.next('a1', 'pull', T + 2))).toEqual(['assigned sooner a1']);
    expect(code(await room.next('a1', 'pull', T + 2))).toBe('at-capacity');
    await room.done({ itemId: 'sooner', agentId: 'a1' }, T + 3);
    await room.next('a1', 'pull', T + 4);
    await room.done({ itemId: 'later', agentId: 'a1' }, T + 5);
    expect(code(await room.next('a1', 'pull', T + 6))).toBe('nothing-waiting');
  });

  test('manual assignment, transfer, re-queue and hand-back', async () => {
    await online(person('a1'), person('a2', { queueIds: ['q2'] }));
    await room.setQueue(rule('q2'), T);
    await room.arrive(work('i1'), T + 1);
    expect(short(await room.assign('i1', 'a2', T + 2))).toEqual(['withdrawn i1 a1 assigned', 'assigned i1 a2']);
    expect(code(await room.assign('i1', 'a2', T + 3))).toBe('transfer-to-self');
    expect(short(await room.transfer(work('i1', { version: 2, queueId: 'q2', excluded: { a2: T + 50_000 } }), T + 4))).toEqual(['requeued i1 a2', 'queued i1']);
    expect(code(await room.transfer(work('i1', { version: 2, queueId: 'q2' }), T + 4))).toBe('duplicate');
    expect(short(await room.transfer(work('i1', { version: 3, queueId: 'q1' }), T + 5))).toEqual(['offer i1 a1']);
    expect(short(await room.requeue({ itemId: 'i1', coolDown: true }, T + 6))).toEqual(['withdrawn i1 a1 requeued', 'queued i1']);
    await room.assign('i1', 'a1', T + 7);
    expect(short(await room.handBack('a1', T + 8))).toEqual(['requeued i1 a1', 'queued i1']);
    expect(code(await room.arrive(work('i9', { queueId: 'nowhere' }), T))).toBe('unknown-queue');
    expect(code(await room.arrive(work('i9', { rings: [{ afterSeconds: 0, requirement: { fr: 9 } }] }), T))).toBe('bad-input');
    expect(code(await room.setAgent(person('a9', { capacity: -1 }), T))).toBe('bad-input');
  });
});

test('places of a queue are promised up to a limit; arriving makes use of one, not coming lets it lapse, kept items count, other queues do not', async () => {
  await room.setQueue(rule('q2'), T);
  await online(person('kim', { queueIds: ['q2'] }));
  const promise = async (itemId: string, at = T, queueId = 'q1'): Promise<string> => {
    const outcome = await room.promise({ queueId, itemId, most: 3, forMs: 1000 }, at);
    return outcome.ok ? 'ok' : `${outcome.code} ${outcome.detail}`;
  };
  expect(await Promise.all(['i1', 'i2', 'i3', 'i4'].map((id) => promise(id)))).toEqual(['ok', 'ok', 'ok', 'queue-full 3']);
  expect(await promise('i5', T, 'q2')).toBe('ok');
  await room.arrive(work('i1'), T);
  await room.arrive(work('busy', { queueId: 'q2' }), T);
  await room.arrive(work('i2', { preferred: { agentId: 'kim', untilMs: T + 60_000 } }), T);
  expect([await promise('i4'), (await room.expectedWait('q1')).waiting]).toEqual(['queue-full 3', 2]);
  expect([await promise('i4', T + 1001), await promise('i3', T + 1001)]).toEqual(['ok', 'queue-full 3']);
  await room.leave('i2', T + 1002);
  expect([await promise('i6', T + 1002), await promise('i7', T + 1002), await promise('i7', T, 'nowhere')]).toEqual(['ok', 'queue-full 3', 'unknown-queue nowhere']);
});
