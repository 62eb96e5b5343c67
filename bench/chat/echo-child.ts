// The raw limits, in a process of their own: whoever is in a pair gets what the other says. `ws`, `io`, or `disk`: Socket.IO that has each message on the disk before it passes it on.
import { fdatasync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Server } from 'socket.io';
import { WebSocketServer, type WebSocket } from 'ws';

const kind = process.argv[2];
const http = createServer();

function keeper(): (text: string) => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tl-bench-echo-'));
  const file = openSync(join(folder, 'messages'), 'a');
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return (text) => new Promise((resolve, reject) => {
    writeSync(file, `${text}\n`);
    fdatasync(file, (error) => (error ? reject(error) : resolve()));
  });
}

function serveIo(keep: (text: string) => Promise<void> | undefined): void {
  const io = new Server(http, { transports: ['websocket'], serveClient: false });
  io.on('connection', (socket) => {
    const pair = String(socket.handshake.auth['pair']);
    void socket.join(pair);
    socket.on('say', (text: string, ack?: () => void) => {
      const pass = (): void => {
        socket.to(pair).emit('said', text);
        ack?.();
      };
      const kept = keep(text);
      if (kept) void kept.then(pass);
      else pass();
    });
  });
}

function serveWs(): void {
  const pairs = new Map<string, WebSocket[]>();
  new WebSocketServer({ server: http }).on('connection', (socket, request) => {
    const pair = pairs.get(request.url ?? '') ?? [];
    pairs.set(request.url ?? '', [...pair, socket]);
    socket.on('message', (data) => {
      for (const other of pairs.get(request.url ?? '') ?? []) if (other !== socket) other.send(data.toString());
    });
  });
}

if (kind === 'ws') serveWs();
else serveIo(kind === 'disk' ? keeper() : () => undefined);
http.listen(0, '127.0.0.1', () => process.send?.({ port: (http.address() as AddressInfo).port }));
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));
