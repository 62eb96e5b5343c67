// The server and its Redis are killed at random moments while customers write; what was promised is there exactly once, and is worked off to the end.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { mongo } from 'mongoose';
import { startNode, type ServerNode } from '../support/node';
import { Desktop, hangUpAll, inStore, people, Session, startDemo, until, type DemoServer } from '../support/session';
import { random, rounds, seed } from '../support/soak';
import { Load } from './load';

const chance = random();
let server: DemoServer;
let node: ServerNode;
let machine: Session;
let load: Load;
const slowest = { ms: 0 };

beforeAll(async () => {
  server = await startDemo();
  ({ node } = server);
  machine = await Session.logIn(node.baseUrl, people.jonas, server.password);
}, 120_000);
afterAll(async () => {
  load.giveUp();
  hangUpAll();
  await node.stop();
  await server.stop();
}, 60_000);

const ready = async (): Promise<boolean> => (await fetch(`${node.baseUrl}/health/ready`).catch(() => null))?.status === 200;

async function killServer(): Promise<void> {
  await node.kill('SIGKILL');
  const begun = Date.now();
  node = await startNode({ dataDir: server.dataDir, env: { PORT: String(node.port), SMTP_PORT: String(node.smtpPort) } });
  slowest.ms = Math.max(slowest.ms, Date.now() - begun);
}

async function killRedis(): Promise<void> {
  const record = join(server.dataDir, 'redis', 'redis.process');
  await until('Redis to run', () => existsSync(record));
  process.kill(parseInt(readFileSync(record, 'utf8'), 10), 'SIGKILL');
  await until('the server to be ready again', ready);
}

/** Everything a query finds, behind the server's back. */
const all = <T>(collection: string, filter: mongo.Filter<mongo.Document> = {}): Promise<T[]> => inStore(server.dataDir, async (db) => await db.collection(collection).find(filter).toArray() as unknown as T[]);

const counted = (words: string[]): Map<string, number> => words.reduce((counts, word) => counts.set(word, (counts.get(word) ?? 0) + 1), new Map<string, number>());
const missing = (promised: string[], found: Map<string, number>): string[] => promised.filter((each) => found.get(each) !== 1).map((each) => `${each}: ${found.get(each) ?? 0} times`);

it(`survives ${rounds(3, 20)} kills of the server and as many of Redis, with everything that was promised there once`, async () => {
  load = new Load(() => node, () => machine);
  await load.begin();
  for (let round = 0; round < rounds(3, 20); round += 1) {
    await sleep(200 + chance() * 900);
    await killServer();
    await sleep(200 + chance() * 900);
    await killRedis();
  }
  await load.end();
  const { mails, chats, calls } = load.promised;
  await until('the last intake to be worked off', async () => (await all('intakes', { state: 'stored' })).length === 0, 60_000);
  const customers = await all<{ subject: string; text: string; clientId: string }>('messages', { kind: { $in: ['customer', 'call'] } });
  expect(missing(mails, counted(customers.map((each) => each.subject)))).toEqual([]);
  expect(missing(chats.map((each) => each.clientId), counted(customers.map((each) => each.clientId)))).toEqual([]);
  expect(missing(calls, counted(customers.flatMap((each) => /kill-call-\d+$/.exec(each.text)?.[0] ?? [])))).toEqual([]);
  process.stdout.write(`kill: seed ${seed()}, ${rounds(3, 20)} kills each, ${mails.length} mails, ${chats.length} chat messages, ${calls.length} calls promised, slowest start ${slowest.ms} ms\n`);
}, rounds(180_000, 1_800_000));

interface Interaction { _id: string; ticketId: string; state: string; agentId: string | null }

it('every request is in the right state: one interaction a ticket, all of them given out, each to one agent', async () => {
  const desks = await Promise.all([people.ana, people.minjun, people.wei].map(async (email) => Desktop.open(await Session.logIn(node.baseUrl, email, server.password))));
  await Promise.all(desks.map((desk) => desk.become('available')));
  const given: string[] = [];
  await until('everything to be worked off', async () => {
    await Promise.all(desks.map((desk) => workOff(desk, given)));
    return (await all<Interaction>('interactions', { state: { $ne: 'ended' } })).length === 0;
  }, rounds(120_000, 600_000));
  expect([...counted(given)].filter(([, times]) => times > 1)).toEqual([]);
  const tickets = await all<{ _id: string; status: string }>('tickets');
  const interactions = await all<Interaction>('interactions');
  expect(tickets.filter((ticket) => ticket.status !== 'solved').map((ticket) => ticket.status)).toEqual([]);
  expect(missing(tickets.map((ticket) => ticket._id), counted(interactions.map((each) => each.ticketId)))).toEqual([]);
  expect(new Set(given)).toEqual(new Set(tickets.map((ticket) => ticket._id)));
}, rounds(180_000, 900_000));

/** Takes every offer of a desk and solves it at once. */
async function workOff(desk: Desktop, given: string[]): Promise<void> {
  if (desk.desk?.wrapUp) await desk.session.ask('POST', '/desk/wrap-up', { body: {} });
  for (const offer of desk.desk?.offers ?? []) {
    const ticketId = await desk.accept(offer).catch(() => null);
    if (ticketId === null) continue;
    given.push(ticketId);
    await desk.session.read('POST', `/tickets/${ticketId}/solve`, { status: 'solved', disposition: 'solved' });
  }
}
