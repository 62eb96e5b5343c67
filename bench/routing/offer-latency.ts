// From an arrival to the offer on the agent's socket: a Socket.IO server in this process, 500 connected agents in a child.
import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { Server } from 'socket.io';
import { createWaitingRoom } from '../../queues/room/room';
import { percentile } from '../harness';

const clock = (): number => performance.timeOrigin + performance.now();

/** p99 in milliseconds at 100 arrivals a second. */
export async function offerP99(redis: Redis, given: { agents: number; seconds: number; perSecond: number }): Promise<number> {
  const http = createServer();
  const io = new Server(http, { transports: ['websocket'] });
  io.on('connection', (socket) => { void socket.join(`agent:${String(socket.handshake.auth.agent)}`); });
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
  const child = fork(join(__dirname, 'agents-child.js'), [String((http.address() as AddressInfo).port), String(given.agents)]);
  const latencies: number[] = [];
  const ready = new Promise<void>((done) => child.on('message', (m: { ready?: true; ms?: number }) => { if (m.ready) done(); else latencies.push(m.ms ?? 0); }));
  await ready;
  const room = createWaitingRoom({ redis, companyId: 'latency' });
  await room.open(Date.now());
  await room.setQueue({ id: 'q', order: 'priority', select: 'longest-idle', pull: false, coolDownSeconds: 60 }, Date.now());
  for (let a = 0; a < given.agents; a += 1) {
    await room.setAgent({ id: `a${a}`, queueIds: ['q'], skills: { s: 3 }, maxima: {}, capacity: 100 }, Date.now());
    await room.setState({ agentId: `a${a}`, state: 'available' }, Date.now());
  }
  const start = clock();
  const total = given.seconds * given.perSecond;
  const pending: Promise<void>[] = [];
  for (let n = 0; n < total; n += 1) {
    await wait(Math.max(0, start + (n * 1000) / given.perSecond - clock()));
    pending.push(arriveAndServe(n));
  }
  await Promise.all(pending);
  await wait(300);
  child.kill();
  await io.close();
  return latencies.length < total ? Infinity : percentile(latencies, 0.99);

  async function arriveAndServe(n: number): Promise<void> {
    const at = clock();
    const outcome = await room.arrive({ id: `i${n}`, version: 1, queueId: 'q', channel: 'chat', weight: 100, arrivedAt: Date.now(), rings: [{ afterSeconds: 0, requirement: { s: 2 } }], offerSeconds: 20 }, Date.now());
    for (const d of outcome.decisions) {
      if (d.kind !== 'offer') continue;
      io.to(`agent:${d.agentId}`).emit('offer', { offerId: d.offerId, at });
      await wait(100);
      await room.accept(d.offerId, d.agentId, Date.now());
      await room.done({ itemId: d.itemId, agentId: d.agentId }, Date.now());
    }
  }
}
