import type { Server } from 'socket.io';
import { actorOf } from '../access';
import { subscriber, type Ctx, type DomainEvent, type Services, type Subscriber } from '../kernel';
import { enterRooms } from './enter-rooms';
import type { SocketData } from './io';

// Roles and agents are remembered for a second on every node; only then the new state is sure to be read.
const rememberedMs = 1100;

/** Gives the consoles of this node what their accounts may do now, when roles, teams or queues changed: a console that stays connected must not keep what was taken, nor miss what was given. */
export function powerRenewer(io: Server, services: Services): Subscriber {
  return subscriber({
    name: 'renew-power', on: ['account.changed', 'agent.changed', 'settings.changed'], kind: 'everywhere',
    run(ctx, event) {
      const who = whose(event);
      if (who === null) return;
      const timer = setTimeout(() => void renew(io, services, { ctx, who }).catch((error: unknown) => ctx.log.error({ err: error }, 'what a console may do could not be renewed')), rememberedMs);
      timer.unref();
    },
  });
}

// Null: nobody's power changed.
function whose(event: DomainEvent): string | 'everybody' | null {
  if (event.name === 'settings.changed') return event.data['kind'] === 'roles' ? 'everybody' : null;
  return String(event.data['accountId'] ?? event.data['agentId']);
}

async function renew(io: Server, services: Services, { ctx, who }: { ctx: Ctx; who: string }): Promise<void> {
  for (const socket of io.of('/agent').sockets.values()) {
    const data = socket.data as SocketData;
    if (data.companyId !== ctx.companyId || data.actor.kind !== 'account' || (who !== 'everybody' && data.actor.id !== who)) continue;
    const actor = await actorOf(services, { companyId: data.companyId, accountId: data.actor.id });
    if (actor?.kind !== 'account') continue;
    data.actor = { ...actor, sessionId: data.actor.sessionId };
    await enterRooms(ctx, socket, data.actor);
  }
}
