// A visitor searches, then chats with an agent; both in real browsers. A supervisor's board follows without anybody reloading it.
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium';
import { acceptOffer, becomeAvailable, openSeat, reply, seesMessage, sitDown, type Seat } from '../support/console';
import { people, startDemo, until, type DemoServer } from '../support/session';

let server: DemoServer;
let browser: Browser;
let agent: Seat;
let supervisor: Seat;
let visitor: Seat;

beforeAll(async () => {
  [server, browser] = await Promise.all([startDemo(), launchChromium()]);
  const { baseUrl } = server.node;
  [agent, supervisor] = await Promise.all([people.ana, people.maria].map((email) => sitDown(browser, baseUrl, { email, password: server.password }))) as [Seat, Seat];
  await Promise.all([becomeAvailable(agent.page), supervisor.page.goto(`${baseUrl}/board`)]);
  await supervisor.page.getByTestId('board').waitFor();
  visitor = await openSeat(browser, `${baseUrl}/demo`);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await server.stop();
}, 60_000);

const message = (page: Page, from: 'me' | 'agent', text: string) => page.locator(`[data-testid=tl-message][data-from=${from}]`).filter({ hasText: text });
const figure = (name: string, value: number) => supervisor.page.getByTestId('board-queue-Support').locator(`[data-figure=${name}]`).filter({ hasText: new RegExp(`^${value}$`) }).waitFor();

it('self-service comes first: a question finds articles, and an article can be read', async () => {
  const { page } = visitor;
  await page.getByTestId('tl-launcher').click();
  await page.getByTestId('tl-question').fill('reset my password');
  await page.getByTestId('tl-result').first().click();
  await page.getByTestId('tl-panel').locator('article h2').waitFor();
  expect((await page.getByTestId('tl-panel').locator('article').innerText()).length).toBeGreaterThan(80);
}, 60_000);

it('a chat goes both ways while the board counts it', async () => {
  const { page } = visitor;
  await figure('waiting', 0);
  await page.getByTestId('tl-talk').click();
  await page.locator('#tl-name').fill('Vera Visitor');
  await page.locator('#tl-email').fill('vera@customers.example');
  await page.locator('#tl-text').fill('My hub is offline since the update.');
  await page.getByTestId('tl-start').click();
  await message(page, 'me', 'My hub is offline').waitFor();
  await Promise.all([agent.page.getByTestId('offer-card').filter({ hasText: 'Vera Visitor' }).waitFor(), figure('waiting', 1)]);
  await acceptOffer(agent.page);
  await Promise.all([seesMessage(agent.page, 'My hub is offline since the update.'), agent.page.getByRole('complementary').getByText('vera@customers.example').waitFor(), figure('inProgress', 1), figure('waiting', 0), page.locator('[data-testid=tl-state][data-phase=active]').waitFor()]);
  await reply(agent.page, 'Please unplug it for a minute.');
  await message(page, 'agent', 'Please unplug it for a minute.').waitFor();
  await page.getByTestId('tl-composer').fill('It is back, thanks!');
  await page.getByTestId('tl-send').click();
  await seesMessage(agent.page, 'It is back, thanks!');
}, 60_000);

it('a reload resumes the conversation, and what was said meanwhile is there', async () => {
  const { page } = visitor;
  await page.goto('about:blank');
  await reply(agent.page, 'Anything else?');
  await seesMessage(agent.page, 'Anything else?');
  await page.goto(`${server.node.baseUrl}/demo`);
  // It was open before, so it opens by itself.
  await page.getByTestId('tl-panel').waitFor();
  await message(page, 'agent', 'Anything else?').waitFor();
  await until('the whole conversation', async () => (await page.getByTestId('tl-message').count()) === 4);
}, 60_000);

it('each sees the other type', async () => {
  await visitor.page.getByTestId('tl-composer').pressSequentially('No');
  await agent.page.getByTestId('timeline').locator('p.text-accent').waitFor();
  await agent.page.getByTestId('composer').pressSequentially('Fine');
  await visitor.page.locator('.typing').waitFor();
}, 60_000);

it('solving ends the chat for the visitor and counts as handled', async () => {
  await agent.page.getByTestId('solve').click();
  await agent.page.getByTestId('disposition').selectOption('solved');
  await agent.page.getByTestId('solve-confirm').click();
  await Promise.all([visitor.page.locator('[data-testid=tl-state][data-phase=ended]').waitFor(), figure('inProgress', 0), figure('handledToday', 1)]);
}, 60_000);

it('no page reported a fault', () => {
  expect([agent, supervisor, visitor].map((seat) => seat.faults)).toEqual([[], [], []]);
});
