import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { Link } from '../../widget/frame/link';
import type { LinkPorts } from '../../widget/frame/link';
import { dial } from './dial';

// The widget speaks the Socket.IO protocol by itself, so it is held against the real server.
const http = createServer();
const io = new Server(http, { pingInterval: 100, pingTimeout: 200 });
const customers = io.of('/customer');
let origin = '';
let held = false;

customers.use((socket, next) => (socket.handshake.auth['token'] === 'good' ? next() : next(Object.assign(new Error('refused'), { data: { code: 'not-logged-in' } }))));
customers.on('connection', (socket) => {
  socket.on('hello', ({ afterSeq }: { afterSeq: number }, ack: (answer: unknown) => void) => ack({ ok: true, value: { rows: [], state: { phase: 'none', echo: afterSeq } } }));
  socket.on('chat.end', (_: unknown, ack: (answer: unknown) => void) => ack({ ok: false, problem: { code: 'not-found' } }));
  socket.on('read', () => undefined);
  if (!held) socket.emit('message', { text: 'ünï ©ode', seq: 1 });
});

const links: Link[] = [];
function open(more: Partial<LinkPorts> = {}, patience = 5000) {
  const heard: unknown[] = [];
  const count = { up: 0, lost: 0, renewed: 0 };
  let tell = (): void => undefined;
  const link = new Link({
    origin, dial, token: async () => 'good', lost: () => { count.lost++; }, connected: () => { count.up++; tell(); },
    renew: async () => { count.renewed++; return 'good'; },
    told: { message: (row) => heard.push(row), state: (state) => heard.push(state), typing: (typing) => heard.push(typing) }, ...more,
  }, patience);
  links.push(link);
  const connected = () => new Promise<void>((done) => { tell = done; });
  return { link, heard, count, connected };
}
const until = async (fact: () => boolean) => {
  for (let turn = 0; turn < 400 && !fact(); turn++) await new Promise((done) => setTimeout(done, 10));
  expect(fact()).toBe(true);
};

beforeAll(async () => {
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterEach(() => links.splice(0).forEach((link) => link.close()));
afterAll(() => new Promise<void>((done) => void io.close(() => done())));

describe('the line to the server', () => {
  it('sends, hears answers, refusals and what the server tells', async () => {
    const { link, heard, count } = open();
    link.connect();
    await until(() => count.up === 1);
    await expect(link.send('hello', { afterSeq: 7 })).resolves.toMatchObject({ state: { echo: 7 } });
    await expect(link.send('chat.end', {})).rejects.toMatchObject({ code: 'not-found' });
    expect(heard).toEqual([{ text: 'ünï ©ode', seq: 1 }]);
  });

  it('answers the heartbeat, so an idle line stays', async () => {
    const { link, count } = open();
    link.connect();
    await until(() => count.up === 1);
    await new Promise((done) => setTimeout(done, 700));
    expect(count).toEqual({ up: 1, lost: 0, renewed: 0 });
  });

  it('comes back when the server drops it, and says offline meanwhile', async () => {
    const { link, count } = open();
    link.connect();
    await until(() => count.up === 1);
    customers.disconnectSockets(true);
    await until(() => count.lost === 1);
    await expect(link.send('hello', { afterSeq: 0 })).rejects.toMatchObject({ code: 'offline' });
    await until(() => count.up === 2);
  });

  it('renews a token that is refused', async () => {
    const { link, count } = open({ token: async () => 'stale' });
    link.connect();
    await until(() => count.up === 1);
    expect(count.renewed).toBe(1);
  });

  it('gives a silent line up and opens another', async () => {
    const { link, count } = open({}, 120);
    link.connect();
    await until(() => count.up === 1);
    await expect(link.send('read', { seq: 1 })).rejects.toMatchObject({ code: 'offline' });
    await until(() => count.up === 2);
  });

  it('keeps trying while no token can be had, and stops when it is not wanted', async () => {
    let attempts = 0;
    const { link, count } = open({ token: async () => { attempts++; throw new Error('offline'); } });
    link.connect();
    await until(() => attempts >= 2);
    link.close();
    const [before] = [attempts];
    await new Promise((done) => setTimeout(done, 300));
    expect(attempts).toBe(before);
    expect(count.up).toBe(0);
  });

  it('never puts the token into an address', async () => {
    const addresses: string[] = [];
    const { link, count } = open({ dial: (url) => { addresses.push(url); return dial(url); } });
    link.connect();
    await until(() => count.up === 1);
    expect(addresses).toEqual([`${origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`]);
  });
});
