// What a client that is older, newer or wrong sends over its socket: it is always answered, and nobody else notices.
import type { Socket } from 'socket.io-client';
import { Desktop, hangUpAll, people, Session, startDemo, type DemoServer } from '../support/session';
import { Visitor } from '../support/visitor';

interface Refused { ok: false; problem: { code: string; fields?: Record<string, string> } }

let demo: DemoServer;
let sockets: { name: string; socket: Socket; hello: object }[];
beforeAll(async () => {
  demo = await startDemo();
  const desktop = await Desktop.open(await Session.logIn(demo.node.baseUrl, people.ana, demo.password));
  const visitor = await Visitor.open(demo.node.baseUrl);
  sockets = [{ name: 'agent', socket: desktop.socket, hello: { lastEvent: 0 } }, { name: 'customer', socket: visitor.socket, hello: { afterSeq: 0 } }];
}, 120_000);
afterAll(async () => {
  hangUpAll();
  await demo.stop();
});

const ask = (socket: Socket, event: string, ...input: unknown[]): Promise<unknown> => socket.timeout(3000).emitWithAck(event, ...input) as Promise<unknown>;

test('an event that nobody knows is refused by its name', async () => {
  for (const { socket } of sockets) {
    for (const event of ['offer.grab', 'constructor', '__proto__', 'error', 'toString', '', 'x'.repeat(5000)]) {
      const { ok, problem } = await ask(socket, event, {}) as Refused;
      expect([ok, problem.code, Object.keys(problem.fields ?? {})]).toEqual([false, 'bad-input', ['event']]);
      expect(JSON.stringify(problem)).toContain(event.slice(0, 40));
      expect(JSON.stringify(problem).length).toBeLessThan(1000);
    }
  }
});

test('an event with no input, with more of it, or that wants no answer breaks nothing', async () => {
  for (const { name, socket, hello } of sockets) {
    expect([name, await ask(socket, 'typing')]).toEqual([name, expect.objectContaining({ ok: false })]);
    expect(await ask(socket, 'hello', hello, 'more', 7)).toMatchObject({ ok: true });
    for (const event of ['offer.grab', 'hello', 'typing', 'error', '__proto__']) {
      socket.emit(event);
      socket.emit(event, null, [], 'more');
    }
    expect(await ask(socket, 'hello', hello)).toMatchObject({ ok: true });
  }
});
