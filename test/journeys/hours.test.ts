// An administrator shuts a queue and writes a rule in the browser; a visitor who comes then is answered by mail, one who waits is called back in their place.
import type { Browser, Page } from 'playwright-core';
import type { Queue, Ticket, TicketSummary } from '../../protocol';
import { launchChromium } from '../support/chromium';
import { acceptOffer, becomeAvailable, openSeat, sitDown, type Seat } from '../support/console';
import { people, Session, startDemo, until, type DemoServer } from '../support/session';
import { Visitor } from '../support/visitor';

let server: DemoServer;
let browser: Browser;
let admin: Seat;
let agent: Seat;
let reader: Session;
const visitors: Visitor[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([startDemo(), launchChromium()]);
  const { baseUrl } = server.node;
  [admin, agent] = await Promise.all([people.jonas, people.ana].map((email) => sitDown(browser, baseUrl, { email, password: server.password }))) as [Seat, Seat];
  await becomeAvailable(agent.page);
  reader = await Session.logIn(baseUrl, people.maria, server.password);
  const jonas = await Session.logIn(baseUrl, people.jonas, server.password);
  await jonas.read('PATCH', `/queues/${(await supportNow()).id}`, { offerSeconds: { voice: 120, webchat: 120 } });
}, 180_000);
afterAll(async () => {
  visitors.forEach((each) => each.close());
  await browser.close();
  await server.stop();
}, 60_000);

async function comes(text: string): Promise<Visitor> {
  const visitor = await Visitor.open(server.node.baseUrl, { name: 'Vera' });
  visitors.push(visitor);
  await visitor.say(`chat-${visitors.length}-0000`, text);
  return visitor;
}
const ticketOf = (words: string): Promise<TicketSummary> => until('the ticket', async () => (await reader.read<{ rows: TicketSummary[] }>('GET', '/tickets')).rows.find((each) => each.subject.includes(words)));

const supportNow = async (): Promise<Queue> => (await reader.read<{ rows: Queue[] }>('GET', '/queues')).rows.find((each) => each.name === 'Support') ?? (() => { throw new Error('the demo has a queue Support'); })();

/** A visitor at the widget, ready to begin a chat. */
async function drafts(text: string): Promise<Seat> {
  const seat = await openSeat(browser, `${server.node.baseUrl}/demo`);
  const { page } = seat;
  await page.getByTestId('tl-launcher').click();
  await page.getByTestId('tl-talk').click();
  await page.locator('#tl-name').fill('Vera');
  await page.locator('#tl-email').fill('vera@customers.example');
  await page.locator('#tl-text').fill(text);
  return seat;
}
async function switchTo(page: Page, state: 'Available' | 'Offline'): Promise<void> {
  await page.locator('[data-testid=state-switch]:visible').first().click();
  await page.getByRole('menuitemcheckbox', { name: state }).click();
}
async function traceSays(page: Page, ...sentences: string[]): Promise<void> {
  for (const sentence of sentences) await page.getByRole('listitem').filter({ hasText: sentence }).first().waitFor();
}
const agreed = (page: Page, words: string) => page.getByTestId('tl-agreed').filter({ hasText: words }).waitFor();

it('who waits asks in the widget to be called back in their place, and the agent is offered it, with the number, before who came later', async () => {
  const { page, context, faults } = await drafts('My doorbell rings by itself');
  await page.getByTestId('tl-start').click();
  await page.locator('[data-testid=tl-state][data-phase=waiting]').waitFor();
  const { id } = await ticketOf('My doorbell');
  await switchTo(agent.page, 'Offline');
  await agent.page.locator('[data-testid=state-switch][data-state-name=offline]:visible').first().waitFor();
  await comes('My window squeaks');
  const later = await ticketOf('My window');
  await page.getByTestId('tl-by-phone').click();
  await page.getByTestId('tl-otherwise-go').click();
  await page.locator('#tl-otherwise[aria-invalid=true]').fill('+351 21 000 00 42');
  await page.getByTestId('tl-otherwise-go').click();
  await agreed(page, '+351 21 000 00 42');
  await switchTo(agent.page, 'Available');
  await agent.page.getByTestId('offer-phone').filter({ hasText: '+351 21 000 00 42' }).waitFor();
  expect(await agent.page.getByTestId('offer-card').count()).toBe(1);
  expect(await acceptOffer(agent.page)).toBe(id);
  await agent.page.getByTestId('message').filter({ hasText: 'To be called back at +351 21 000 00 42' }).first().waitFor({ state: 'attached' });
  await agent.page.getByRole('button', { name: 'More' }).first().click();
  await agent.page.getByRole('menuitem', { name: 'Why it went there' }).click();
  await traceSays(agent.page, 'The customer is called back, in the same place.', 'Ana Pereira accepted');
  await reader.read('POST', `/tickets/${id}/solve`, { disposition: 'solved' });
  expect(await acceptOffer(agent.page)).toBe(later.id);
  await context.close();
  expect(faults).toEqual([]);
}, 90_000);

