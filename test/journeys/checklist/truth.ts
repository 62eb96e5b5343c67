import type { Page } from 'playwright-core';
import { Visitor } from '../../support/visitor';
import { until } from '../../support/session';
import { hall, mail, openTicket, seat, within, write } from './hall';

const stored = async (text: string) => {
  const { rows } = await hall.admin.read<{ rows: { text: string }[] }>('GET', `/tickets/${hall.mine}/messages?limit=500`);
  return rows.filter((row) => row.text === text).length;
};
const banner = (page: Page) => page.getByTestId('banner-offline');

// 9, 10: what is on the screen is true, whatever the line does.
it('9 a message is on the screen before the server has it, and then stored', async () => {
  const { page } = hall.ana;
  await openTicket(page, hall.mine);
  await page.getByTestId('tab-note').click();
  let hear = (): void => undefined;
  const heard = new Promise<void>((resolve) => { hear = resolve; });
  await page.route('**/api/v1/tickets/*/messages', async (route) => {
    if (route.request().method() === 'POST') await heard;
    await route.continue();
  });
  await page.getByTestId('composer').fill('Seen at once');
  await page.getByTestId('composer').press('Control+Enter');
  await page.locator('[data-pending]').filter({ hasText: 'Seen at once' }).waitFor();
  const before = await stored('Seen at once');
  hear();
  await page.locator('[data-testid=message]:not([data-pending])').filter({ hasText: 'Seen at once' }).waitFor();
  await page.unroute('**/api/v1/tickets/*/messages');
  await page.getByTestId('tab-reply').click();
  expect([before, await stored('Seen at once')]).toEqual([0, 1]);
}, 60_000);

it('9 what the server could not take is shown as failed, and sent again exactly once', async () => {
  const { page } = hall.ana;
  await openTicket(page, hall.mine);
  let refused = 0;
  await page.route('**/api/v1/tickets/*/messages', (route) => (route.request().method() === 'POST' && refused++ === 0 ? route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{"code":"internal"}' }) : route.continue()));
  await page.getByTestId('composer').fill('Through a fault');
  await page.getByTestId('composer').press('Control+Enter');
  await page.locator('[data-pending=failed]').waitFor();
  const before = await stored('Through a fault');
  await page.getByTestId('message-retry').click();
  await page.locator('[data-testid=message]:not([data-pending])').filter({ hasText: 'Through a fault' }).waitFor();
  await page.unroute('**/api/v1/tickets/*/messages');
  expect([before, await stored('Through a fault'), await page.getByTestId('message').filter({ hasText: 'Through a fault' }).count()]).toEqual([0, 1, 1]);
}, 60_000);

it('10 what came between the first list and the first word over the socket is there as well', async () => {
  const { page, context } = await seat('jonas');
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => { open = resolve; });
  await page.routeWebSocket(/socket\.io/, async (socket) => {
    await opened;
    socket.connectToServer();
  });
  await page.goto(`${hall.line.baseUrl}/inbox/unassigned`);
  await page.getByTestId('ticket-row').first().waitFor();
  const id = await mail('Between two stools');
  const before = await page.getByTestId('ticket-row').filter({ hasText: 'Between two stools' }).count();
  open();
  await page.getByTestId('ticket-row').filter({ hasText: 'Between two stools' }).waitFor();
  // Nobody is to be busy with it in what follows.
  await hall.admin.read('POST', `/tickets/${id}/solve`, { status: 'solved', disposition: 'solved' });
  await context.close();
  expect(before).toBe(0);
}, 60_000);

it.each(['cut', 'hold'] as const)('10 after an outage (%s) everything missed is there in order, what was written goes out once, and the banner tells the truth', async (way) => {
  const { page } = hall.ana;
  await openTicket(page, hall.mine);
  const loaded = await page.evaluate(() => performance.timeOrigin);
  const healthy = await banner(page).count();
  hall.line[way]();
  await banner(page).waitFor(within(5000));
  await page.getByTestId('composer').fill(`Written during ${way}`);
  for (const text of ['first', 'second', 'third']) await write(hall.colleague, hall.mine, { note: `${way} ${text}` });
  await page.getByTestId('tab-note').click();
  await page.getByTestId('composer').fill(`Noted during ${way}`);
  await page.getByTestId('composer').press('Control+Enter');
  await page.locator('[data-pending]').filter({ hasText: `Noted during ${way}` }).waitFor();
  hall.line.mend();
  await banner(page).waitFor({ state: 'detached', ...within(5000) });
  await page.locator('[data-testid=message]:not([data-pending])').filter({ hasText: `Noted during ${way}` }).waitFor();
  const missed = page.getByTestId('message').filter({ hasText: new RegExp(`^.*${way} (first|second|third)`, 's') });
  await missed.nth(2).waitFor();
  const order = await page.getByTestId('message').evaluateAll((all) => all.map((each) => Number((each as HTMLElement).dataset['seq'])).filter((seq) => seq > 0));
  await page.getByTestId('tab-reply').click();
  await page.getByTestId('composer').fill('');
  expect([healthy, order, await missed.count(), await stored(`Noted during ${way}`), await page.evaluate(() => performance.timeOrigin)])
    .toEqual([0, [...order].sort((one, other) => one - other), 3, 1, loaded]);
}, 60_000);

it('10 a colleague\'s ticket that was closed meanwhile is up to date when it is opened again', async () => {
  const { page } = hall.maria;
  await openTicket(page, hall.mine);
  await openTicket(page, hall.second);
  await write(hall.colleague, hall.mine, { note: 'While nobody looked' });
  await openTicket(page, hall.mine);
  await page.getByTestId('message').filter({ hasText: 'While nobody looked' }).waitFor();
}, 60_000);

it('10 an answer to a chat that the line swallowed goes out once', async () => {
  const { page } = hall.ana;
  const visitor = await Visitor.open(hall.server.node.baseUrl, { name: 'Swallow' });
  await visitor.say('swallowed-1', 'Does anybody hear me?');
  const ticketId = await until('the chat', async () => (await hall.admin.read<{ rows: { id: string; customer: { name: string } }[] }>('GET', '/tickets?limit=50')).rows.find(({ customer }) => customer.name === 'Swallow')?.id);
  await openTicket(page, ticketId);
  hall.line.hold();
  await page.getByTestId('composer').fill('Every word of it');
  await page.getByTestId('composer').press('Control+Enter');
  await banner(page).waitFor(within(5000));
  hall.line.mend();
  await page.locator('[data-testid=message]:not([data-pending])').filter({ hasText: 'Every word of it' }).waitFor();
  await until('the visitor to hear', () => visitor.heard.some(({ from }) => from === 'agent'));
  const { rows } = await hall.admin.read<{ rows: { text: string }[] }>('GET', `/tickets/${ticketId}/messages?limit=500`);
  visitor.close();
  expect([rows, visitor.heard.filter(({ from }) => from === 'agent')].map((each) => each.filter(({ text }) => text === 'Every word of it').length)).toEqual([1, 1]);
}, 60_000);
