// What agents and supervisors see of routing, in real browsers on one server: offers, declining, not responding, a warm hand-over, pulling, the trace.
import type { Browser } from 'playwright-core';
import type { Queue, Ticket, Simulation } from '../../protocol';
import { launchChromium } from '../support/chromium';
import { acceptOffer, becomeAvailable, sitDown, type Seat } from '../support/console';
import { sendMail } from '../support/mail';
import { hangUpAll, people, Session, startDemo, until, type DemoServer } from '../support/session';

let server: DemoServer;
let browser: Browser;
let ana: Seat;
let wei: Seat;
let maria: Session;
let support: Queue;
let letters = 0;
const ids = { ana: '', wei: '' };

beforeAll(async () => {
  [server, browser] = await Promise.all([startDemo(), launchChromium()]);
  maria = await Session.logIn(server.node.baseUrl, people.maria, server.password);
  const { rows } = await maria.read<{ rows: Queue[] }>('GET', '/queues');
  support = rows.find(({ name }) => name === 'Support') ?? (() => { throw new Error('the demo has a queue Support'); })();
  await administer({ offerSeconds: { email: 60, webchat: 60 }, coolDownSeconds: 0 });
  for (const who of ['ana', 'wei'] as const) ids[who] = (await Session.logIn(server.node.baseUrl, people[who], server.password)).me.account.id;
  [ana, wei] = await Promise.all([sitDown(browser, server.node.baseUrl, { email: people.ana, password: server.password }), sitDown(browser, server.node.baseUrl, { email: people.wei, password: server.password })]);
}, 120_000);
afterAll(async () => {
  hangUpAll();
  await browser.close();
  await server.stop();
}, 60_000);

async function administer(settings: object): Promise<void> {
  const jonas = await Session.logIn(server.node.baseUrl, people.jonas, server.password);
  await jonas.read('PATCH', `/queues/${support.id}`, settings);
}

/** A letter from a stranger; answers its subject. */
async function letter(): Promise<string> {
  const subject = `Letter number ${(letters += 1)}`;
  await sendMail(server.node.smtpPort, { from: `stranger${letters}@customers.example`, subject, text: 'Hello there' });
  return subject;
}

/** Today's date where the company is. */
const dayIn = (timeZone: string): string => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date());

const card = (seat: Seat, subject: string) => seat.page.getByTestId('offer-card').filter({ hasText: subject });
const state = (seat: Seat, name: string) => seat.page.locator(`[data-testid=state-switch][data-state-name=${name}]:visible`).first();
const workOf = async (ticketId: string) => (await maria.read<Ticket>('GET', `/tickets/${ticketId}`)).workItem;

/** Accepts with no ticket open, so that the one that opens is the one accepted. */
async function take(seat: Seat, subject: string): Promise<string> {
  await seat.page.goto(`${server.node.baseUrl}/inbox/mine`);
  await card(seat, subject).waitFor();
  return acceptOffer(seat.page);
}

async function solveOpen(seat: Seat): Promise<void> {
  const ticketId = /[0-9a-f]{24}/.exec(seat.page.url())?.[0] ?? '';
  await seat.page.getByTestId('solve').click();
  await seat.page.getByTestId('disposition').selectOption('solved');
  await seat.page.getByTestId('solve-confirm').click();
  await until('it to be solved', async () => (await maria.read<Ticket>('GET', `/tickets/${ticketId}`)).status === 'solved');
}

async function choose(seat: Seat, entry: string): Promise<void> {
  await seat.page.getByRole('button', { name: 'More' }).first().click();
  await seat.page.getByRole('menuitem', { name: entry }).click();
}

/** Opens the trace of the open ticket's work, waits for what it must say, and comes back. */
async function traceSays(seat: Seat, ...sentences: string[]): Promise<void> {
  await choose(seat, 'Why it went there');
  for (const sentence of sentences) await seat.page.getByRole('listitem').filter({ hasText: sentence }).first().waitFor();
  await seat.page.goBack();
  await seat.page.getByTestId('timeline').waitFor();
}

/** Asks Wei, in the dialog, to take the open ticket over. */
async function askWei(note: string): Promise<void> {
  await choose(ana, 'Hand over');
  const dialog = ana.page.getByRole('dialog');
  await dialog.getByText('When accepted').click();
  await dialog.getByText('A colleague').click();
  await dialog.getByTestId('transfer-target').selectOption(ids.wei);
  await dialog.getByRole('textbox').fill(note);
  await dialog.getByTestId('transfer-go').click();
  await ana.page.getByTestId('helper').waitFor();
  await card(wei, 'Ana Pereira wants to hand this over').filter({ hasText: note }).waitFor();
}

it('an offer counts down, is declined with a reason, comes back, and is accepted', async () => {
  await becomeAvailable(ana.page);
  const subject = await letter();
  await card(ana, subject).waitFor();
  const left = async () => Number(await card(ana, subject).getByRole('timer').textContent());
  const first = await left();
  expect(first).toBeGreaterThan(0);
  await until('the countdown to go on', async () => (await left()) < first);
  await administer({ coolDownSeconds: 2 });
  const offerId = await card(ana, subject).getAttribute('data-offer');
  await card(ana, subject).getByRole('button', { name: 'Decline with a reason' }).click();
  await ana.page.getByRole('menuitem', { name: 'Not my field' }).click();
  await until('the offer to come back after the cool-down', async () => (await card(ana, subject).count()) > 0 && (await card(ana, subject).getAttribute('data-offer')) !== offerId);
  await acceptOffer(ana.page);
  await traceSays(ana, 'Ana Pereira declined; it keeps its seniority. Reason: Not my field.', 'Ana Pereira accepted');
  await solveOpen(ana);
}, 90_000);

