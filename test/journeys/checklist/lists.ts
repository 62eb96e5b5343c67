// Finding and doing: search, views, several tickets at once, macros.
import type { SavedView } from '../../../protocol/lists';
import { until } from '../../support/session';
import { clientId, go, hall, mail, openTicket, seat, session } from './hall';

interface Row { id: string; subject: string; tags: string[]; priority: string }
const found = async (q: string) => (await hall.admin.read<{ rows: Row[] }>('GET', `/tickets?q=${encodeURIComponent(q)}&limit=50`)).rows.map(({ id }) => id);

it('the search finds words of bodies, beginnings, addresses and their halves, numbers with and without the country, and Korean', async () => {
  const id = await mail('Found again', { from: '김서연 <seoyeon@hanok.example>', text: 'The thermostat flickers zanzibarically. 비밀번호 재설정 메일이 오지 않습니다.' });
  const { queueId, number } = await hall.admin.read<{ queueId: string; number: number }>('GET', `/tickets/${id}`);
  const call = await hall.admin.read<{ id: string }>('POST', '/tickets', { clientId: clientId(), channel: 'voice', to: '+351912345678', queueId, subject: 'Rang', text: '', call: { direction: 'in', seconds: 5, outcome: 'answered' } });
  await until('the words to be known', async () => (await found('zanzibarically')).includes(id));
  const hits = await Promise.all(['zanzibarically', 'thermostat flick', 'seoyeon@hanok.example', 'hanok.example', 'seoyeon', '재설정', `#${number}`, 'zanzibar nothing'].map(async (q) => (await found(q)).includes(id)));
  const calls = await Promise.all(['+351912345678', '912345678'].map(async (q) => (await found(q)).includes(call.id)));
  expect([hits, calls]).toEqual([[true, true, true, true, true, true, true, false], [true, true]]);
}, 60_000);

it('a view is kept, shared only by those who may, counted for the reader, and gone for others when it is not shared', async () => {
  const ana = await session('ana');
  const own = await ana.read<SavedView>('POST', '/views', { name: 'Urgent of mine', filter: { view: 'mine', priority: 'urgent' }, shared: false });
  const refused = await ana.ask('POST', '/views', { body: { name: 'For all', filter: { view: 'all' }, shared: true } });
  const shared = await hall.admin.read<SavedView>('POST', '/views', { name: 'Everything open', filter: { view: 'all' }, shared: true });
  const seen = (await ana.read<{ rows: SavedView[] }>('GET', '/views')).rows.map(({ name, mine }) => [name, mine]);
  const others = (await hall.colleague.read<{ rows: SavedView[] }>('GET', '/views')).rows.map(({ id }) => id);
  const stolen = await hall.colleague.ask('DELETE', `/views/${own.id}`);
  const guarded = await ana.ask('PATCH', `/views/${shared.id}`, { body: { name: 'Mine now' } });
  const renamed = await ana.read<SavedView>('PATCH', `/views/${own.id}`, { name: 'Burning' });
  await ana.read('DELETE', `/views/${own.id}`);
  expect([own.count, refused.body['code'], seen, others, stolen.body['code'], guarded.body['code'], renamed.name])
    .toEqual([0, 'not-allowed', [['Everything open', false], ['Urgent of mine', true]], [shared.id], 'not-found', 'not-allowed', 'Burning']);
}, 60_000);

it('several tickets are changed at once, and a refusal names the ticket and leaves the rest', async () => {
  const ids = await Promise.all(['Bulk one', 'Bulk two'].map((subject) => mail(subject)));
  const none = '0'.repeat(24);
  const outcome = await hall.admin.read<object>('POST', '/ticket-actions', { ticketIds: [...ids, none], actions: [{ kind: 'priority', priority: 'high' }, { kind: 'add-tags', tags: ['bulk'] }, { kind: 'note', text: 'Both' }] });
  const rows = await Promise.all(ids.map((id) => hall.admin.read<Row>('GET', `/tickets/${id}`)));
  expect([outcome, rows.map(({ priority, tags }) => [priority, tags])]).toEqual([{ done: ids, refused: [{ id: none, code: 'not-found' }] }, [['high', ['bulk']], ['high', ['bulk']]]]);
}, 60_000);

it('in the list: x chooses, the filter narrows and is kept, and its view stands among the others with a count', async () => {
  const { page, context } = await seat('jonas');
  await go(page, '/inbox/all', '[data-testid=ticket-row]');
  await page.keyboard.press('KeyJ');
  await page.keyboard.press('KeyX');
  await page.getByTestId('bulk').waitFor();
  const chosen = await page.locator('[role=option][aria-selected=true]').count();
  await page.keyboard.press('KeyX');
  await page.getByTestId('bulk').waitFor({ state: 'detached' });
  await page.getByTestId('filter').click();
  const menu = page.getByRole('dialog', { name: 'Filter' });
  await menu.getByLabel('Priority').selectOption('high');
  await page.waitForURL(/priority=high/);
  await menu.getByLabel('Name').fill('High ones');
  await menu.getByRole('button', { name: 'Save as a view' }).click();
  await page.locator('nav a').filter({ hasText: /High ones\s*2/ }).waitFor();
  const rows = await page.getByTestId('ticket-row').count();
  await context.close();
  expect([chosen, rows]).toEqual([1, 2]);
}, 60_000);

it('a macro is recorded, kept, and done again elsewhere by keyboard', async () => {
  const { page } = hall.ana;
  await openTicket(page, hall.mine);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('KeyY');
  await page.getByRole('button', { name: 'Record a macro' }).click();
  await page.getByTestId('recording').waitFor();
  await page.keyboard.press('KeyH');
  await page.getByTestId('recording').filter({ hasText: 'On hold' }).waitFor();
  await page.getByTestId('recording').getByRole('button', { name: 'Keep the macro' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Wait for parts');
  await page.keyboard.press('Enter');
  await page.getByTestId('recording').waitFor({ state: 'detached' });
  await openTicket(page, hall.second);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('KeyY');
  await page.getByTestId('macro').filter({ hasText: 'Wait for parts' }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await until('the second ticket to wait too', async () => (await hall.admin.read<{ status: string }>('GET', `/tickets/${hall.second}`)).status === 'on-hold');
}, 60_000);

it('an administrator erases a customer, who must be named, and sees it done', async () => {
  const id = await mail('Private matter', { from: 'Otto Zyx <otto@zyx.example>', text: 'Only for you' });
  const { customer } = await hall.admin.read<{ customer: { id: string } }>('GET', `/tickets/${id}`);
  const { page, context } = await seat('jonas');
  await go(page, `/customers/${customer.id}`);
  await page.getByRole('button', { name: 'Erase', exact: true }).click();
  const form = page.getByTestId('erase-form');
  const sure = form.getByRole('button', { name: 'Erase for good' });
  await form.getByRole('textbox').fill('Otto');
  const early = await sure.isDisabled();
  await form.getByRole('textbox').fill('Otto Zyx');
  await sure.click();
  await page.getByTestId('erased').filter({ hasText: 'was erased' }).waitFor();
  const left = await page.getByRole('textbox', { name: 'Name', exact: true }).count();
  await context.close();
  const ticket = await hall.admin.read<{ subject: string; status: string; customer: { name: string } }>('GET', `/tickets/${id}`);
  expect([early, left, ticket.subject, ticket.status, ticket.customer.name]).toEqual([true, 0, '', 'closed', '']);
}, 60_000);
