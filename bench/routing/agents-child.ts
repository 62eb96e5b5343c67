// Connected agents: every offer's age is reported to the parent.
import { io } from 'socket.io-client';

const [port, count] = process.argv.slice(2).map(Number);
const clock = (): number => performance.timeOrigin + performance.now();
let connected = 0;
for (let a = 0; a < (count ?? 0); a += 1) {
  const socket = io(`http://127.0.0.1:${port}`, { transports: ['websocket'], auth: { agent: `a${a}` }, forceNew: true });
  socket.on('connect', () => { connected += 1; if (connected === count) process.send?.({ ready: true }); });
  socket.on('offer', (offer: { at: number }) => process.send?.({ ms: clock() - offer.at }));
}