it('warm: the giver keeps it when the colleague declines, and until the colleague accepts in their own console', async () => {
  const subject = await letter();
  const ticketId = await take(ana, subject);
  await becomeAvailable(wei.page);
  await askWei('Have a look');
  await card(wei, 'Have a look').getByTestId('offer-decline').click();
  await Promise.all([card(wei, 'Have a look'), ana.page.getByTestId('helper')].map((each) => each.waitFor({ state: 'detached' })));
  expect((await workOf(ticketId))?.agentId).toBe(ids.ana);
  await askWei('Knows the hub better');
  expect((await workOf(ticketId))?.agentId).toBe(ids.ana);
  expect(await acceptOffer(wei.page)).toBe(ticketId);
  await wei.page.getByTestId('timeline').getByText('Knows the hub better').waitFor();
  await ana.page.getByTestId('helper').waitFor({ state: 'detached' });
  await until('it to be Wei\'s', async () => (await workOf(ticketId))?.agentId === ids.wei && (await maria.read<Ticket>('GET', `/tickets/${ticketId}`)).ownerId === ids.wei);
  await solveOpen(wei);
}, 90_000);

it('two offers nobody answers, and the agent does not respond; the board shows when', async () => {
  await wei.page.locator('[data-testid=state-switch]:visible').first().click();
  await wei.page.getByRole('menuitemcheckbox', { name: 'Offline' }).click();
  await administer({ offerSeconds: { email: 5 }, coolDownSeconds: 0 });
  const subject = await letter();
  await state(ana, 'not-responding').waitFor();
  const boss = await sitDown(browser, server.node.baseUrl, { email: people.maria, password: server.password });
  await boss.page.goto(`${server.node.baseUrl}/board`);
  await boss.page.getByRole('button', { name: /Ana Pereira/ }).click();
  await boss.page.getByTestId('agent-history').locator('summary').click();
  await boss.page.getByTestId('agent-history').getByRole('cell', { name: 'Not responding' }).first().waitFor();
  await administer({ offerSeconds: { email: 60 } });
  await becomeAvailable(ana.page);
  await take(ana, subject);
  await choose(ana, 'Why it went there');
  for (const step of ['Arrived', 'Offered', 'Not answered', 'Accepted']) await ana.page.getByText(step, { exact: true }).first().waitFor();
  await ana.page.getByText('Ana Pereira did not answer. Set to not responding.').waitFor();
  await ana.page.locator('details').first().locator('summary').click();
  await ana.page.getByRole('listitem').filter({ hasText: 'Wei' }).getByText('Offline', { exact: true }).first().waitFor();
  await ana.page.goBack();
  await ana.page.getByTestId('timeline').waitFor();
  await solveOpen(ana);
  expect(boss.faults).toEqual([]);
}, 120_000);

it('pull mode: nothing is offered, nobody chooses, and Next brings the oldest', async () => {
  await administer({ pull: true });
  const older = await letter();
  await until('the letter to wait', async () => (await maria.read<{ rows: Ticket[] }>('GET', '/tickets?view=unassigned')).rows.some((row) => row.subject === older));
  const newer = await letter();
  await ana.page.goto(`${server.node.baseUrl}/inbox/unassigned`);
  await ana.page.getByText(newer).first().click();
  await ana.page.getByRole('button', { name: 'Take it' }).click();
  await ana.page.getByRole('status').filter({ hasText: 'In this queue nobody chooses' }).waitFor();
  // The browser notes every refusal it was answered with.
  expect(ana.faults.splice(0)).toEqual([expect.stringContaining('409')]);
  const next = ana.page.locator('[data-testid=next-work]:visible:enabled').first();
  await next.waitFor();
  expect(await ana.page.getByTestId('offer-card').count()).toBe(0);
  await next.click();
  await ana.page.getByRole('heading', { name: older }).or(ana.page.getByText(older)).first().waitFor();
  await until('the older one to be Ana\'s', async () => (await maria.read<{ rows: Ticket[] }>('GET', '/tickets?view=all')).rows.some((row) => row.subject === older && row.ownerId === ids.ana));
}, 90_000);

it('the day is played again with one agent more: each queue before and after; agents may not, and unknown queues are refused', async () => {
  const jonas = await Session.logIn(server.node.baseUrl, people.jonas, server.password);
  const refused = await jonas.ask('POST', '/simulations', { body: { day: '2020-01-01', changes: { queues: [{ queue: '0'.repeat(24) }] } } });
  const forbidden = await (await Session.logIn(server.node.baseUrl, people.ana, server.password)).ask('GET', `/simulations/${'0'.repeat(24)}`);
  const empty = await jonas.read<Simulation>('POST', '/simulations', { day: '2020-01-01', changes: {} });
  const boss = await sitDown(browser, server.node.baseUrl, { email: people.jonas, password: server.password });
  const { page } = boss;
  await page.goto(`${server.node.baseUrl}/simulator`);
  await page.getByLabel('Day').fill(dayIn(jonas.me.company.timeZone));
  await page.getByLabel('Support: Agents more or fewer').fill('1');
  await page.getByTestId('simulate').click();
  await page.getByTestId('simulated').filter({ hasText: 'Support' }).waitFor({ timeout: 60_000 });
  await until('the empty day', async () => (await jonas.read<Simulation>('GET', `/simulations/${empty.id}`)).state === 'empty');
  expect([refused.body['code'], forbidden.status, boss.faults]).toEqual(['unknown-queue', 403, []]);
}, 120_000);

it('no page reported a fault', () => expect([ana.faults, wei.faults]).toEqual([[], []]));
