import { chmodSync, unlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { dispatch } from './commands/dispatch';
import type { Store } from './store';
import { Connection } from './wire/connection';

/** Where to listen. */
export interface Listen {
  socket: string;
  /** Also on this port of 127.0.0.1; 0 takes a free one. */
  tcpPort?: number | undefined;
}

function listen(server: Server, at: { path: string } | { port: number; host: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(at, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Serves a store; answers the TCP port, if any, and how to stop. */
export async function serve(store: Store, where: Listen): Promise<{ port: number | undefined; close: () => void }> {
  const sockets = new Set<Socket>();
  const accept = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    new Connection(socket, (message) => dispatch(store, message));
  };
  try {
    unlinkSync(where.socket);
  } catch {
    // there was none
  }
  const local = createServer(accept);
  const mask = process.umask(0o177);
  try {
    await listen(local, { path: where.socket });
  } finally {
    process.umask(mask);
  }
  chmodSync(where.socket, 0o600);
  const tcp = where.tcpPort === undefined ? undefined : createServer(accept);
  if (tcp) await listen(tcp, { port: where.tcpPort!, host: '127.0.0.1' });
  const address = tcp?.address();
  return {
    port: address && typeof address === 'object' ? address.port : undefined,
    close: () => {
      local.close();
      tcp?.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
