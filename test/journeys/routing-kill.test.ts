// Agents at their consoles on two nodes, while nodes and Redis are killed: nobody loses work, nobody gets what another has, and seniority stays.
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { mongo } from 'mongoose';
import type { Ticket } from '../../protocol';
import { ensureBuilt } from '../support/build';
import { checkRoom } from '../support/chaos/room-check';
import { sendMail } from '../support/mail';
import { startNode, type ServerNode } from '../support/node';
import { startTestRedis, type TestRedis } from '../support/redis';
import { demoPassword, Desktop, hangUpAll, people, Session, until } from '../support/session';
import { rounds } from '../support/soak';
import { startTestStore, type TestStore } from '../support/store';
import { tempFolder } from '../support/temp';
import { WorkingAgent } from '../support/working-agent';

interface Interaction { _id: string; ticketId: string; companyId: string; state: string; agentId: string | null; arrivedAt: Date }
const folder = tempFolder('routing-kill');
let redis: TestRedis;
let store: TestStore;
let client: mongo.MongoClient;
let nodes: ServerNode[] = [];
let boss: Session;
let letters = 0;

const start = (env: Record<string, string> = {}): Promise<ServerNode> => startNode({ roles: 'web,realtime,worker,scheduler', dataDir: folder.path, redisUrl: redis.url, mongoUrl: store.url, env, waitMs: 60_000 });
const at = (place: number): ServerNode => nodes[place] as ServerNode;
const interactions = () => client.db().collection<Interaction>('interactions');
const tickets = () => client.db().collection<{ _id: string; subject: string; status: string }>('tickets');
const sit = async (email: string, place: number): Promise<Desktop> => Desktop.open(await Session.logIn(at(place).baseUrl, email, demoPassword(folder.path)));
const interactionOf = async (ticketId: string): Promise<Interaction> => until('its work', () => interactions().findOne({ ticketId }));

async function letter(place = 0): Promise<string> {
  const subject = `Under fire ${(letters += 1)}`;
  await sendMail(at(place).smtpPort, { from: `fire${letters}@customers.example`, subject, text: 'Hello', messageId: `<fire-${letters}@customers.example>` });
  return subject;
}
const take = async (desktop: Desktop, subject: string): Promise<string> => desktop.accept(await desktop.offer((each) => each.subject === subject));
const solve = (session: Session, ticketId: string) => session.read('POST', `/tickets/${ticketId}/solve`, { status: 'solved', disposition: 'solved' });

async function killNode(place: number): Promise<void> {
  const { port, smtpPort } = at(place);
  await at(place).kill('SIGKILL');
  nodes[place] = await start({ PORT: String(port), SMTP_PORT: String(smtpPort) });
}

beforeAll(async () => {
  await ensureBuilt();
  [redis, store] = await Promise.all([startTestRedis(), startTestStore()]);
  nodes = [await start()];
  nodes.push(await start());
  client = await mongo.MongoClient.connect(store.url);
  boss = await Session.logIn(at(0).baseUrl, people.jonas, demoPassword(folder.path));
}, 180_000);
let staffAtWork: WorkingAgent[] = [];
afterAll(async () => {
  // Also after a test that broke off: who works on would keep the next file's processor busy.
  await Promise.all(staffAtWork.map((agent) => agent.stop()));
  hangUpAll();
  await Promise.all(nodes.map((node) => node.stop()));
  await client.close();
  await Promise.all([redis.stop(), store.stop()]);
  folder.remove();
}, 60_000);

it('one tab answers for all of an agent\'s tabs, on whichever node they are', async () => {
  const [here, there] = [await sit(people.ana, 0), await sit(people.ana, 1)];
  await here.become('available');
  const subject = await letter();
  const [offer, same] = await Promise.all([here, there].map((each) => each.offer(({ subject: about }) => about === subject)));
  if (!offer || !same) throw new Error('both tabs are offered it');
  expect(same.id).toBe(offer.id);
  const ticketId = await there.accept(same);
  await until('the other tab to know', () => here.desk?.offers.length === 0 && here.desk.assigned.some((each) => each.ticketId === ticketId));
  await expect(here.accept(offer)).rejects.toThrow(/^already-(accepted|assigned)$/);
  await solve(here.session, ticketId);
  await here.become('away');
  here.close();
  there.close();
}, 60_000);

