// Several server processes on one Redis and one store serve the same people, whichever of them each is connected to.
import type { Broadcast, Message, Ticket } from '../../protocol';
import { ensureBuilt } from '../support/build';
import { sendMail } from '../support/mail';
import { startNode, type ServerNode } from '../support/node';
import { startTestRedis, type TestRedis } from '../support/redis';
import { demoPassword, Desktop, hangUpAll, people, Session, until } from '../support/session';
import { startTestStore, type TestStore } from '../support/store';
import { tempFolder } from '../support/temp';
import { Visitor } from '../support/visitor';

// As operators are told: every node has the same secrets.
const folder = tempFolder('nodes');
let redis: TestRedis;
let store: TestStore;
let east: ServerNode;
let west: ServerNode;
let worker: ServerNode;
let ana: Desktop;
let maria: Desktop;

const start = (roles: string): Promise<ServerNode> => startNode({ roles, dataDir: folder.path, redisUrl: redis.url, mongoUrl: store.url });

beforeAll(async () => {
  await ensureBuilt();
  [redis, store] = await Promise.all([startTestRedis(), startTestStore()]);
  east = await start('web,realtime');
  [west, worker] = await Promise.all([start('web,realtime'), start('worker,scheduler')]);
  const password = demoPassword(folder.path);
  ana = await Desktop.open(await Session.logIn(east.baseUrl, people.ana, password));
  maria = await Desktop.open(await Session.logIn(west.baseUrl, people.maria, password));
  await ana.become('available');
}, 120_000);
afterAll(async () => {
  hangUpAll();
  await Promise.all([east, west, worker].map((node) => node.stop()));
  await Promise.all([redis.stop(), store.stop()]);
  folder.remove();
}, 60_000);

it('a mail taken by the worker reaches an agent on a web node, and the reply leaves through the worker', async () => {
  await sendMail(worker.smtpPort, { from: 'newcomer@customers.trunkline.localhost', subject: 'Through three processes', text: 'Hello' });
  const offer = await ana.offer((each) => each.subject === 'Through three processes');
  const ticketId = await ana.accept(offer);
  const sent = await ana.session.read<Message>('POST', `/tickets/${ticketId}/messages`, { clientId: 'two-nodes-mail-1', kind: 'agent', text: 'Hello back', sendAt: new Date(Date.now() + 2000).toISOString() });
  await until('the reply to be sent', async () => {
    const { rows } = await maria.session.read<{ rows: Message[] }>('GET', `/tickets/${ticketId}/messages`);
    return rows.find((row) => row.id === sent.id)?.delivery?.state === 'sent';
  });
  await maria.session.read('POST', `/tickets/${ticketId}/solve`, { status: 'solved' });
}, 60_000);

it('a chat on one node is answered on the other, with presence and typing across', async () => {
  const vera = await Visitor.open(west.baseUrl, { name: 'Vera' });
  await vera.say('two-nodes-chat-1', 'Is anybody there?');
  const ticketId = await ana.accept(await ana.offer((each) => each.channel === 'webchat'));
  await until('the visitor to see who helps', () => vera.state?.phase === 'active' && vera.state.agentName === 'Ana Pereira');

  await ana.send('ticket.watch', { ticketId });
  await maria.send('ticket.watch', { ticketId });
  await until('both to see both', () => [ana, maria].every((each) => each.presence.at(-1)?.viewers.length === 2));

  await ana.send('typing', { ticketId, on: true });
  await Promise.all([
    until('the supervisor to see the agent type', () => maria.presence.at(-1)?.viewers.some((viewer) => viewer.name === 'Ana Pereira' && viewer.typing)),
    until('the visitor to see the agent type', () => vera.typing.some((told) => told.on && told.name === 'Ana Pereira')),
  ]);
  await vera.send('typing', { on: true });
  await until('both consoles to see the visitor type', () => [ana, maria].every((each) => each.customerTyping.some((told) => told.on && told.ticketId === ticketId)));

  const answer = { clientId: 'two-nodes-chat-2', kind: 'agent', text: 'Yes, on the other node.' };
  const { message } = await ana.send<{ message: Message }>('message.send', { ticketId, message: answer });
  const again = await ana.session.read<Message>('POST', `/tickets/${ticketId}/messages`, answer);
  const refused = [{ ticketId, message: { ...answer, clientId: 'two-nodes-chat-3', seenSeq: 0 } }, { ticketId: message.id, message: answer }, { ticketId, message: { text: 'no id' } }].map((input) => ana.send('message.send', input).catch((error: Error) => error.message));
  expect([again.id, ...(await Promise.all(refused))]).toEqual([message.id, 'replied-meanwhile', 'not-found', 'bad-input']);
  await until('the reply', () => vera.heard.some((message) => message.text === 'Yes, on the other node.'));
  await until('the supervisor to be told', () => maria.events.some((event) => event.name === 'message.added' && event.data.message.text === 'Yes, on the other node.'));
  vera.close();
}, 60_000);

