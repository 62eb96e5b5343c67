import { goodId } from '../matching/requirement';
import { roomCalls } from './calls';
import { badItem, badProfile, badRule } from './check-input';
import type { Outcome } from './decisions';
import { agentArgs, itemArgs, queueArgs } from './encode';
import { roomKey } from './keys';
import { rebuildRoom } from './rebuild';
import type { WaitingRoom, WaitingRoomOptions } from './room.types';
import { RoomViews } from './views';

type Args = readonly (string | number)[];
const refuse = (detail: string): Promise<Outcome> => Promise.resolve({ ok: false, code: 'bad-input', detail, decisions: [] });

/** Calls the script; a shut room is rebuilt first when there is a loader. */
function caller(options: WaitingRoomOptions): (op: string, now: number, args?: Args) => Promise<Outcome> {
  const send = roomCalls(options.redis, roomKey(options.companyId));
  let rebuilding: Promise<unknown> | null = null;
  return async (op, now, args = []) => {
    for (let tries = 0; ; tries += 1) {
      const outcome = await send(op, now, args);
      if (outcome.ok || outcome.code !== 'starting' || !options.loader || tries > 3) return outcome;
      rebuilding ??= rebuildRoom({ redis: options.redis, companyId: options.companyId, loader: options.loader, now, onlyIfShut: true })
        .then((opened) => options.onDecisions?.(opened))
        .finally(() => { rebuilding = null; });
      await rebuilding;
    }
  };
}

/** The waiting room of one company; see WaitingRoom. Calls throw only when Redis cannot be reached, or when the script broke off (decode.ts). */
export function createWaitingRoom(options: WaitingRoomOptions): WaitingRoom {
  const call = caller(options);
  const views = new RoomViews(options.redis, options.companyId);
  const { redis, companyId } = options;
  const named = (ids: readonly string[], go: () => Promise<Outcome>): Promise<Outcome> => {
    const wrong = ids.find((id) => !goodId(id));
    return wrong === undefined ? go() : refuse(`id ${wrong}`);
  };
  const checked = (wrong: string | null, go: () => Promise<Outcome>): Promise<Outcome> => (wrong === null ? go() : refuse(wrong));
  return {
    open: async (now) => {
      await rebuildRoom({ redis, companyId, now, onlyIfShut: true });
      return (await redis.hget(roomKey(companyId), 'epoch')) ?? '';
    },
    rebuild: (loader, now) => rebuildRoom({ redis, companyId, loader, now, onlyIfShut: false }),
    setQueue: (rule, now) => checked(badRule(rule), () => call('setQueue', now, queueArgs(rule))),
    setAgent: (profile, now) => checked(badProfile(profile), () => call('setAgent', now, agentArgs(profile))),
    removeAgent: (agentId, now) => named([agentId], () => call('removeAgent', now, [agentId])),
    setState: ({ agentId, state, reason }, now) => named([agentId], () => call('setState', now, [agentId, state, reason ?? ''])),
    arrive: (item, now) => checked(badItem(item), () => call('arrive', now, itemArgs(item))),
    promise: ({ queueId, itemId, most, forMs }, now) => named([queueId, itemId], () => call('promise', now, [queueId, itemId, most, forMs])),
    leave: (itemId, now, why) => named([itemId], () => call('leave', now, [itemId, why ?? 'left'])),
    accept: (offerId, agentId, now) => named([agentId], () => call('accept', now, [offerId, agentId])),
    decline: ({ offerId, agentId }, now) => named([agentId], () => call('decline', now, [offerId, agentId])),
    done: ({ itemId, agentId, wrapUp }, now) => named([itemId, agentId], () => call('done', now, [itemId, agentId, wrapUp ? 1 : 0])),
    sleep: (itemId, now) => named([itemId], () => call('sleep', now, [itemId])),
    wake: (itemId, now) => named([itemId], () => call('wake', now, [itemId])),
    assign: (itemId, agentId, now) => named([itemId, agentId], () => call('assign', now, [itemId, agentId])),
    next: (agentId, queueId, now) => named([agentId, queueId], () => call('next', now, [agentId, queueId])),
    requeue: ({ itemId, coolDown }, now) => named([itemId], () => call('requeue', now, [itemId, coolDown ? 1 : 0])),
    transfer: (item, now) => checked(badItem(item), () => call('transfer', now, itemArgs(item))),
    handBack: (agentId, now) => named([agentId], () => call('handBack', now, [agentId])),
    tick: (now) => call('tick', now),
    nextDue: () => views.nextDue(),
    item: (itemId) => views.item(itemId),
    items: (itemIds) => views.items(itemIds),
    agent: (agentId) => views.agent(agentId),
    position: (itemId) => views.position(itemId),
    expectedWait: (queueId) => views.expectedWait(queueId),
    snapshot: () => views.snapshot(),
  };
}