it('a queue is shut in the settings, and a visitor who comes then reads that they are answered by mail', async () => {
  const late = await drafts('My lamp is too bright');
  const { page } = admin;
  await page.goto(`${server.node.baseUrl}/settings/hours`);
  await page.getByLabel('New hours').fill('Never');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const dialog = page.getByRole('dialog');
  for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']) await dialog.getByLabel(day).fill('');
  await dialog.getByLabel('Days that differ').fill('2031-01-02 9-12 Stocktaking');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.goto(`${server.node.baseUrl}/settings/overflow`);
  await page.getByLabel('Queue', { exact: true }).first().selectOption({ label: 'Support' });
  await page.getByLabel('Business hours').selectOption({ label: 'Never' });
  await page.getByRole('button', { name: 'Add a case' }).click();
  await page.getByLabel('Then').selectOption('email');
  await page.getByLabel('What the customer is told').fill('We are closed. Where may we write to?');
  await page.getByRole('button', { name: 'Save' }).click();
  await until('the queue to be shut', async () => (await supportNow()).hoursId);
  await late.page.getByTestId('tl-start').click();
  await late.page.getByTestId('tl-message').filter({ hasText: 'Where may we write to?' }).waitFor();
  await agreed(late.page, 'vera@customers.example');
  await late.context.close();
  const { workItem } = await reader.read<Ticket>('GET', `/tickets/${(await ticketOf('My lamp is too bright')).id}`);
  await page.goto(`${server.node.baseUrl}/trace/${workItem?.id ?? ''}`);
  await traceSays(page, 'From Support: to e-mail, because the queue is closed.');
  expect(late.faults).toEqual([]);
}, 120_000);

it('it is opened again, and who comes then waits in their chat', async () => {
  const { page } = admin;
  await page.goto(`${server.node.baseUrl}/settings/overflow`);
  await page.getByLabel('Queue', { exact: true }).first().selectOption({ label: 'Support' });
  await page.getByLabel('Business hours').selectOption({ label: 'Always' });
  await page.getByRole('button', { name: 'Save' }).click();
  await until('the queue to be open', async () => (await supportNow()).hoursId === null);
  const visitor = await comes('My kettle whistles');
  await until('the visitor to wait', () => visitor.state?.phase === 'waiting');
  expect(visitor.state?.answerBy).toBe(null);
}, 60_000);

it('a rule is tried on that ticket before it is saved', async () => {
  const { number } = await ticketOf('My lamp is too bright');
  const { page } = admin;
  await page.goto(`${server.node.baseUrl}/settings/rules`);
  for (const [name, words] of [['Doorbells', 'doorbell'], ['Lamps', 'lamp*']] as const) {
    await page.getByRole('button', { name: 'New rule' }).click();
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByLabel('Words in subject or text').fill(words);
    await page.getByLabel('Tags to add').fill(name.toLowerCase());
    await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
  }
  await page.getByLabel('Ticket number').fill(String(number));
  await page.getByTestId('rules-try').click();
  await page.locator('[data-testid=rule-verdict][data-verdict=chosen]').waitFor();
  expect(await page.locator('[data-testid=rule-verdict]').evaluateAll((all) => all.map((each) => each.getAttribute('data-verdict')))).toEqual(['not-matched', 'chosen']);
  await page.getByRole('button', { name: 'Save' }).click();
  await until('the rules', async () => (await page.getByRole('button', { name: 'Save' }).isDisabled()) || null);
  await comes('The other lamp flickers');
  expect((await ticketOf('The other lamp flickers')).tags).toEqual(['lamps']);
}, 120_000);

it('no page reported a fault', () => expect([admin, agent].flatMap((seat) => seat.faults)).toEqual([]));
