import { createWaitingRoom, type Outcome, type RoomLoader, type StoredItem, type WaitingRoom } from '../../queues';
import type { Ctx } from '../kernel';
import { agentsOf } from './agent.model';
import { applyDecisions } from './apply-decisions';
import { Interactions, type InteractionDoc } from './interaction.model';
import { queuesOf, type QueueDoc } from './queue.model';
import { ruleOf, storedAgentOf, workItemOf } from './work-item-of';

const rooms = new Map<string, WaitingRoom>();
const pageSize = 1000;

/** The waiting room of the context's company; it rebuilds itself from the store when Redis was emptied. */
export function roomOf(ctx: Ctx): WaitingRoom {
  const found = rooms.get(ctx.companyId);
  if (found) return found;
  const room = createWaitingRoom({ redis: ctx.redis, companyId: ctx.companyId, loader: loaderOf(ctx), onDecisions: (outcome) => void settle(ctx, outcome) });
  rooms.set(ctx.companyId, room);
  return room;
}

/** Forgets the rooms of a process whose Redis connection ended. */
export const forgetRooms = (): void => rooms.clear();

async function settle(ctx: Ctx, outcome: Outcome): Promise<void> {
  await applyDecisions(ctx, outcome.decisions).catch((error: unknown) => ctx.log.error({ err: error }, 'decisions of a rebuild wait for the sweep'));
}

/** Reads queues, agents and everything that waits or is worked on. */
function loaderOf(ctx: Ctx): RoomLoader {
  const { companyId } = ctx;
  return {
    queues: async () => (await queuesOf(companyId)).map(ruleOf),
    agents: async () => (await agentsOf(companyId)).map(storedAgentOf),
    async *items() {
      const queues = new Map((await queuesOf(companyId)).map((queue) => [queue._id, queue]));
      const cursor = Interactions.find({ companyId, state: { $in: ['waiting', 'offered', 'assigned'] } }).sort({ state: 1, arrivedAt: 1 }).lean<InteractionDoc[]>().cursor({ batchSize: pageSize });
      let batch: StoredItem[] = [];
      for await (const interaction of cursor as AsyncIterable<InteractionDoc>) {
        const stored = storedItem(interaction, queues);
        if (stored) batch.push(stored);
        if (batch.length >= pageSize) {
          yield batch;
          batch = [];
        }
      }
      yield batch;
    },
  };
}

function storedItem(interaction: InteractionDoc, queues: Map<string, QueueDoc>): StoredItem | null {
  const queue = queues.get(interaction.queueId);
  if (!queue) return null;
  const item = workItemOf(interaction, queue);
  return interaction.state === 'assigned' && interaction.agentId ? { item, heldBy: interaction.agentId, asleep: interaction.asleep } : { item };
}