let dropped = { subject: '', ticketId: '', arrivedAt: 0 };
it('an agent\'s connection drops; a warm hand-over is accepted while the giver\'s node is dead', async () => {
  const ana = await sit(people.ana, 0);
  await ana.become('available');
  const given = await take(ana, await letter(1));
  await ana.become('away');
  const wei = await sit(people.wei, 1);
  await wei.become('available');
  const subject = await letter();
  const ticketId = await take(wei, subject);
  dropped = { subject, ticketId, arrivedAt: (await interactionOf(ticketId)).arrivedAt.getTime() };
  wei.close();
  const min = await sit(people.minjun, 1);
  await min.become('available');
  await ana.session.read('POST', `/tickets/${given}/invitations`, { kind: 'transfer', agentId: min.session.me.account.id, note: 'Yours from here' });
  const invitation = await min.offer((each) => each.invitation?.kind === 'transfer');
  await at(0).kill('SIGKILL');
  expect(await min.accept(invitation)).toBe(given);
  const { id } = min.session.me.account;
  await until('it to be the receiver\'s alone', async () => (await interactions().find({ ticketId: given, state: 'assigned' }).toArray()).map((row) => row.agentId).join() === id);
  nodes[0] = await start({ PORT: String(at(0).port), SMTP_PORT: String(at(0).smtpPort) });
  const back = await Desktop.open(ana.session);
  expect(back.desk?.assigned.map((each) => each.ticketId)).not.toContain(given);
  await solve(min.session, given);
  await Promise.all([back, min].map((each) => each.become('away')));
  hangUpAll();
}, 120_000);

it('whose connection stays away hands back: the work waits again as the oldest', async () => {
  const later = await letter();
  await until('the work to wait again', async () => (await interactions().findOne({ ticketId: dropped.ticketId }))?.state === 'waiting', 60_000);
  expect((await interactionOf(dropped.ticketId)).arrivedAt.getTime()).toBe(dropped.arrivedAt);
  const ana = await sit(people.ana, 0);
  await ana.become('available');
  const [first, second] = [await ana.offer((each) => each.subject === dropped.subject), await ana.offer((each) => each.subject === later)];
  const turn = (offerId: string): string => offerId.split('~')[1] ?? '';
  expect(turn(first.id) < turn(second.id)).toBe(true);
  for (const offer of [first, second]) await solve(ana.session, await ana.accept(offer));
  await ana.become('away');
  ana.close();
}, 120_000);

it(`agents work on through ${rounds(1, 10)} kills of each node and of Redis: everything is done, once, and the room is never wrong`, async () => {
  const eyes = new Redis({ ...redis.options, maxRetriesPerRequest: null, retryStrategy: () => 50 });
  eyes.on('error', () => undefined);
  const staff = [people.ana, people.minjun, people.wei];
  const agents = await Promise.all(staff.map(async (email, i) => new WorkingAgent(await Session.logIn(at(0).baseUrl, email, demoPassword(folder.path)), () => (i % 2 === 0 ? [at(0), at(1)] : [at(1), at(0)]).map((node) => node.baseUrl))));
  staffAtWork = agents;
  const promised: string[] = [];
  const seen = { looks: 0, faults: [] as string[] };
  let over = false;
  const company = (await interactions().findOne())?.companyId ?? '';
  const customers = Promise.all([0, 1, 0, 1].map(async (place) => {
    for (; !over; await sleep(rounds(200, 60))) promised.push(...await letter(place).then((subject) => [subject], () => []));
  }));
  const looking = (async () => {
    for (; !over; await sleep(150)) {
      const found = await Promise.race([checkRoom(eyes, company).catch(() => null), sleep(2000).then(() => null)]);
      if (found) { seen.looks += 1; seen.faults.push(...found.faults); }
    }
  })();
  for (let round = 0; round < rounds(1, 10); round += 1) {
    for (const strike of [() => killNode(0), async () => { process.kill(redis.pid, 'SIGKILL'); await sleep(1000); }, () => killNode(1)]) {
      await sleep(1500);
      await strike();
    }
  }
  over = true;
  await Promise.all([customers, looking]);
  const about = { subject: { $in: promised } };
  await until('everything to be worked off', async () => (await tickets().countDocuments({ ...about, status: 'solved' })) === promised.length && (await interactions().countDocuments({ state: { $ne: 'ended' } })) === 0, rounds(120_000, 600_000));
  await Promise.all(agents.map((agent) => agent.stop()));
  eyes.disconnect();
  expect((await tickets().find(about).toArray()).map((ticket) => ticket.subject).sort()).toEqual([...promised].sort());
  const taken = agents.flatMap((agent) => agent.taken);
  const takers = new Map<string, Set<string>>();
  for (const { ticketId, agentId } of taken) takers.set(ticketId, (takers.get(ticketId) ?? new Set()).add(agentId));
  expect([...takers].filter(([, who]) => who.size > 1)).toEqual([]);
  expect([...new Set(seen.faults)]).toEqual([]);
  expect(seen.looks).toBeGreaterThan(5);
  expect(Math.max(...agents.map((agent) => agent.mostLoad))).toBeLessThanOrEqual(100);
  process.stdout.write(`routing-kill: ${promised.length} letters promised, ${taken.length} acceptances, ${seen.looks} looks into the room\n`);
}, rounds(240_000, 1_800_000));
