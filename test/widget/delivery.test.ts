// Nothing lost, nothing doubled, everything in order over a bad line, against the real server: SOAK=1 sends 1,000 messages.
import type { ChatMessage } from '../../protocol';
import { createApi } from '../../widget/frame/api';
import { Chat } from '../../widget/frame/chat';
import { createKeep } from '../../widget/frame/keep';
import { createSession } from '../../widget/frame/session';
import { createStore, firstState } from '../../widget/frame/store';
import { ensureBuilt } from '../support/build';
import { startNode, type ServerNode } from '../support/node';
import { random as randomFrom, rounds, seed } from '../support/soak';
import { tempFolder } from '../support/temp';
import { faultyDial, type Counted } from './faulty-line';

const widgets = rounds(3, 10);
const each = rounds(12, 100);
const replies = rounds(3, 20);
const stallMs = rounds(600, 2000);
const lifeMs = rounds(1500, 3000);
// Longer than the server takes to answer on a busy machine, or every answer would count as lost.
const patience = rounds(700, 1500);
const folder = tempFolder('delivery');
const counted: Counted = { lines: 0, frames: 0, dropped: 0, stalls: 0 };
const chats: Chat[] = [];
let node: ServerNode;

const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));
async function until(fact: () => boolean, ms: number): Promise<void> {
  for (const end = Date.now() + ms; Date.now() < end && !fact();) await sleep(50);
}

function visitor(n: number) {
  const random = randomFrom(seed() + n);
  const api = createApi(node.baseUrl);
  const keep = createKeep('t', () => undefined, true);
  const store = createStore(firstState());
  const session = createSession(api, keep, () => ({ locale: 'en', page: 'http://shop.example/' }));
  const dial = faultyDial({ dropped: 0.1, stallMs, lifeMs, random }, counted);
  const chat = new Chat({ api, keep, session, store, origin: node.baseUrl, dial, visible: () => true, emit: () => undefined, patience });
  chats.push(chat);
  const written = Array.from({ length: each }, (_, at) => `${n}/${at}`);
  const name = `Visitor ${n}`;
  return {
    name, chat, store, written,
    async begin() {
      await session.renew({ name });
      chat.link.connect();
      for (const text of written) {
        chat.send(text, []);
        await sleep(20 + random() * 60);
      }
    },
    stored: async () => (await api.call<{ rows: ChatMessage[] }>('/widget/messages', { token: await session.token() })).rows,
  };
}

/** A supervisor at the console's API, who answers every visitor. */
async function answerAll(names: string[]): Promise<void> {
  const [, password = ''] = /password {2,}(\S+)/.exec(node.output()) ?? [];
  const logIn = await fetch(`${node.baseUrl}/api/v1/session`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ email: 'maria@demo.trunkline.localhost', password }) });
  const { me } = (await logIn.json()) as { me: { csrf: string } };
  const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': me.csrf, Cookie: logIn.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ') };
  const { rows } = (await (await fetch(`${node.baseUrl}/api/v1/tickets?limit=200`, { headers })).json()) as { rows: { id: string; customer: { name: string } }[] };
  for (let n = 0; n < replies; n++) {
    for (const name of names) {
      const ticket = rows.find((row) => row.customer.name === name);
      const sent = await fetch(`${node.baseUrl}/api/v1/tickets/${ticket?.id}/messages`, { method: 'POST', headers, body: JSON.stringify({ clientId: `reply-${n}-to-${name.replace(' ', '-')}`, kind: 'agent', text: `answer ${n}` }) });
      expect(sent.status).toBe(200);
    }
    await sleep(300);
  }
}

beforeAll(async () => {
  await ensureBuilt();
  node = await startNode({ dataDir: folder.path, waitMs: 60_000 });
}, 120_000);
afterAll(async () => {
  chats.forEach((chat) => chat.close());
  await node.stop();
  folder.remove();
});

it(`delivers ${widgets * each} messages once and in order with 10 % of frames dropped, stalls of ${stallMs} ms and a cut every ${lifeMs} ms`, async () => {
  const visitors = Array.from({ length: widgets }, (_, n) => visitor(n));
  const begun = Date.now();
  await Promise.all(visitors.map((one) => one.begin()));
  await until(() => visitors.every(({ chat }) => chat.outbox.pending.length === 0), rounds(60_000, 1_200_000));
  await answerAll(visitors.map(({ name }) => name));
  for (const { store, stored, written, chat } of visitors) {
    expect(chat.outbox.pending).toEqual([]);
    const rows = await stored();
    expect(rows.filter(({ from }) => from === 'me').map(({ text }) => text)).toEqual(written);
    expect(rows.filter(({ from }) => from === 'agent').map(({ text }) => text)).toEqual(Array.from({ length: replies }, (_, n) => `answer ${n}`));
    await until(() => store.get().thread.rows.length === rows.length, 15_000);
    expect(store.get().thread.rows.map(({ seq, text }) => [seq, text])).toEqual(rows.map(({ seq, text }) => [seq, text]));
  }
  // The line was really bad: a tenth of the frames, less than five standard deviations short of it.
  expect(counted.dropped).toBeGreaterThan(counted.frames * 0.1 - 5 * Math.sqrt(counted.frames * 0.09));
  expect(counted.dropped).toBeGreaterThan(0);
  expect(counted.lines).toBeGreaterThan(widgets);
  process.stdout.write(`delivery: seed ${seed()}, ${widgets * each} messages, ${counted.lines} lines, ${counted.dropped} of ${counted.frames} frames dropped, ${counted.stalls} stalls, ${Math.round((Date.now() - begun) / 1000)} s\n`);
}, 1_400_000);
