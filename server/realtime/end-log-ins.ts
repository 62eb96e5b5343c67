import type { Server } from 'socket.io';
import { sessionLives } from '../access';
import { subscriber, type Services, type Subscriber } from '../kernel';
import type { SocketData } from './io';

/** Closes the consoles of this node whose log-in has ended: signed out elsewhere, password changed, account disabled. */
export function logInEnder(io: Server, services: Services): Subscriber {
  return subscriber({
    name: 'end-log-ins', on: ['account.changed'], kind: 'everywhere',
    async run(ctx, event) {
      for (const socket of io.of('/agent').sockets.values()) {
        const { companyId, actor } = socket.data as SocketData;
        if (companyId !== ctx.companyId || actor.kind !== 'account' || actor.id !== event.data['accountId']) continue;
        if (await sessionLives(services, { companyId, sessionId: actor.sessionId })) continue;
        socket.emit('logged-out', {});
        socket.disconnect(true);
      }
    },
  });
}