it('a session of the widget and a log-in hold at every node', async () => {
  const before = await Visitor.open(east.baseUrl, { name: 'Walter' });
  await before.say('two-nodes-walk-1', 'First here');
  before.close();
  const after = await Visitor.open(west.baseUrl, { token: before.token });
  const { rows } = await after.send<{ rows: { text: string }[] }>('hello', { afterSeq: 0 });
  expect(rows.map((row) => row.text)).toEqual(['First here']);
  after.close();
  expect((await ana.session.at(west.baseUrl).ask('GET', '/me')).status).toBe(200);
}, 60_000);

it('what a supervisor changes on one node holds on the other at once', async () => {
  const ticket = (await maria.session.read<{ rows: Ticket[] }>('GET', '/tickets?view=all')).rows[0];
  if (!ticket) throw new Error('there is a ticket from before');
  await maria.session.read('PATCH', `/tickets/${ticket.id}`, { priority: 'urgent' });
  await until('the broadcast', () => ana.events.some((event) => event.name === 'ticket.changed' && event.data.ticket.id === ticket.id && event.data.ticket.priority === 'urgent'));
  expect((await ana.session.read<Ticket>('GET', `/tickets/${ticket.id}`)).priority).toBe('urgent');
}, 60_000);

// A console that stayed connected used to keep what was taken from its account, and heard nothing of a queue it was given.
it('what an account may do changes under an open console, on every node', async () => {
  const password = demoPassword(folder.path);
  const jonas = await Session.logIn(east.baseUrl, people.jonas, password);
  const min = await Desktop.open(await Session.logIn(west.baseUrl, people.minjun, password));
  const path = `/accounts/${min.session.me.account.id}`;
  const { rows: queues } = await jonas.read<{ rows: { id: string; name: string }[] }>('GET', '/queues');
  const ticket = await jonas.read<Ticket>('POST', '/tickets', { queueId: queues.find((each) => each.name === 'Support')?.id, channel: 'voice', to: '+351912345000', subject: 'Told to whom', text: 'Logged by hand', clientId: 'two-nodes-power-1' });
  let told = 0;
  // Whether Min-jun is told of a change that the supervisor on the same node is told of.
  const hears = async (): Promise<boolean> => {
    told += 1;
    const priority = told % 2 === 0 ? 'high' : 'low';
    const [before, heard] = [maria.events.length, min.events.length];
    const isIt = (event: Broadcast): boolean => event.name === 'ticket.changed' && event.data.ticket.id === ticket.id && event.data.ticket.priority === priority;
    await jonas.read('PATCH', `/tickets/${ticket.id}`, { priority });
    await until('the supervisor to be told', () => maria.events.slice(before).some(isIt));
    await min.raw('ticket.unwatch', { ticketId: ticket.id });
    return min.events.slice(heard).some(isIt);
  };
  expect(await hears()).toBe(true);
  await jonas.read('PATCH', `/agents/${min.session.me.account.id}`, { queueIds: [] });
  await until('the queue to be out of hearing', async () => !(await hears()));
  await jonas.read('PATCH', `/agents/${min.session.me.account.id}`, { queueIds: queues.map((each) => each.id) });
  await until('the queue to be heard', hears);
  await jonas.read('PATCH', path, { roles: ['author'] });
  const refusal = async (): Promise<string> => ((await min.raw('typing', { ticketId: ticket.id, on: true })) as { problem?: { code: string } }).problem?.code ?? '';
  await until('the console to be refused', async () => (await refusal()) === 'not-allowed');
  await jonas.read('PATCH', path, { roles: ['agent'] });
  await until('the console to be let in again', async () => (await refusal()) !== 'not-allowed');
  min.close();
}, 60_000);

it('when a node dies its agents come back through another, and are told what they missed', async () => {
  const wei = await Desktop.open(await Session.logIn(east.baseUrl, people.wei, demoPassword(folder.path)));
  await wei.become('available');
  // So that it is Wei whose turn it is.
  await ana.become('away');
  const last = Math.max(0, ...maria.events.map((event) => event.n));
  await west.kill('SIGKILL');
  await sendMail(worker.smtpPort, { from: 'newcomer@customers.trunkline.localhost', subject: 'While a node was gone', text: 'Hello again' });
  await wei.accept(await wei.offer((each) => each.subject === 'While a node was gone'));
  wei.close();
  const back = await Desktop.open(maria.session.at(east.baseUrl));
  const { missed, reload } = await back.send<{ missed: { name: string; data: { ticket?: Ticket } }[]; reload: boolean }>('hello', { lastEvent: last });
  expect(reload).toBe(false);
  expect(missed.some((event) => event.data.ticket?.subject === 'While a node was gone')).toBe(true);
  back.close();
  west = await start('web,realtime');
}, 60_000);
