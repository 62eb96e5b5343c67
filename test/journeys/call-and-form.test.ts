// A telephone system reports calls and a web form is posted: the one comes up on the screen of the agent who had it, the others wait and are answered.
import type { Browser } from 'playwright-core';
import type { Message, Ticket } from '../../protocol';
import { launchChromium } from '../support/chromium';
import { acceptOffer, becomeAvailable, reply, seesMessage, sitDown, type Seat } from '../support/console';
import { startMailReceiver, type MailReceiver } from '../support/mail';
import { people, Session, startDemo, until, type DemoServer } from '../support/session';

let out: MailReceiver;
let server: DemoServer;
let browser: Browser;
let ana: Seat;
let wei: Seat;
let pbx: string;

beforeAll(async () => {
  out = await startMailReceiver();
  [server, browser] = await Promise.all([startDemo({ env: { SMTP_RELAY_URL: out.url } }), launchChromium()]);
  const { baseUrl } = server.node;
  const jonas = await Session.logIn(baseUrl, people.jonas, server.password);
  pbx = (await jonas.read<{ secret: string }>('POST', '/api-keys', { name: 'PBX', abilities: ['call.report'] })).secret;
  [ana, wei] = await Promise.all([people.ana, people.wei].map((email) => sitDown(browser, baseUrl, { email, password: server.password }))) as [Seat, Seat];
}, 120_000);
afterAll(async () => {
  await browser.close();
  await server.stop();
  await out.stop();
}, 60_000);

const post = (path: string, body: string, type: string): Promise<Response> => fetch(`${server.node.baseUrl}${path}`, { method: 'POST', headers: { authorization: `Bearer ${pbx}`, 'content-type': type }, body });
const call = (more: object): Promise<Response> => post('/api/calls/records', JSON.stringify({ source: 'pbx', direction: 'in', from: '+351912345678', to: '+351210000100', startedAt: new Date().toISOString(), seconds: 95, outcome: 'answered', ...more }), 'application/json');

it('a finished call comes up on the screen of the agent who had it, and on nobody else\'s', async () => {
  expect((await call({ callId: 'one', agentEmail: people.ana, attributes: { menu: 'Delivery' } })).status).toBe(200);
  await ana.page.waitForURL(/\/inbox\/mine\/[0-9a-f]{24}/);
  await seesMessage(ana.page, 'menu: Delivery');
  await ana.page.getByRole('heading').getByRole('button', { name: 'Incoming call, 1:35, +351912345678', exact: true }).waitFor();
  expect(new URL(wei.page.url()).pathname).not.toMatch(/[0-9a-f]{24}/);
  expect((await (await call({ callId: 'one', agentEmail: people.ana })).json() as { duplicate: boolean }).duplicate).toBe(true);
}, 60_000);

it('what a colleague noted about a call they logged by hand is read from its first line on', async () => {
  const jonas = await Session.logIn(server.node.baseUrl, people.jonas, server.password);
  const { rows } = await jonas.read<{ rows: { id: string }[] }>('GET', '/queues');
  const logged = await jonas.read<Ticket>('POST', '/tickets', { clientId: 'logged-by-hand-1', channel: 'voice', to: '+351913333333', queueId: rows[0]?.id, subject: 'Asked for a catalogue', text: 'Wants the blue one.\nSend it by post.', call: { direction: 'in', seconds: 40, outcome: 'answered' } });
  const before = ana.page.url();
  await ana.page.goto(`${server.node.baseUrl}/inbox/all/${logged.id}`);
  await seesMessage(ana.page, 'Wants the blue one.');
  await seesMessage(ana.page, 'Send it by post.');
  await ana.page.goto(before);
  await seesMessage(ana.page, 'menu: Delivery');
}, 60_000);

it('somebody amid a ticket is told instead, and goes there by one click', async () => {
  const before = ana.page.url();
  await call({ callId: 'two', from: '+351919999999', agentEmail: people.ana, attributes: { menu: 'Returns' } });
  const told = ana.page.getByRole('status').filter({ hasText: '+351919999999' });
  await told.waitFor();
  expect(ana.page.url()).toBe(before);
  await told.getByRole('button', { name: 'Open' }).click();
  await seesMessage(ana.page, 'menu: Returns');
}, 60_000);

it('a call nobody took waits and is offered; a second call of the same number is on the same customer\'s timeline', async () => {
  await becomeAvailable(wei.page);
  await call({ callId: 'three', outcome: 'missed', seconds: 0, attributes: { menu: 'Technical' } });
  await wei.page.getByTestId('offer-card').filter({ hasText: '+351912345678' }).waitFor();
  const ticketId = await acceptOffer(wei.page);
  await seesMessage(wei.page, 'menu: Technical');
  const maria = await Session.logIn(server.node.baseUrl, people.maria, server.password);
  const ticket = await maria.read<Ticket>('GET', `/tickets/${ticketId}`);
  const { rows } = await maria.read<{ rows: Ticket[] }>('GET', `/tickets?view=all&customerId=${ticket.customer.id}`);
  const texts = await Promise.all(rows.map(async (row) => (await maria.read<{ rows: Message[] }>('GET', `/tickets/${row.id}/messages`)).rows.map((each) => each.text).join()));
  expect(texts.join()).toContain('menu: Delivery');
  await maria.read('POST', `/tickets/${ticketId}/solve`, { disposition: 'solved' });
}, 60_000);

it('a plain HTML form becomes a ticket and is answered by mail; a robot that fills in every field is thanked and ignored', async () => {
  const form = (more: Record<string, string>): Promise<Response> => post('/forms/contact', new URLSearchParams({ name: 'Fatima', email: 'fatima@customers.example', subject: 'Delivery to Faro?', message: 'Do you deliver to Faro?', ...more }).toString(), 'application/x-www-form-urlencoded');
  expect((await form({ subject: 'Buy pills', website: 'https://spam.example' })).status).toBe(200);
  const thanks = await form({ order: 'A-20417' });
  expect(await thanks.text()).toContain('Thank you');
  await wei.page.getByTestId('offer-card').filter({ hasText: 'Fatima' }).waitFor();
  await acceptOffer(wei.page);
  await seesMessage(wei.page, 'A-20417');
  await reply(wei.page, 'Yes, within two days.');
  const answer = await out.next((each) => each.to.includes('fatima@customers.example') && (each.mail.text ?? '').includes('within two days'));
  expect(answer.mail.text).toContain('within two days');
  const maria = await Session.logIn(server.node.baseUrl, people.maria, server.password);
  expect((await maria.read<{ rows: Ticket[] }>('GET', '/tickets?view=all')).rows.some((ticket) => ticket.subject === 'Buy pills')).toBe(false);
}, 60_000);

it('lines of Asterisk are taken too, the bad ones named', async () => {
  const line = '"","+4930901820","100","from-trunk","""Kim"" <+4930901820>","SIP/trunk-1","SIP/100-2","Dial","SIP/100","2026-11-24 09:00:00","","2026-11-24 09:00:20","20","0","NO ANSWER","DOCUMENTATION","asterisk-1",""';
  const answer = await post('/api/calls/records/asterisk', `${line}\nnot a line`, 'text/csv');
  expect(await answer.json()).toEqual({ accepted: 1, duplicates: 0, wrong: [2] });
}, 60_000);

it('no page reported a fault', () => expect([ana, wei].map((seat) => seat.faults)).toEqual([[], []]));

it('an administrator chooses where calls and forms go; what does not exist is refused', async () => {
  const jonas = await Session.logIn(server.node.baseUrl, people.jonas, server.password);
  const queues = await jonas.read<{ rows: { id: string; name: string }[] }>('GET', '/queues');
  const sales = queues.rows.find((queue) => queue.name === 'Sales')?.id ?? '';
  expect(await jonas.read('PATCH', '/sources', { callQueueId: sales, country: 'DE' })).toMatchObject({ callQueueId: sales, country: 'DE' });
  expect((await jonas.ask('PATCH', '/sources', { body: { formQueueId: '0'.repeat(24) } })).body).toMatchObject({ code: 'unknown-queue' });
  expect((await jonas.ask('PATCH', '/sources', { body: { callTimeZone: 'Mars/Olympus' } })).body).toMatchObject({ code: 'bad-input', fields: { callTimeZone: 'is not a time zone' } });
  await call({ callId: 'four', from: '030 901820', outcome: 'missed', seconds: 0 });
  const maria = await Session.logIn(server.node.baseUrl, people.maria, server.password);
  const ticket = await until('the call', async () => (await maria.read<{ rows: Ticket[] }>('GET', `/tickets?view=all&queueId=${sales}`)).rows[0]);
  expect(ticket.customer.address).toBe('+4930901820');
}, 60_000);
