import type { Page } from 'playwright-core';
import { becomeAvailable } from '../../support/console';
import { until } from '../../support/session';
import { Visitor } from '../../support/visitor';
import { clientId, fill, give, go, hall, mail, openTicket, seat, session, write } from './hall';

const facts = (page: Page) => page.evaluate(() => {
  const card = document.querySelector('[data-testid=offer-card]');
  return {
    role: card?.getAttribute('role'), region: card?.closest('[aria-live]')?.getAttribute('aria-live'), keys: [...card?.querySelectorAll('[aria-keyshortcuts]') ?? []].map((each) => each.getAttribute('aria-keyshortcuts')),
    focus: (document.activeElement as HTMLElement | null)?.dataset['testid'],
  };
});
const cardOf = (page: Page, subject: string) => page.getByTestId('offer-card').filter({ hasText: subject });

// 6, 11–14: an agent at work.
it('14 an offer is announced without taking the focus, counts down, and is declined by key for all tabs at once', async () => {
  const { page, context } = hall.ana;
  await openTicket(page, hall.mine);
  const other = await context.newPage();
  await other.goto(`${hall.line.baseUrl}/knowledge`);
  await becomeAvailable(page);
  await page.getByTestId('composer').click();
  const id = await mail('To be declined');
  const cards = [page, other].map((tab) => cardOf(tab, 'To be declined'));
  await Promise.all(cards.map((card) => card.waitFor()));
  const seen = await facts(page);
  const left = async () => Number(await cards[0]?.getByRole('timer').innerText());
  const most = await left();
  const less = await until('the watch to go on', async () => (await left()) < most);
  await page.keyboard.press('Alt+KeyD');
  await Promise.all(cards.map((card) => card.waitFor({ state: 'detached' })));
  await hall.admin.read('POST', `/tickets/${id}/assign`, { ownerId: hall.colleague.me.account.id });
  expect([seen, most > 0, less]).toEqual([{ role: 'alertdialog', region: 'assertive', keys: ['A Alt+A', 'D Alt+D'], focus: 'composer' }, true, true]);
  await other.close();
}, 90_000);

it('14 an offer is accepted by key, for all tabs at once, and opens where it was accepted', async () => {
  const { page, context } = hall.ana;
  const other = await context.newPage();
  await other.goto(`${hall.line.baseUrl}/knowledge`);
  const id = await mail('To be accepted');
  const cards = [page, other].map((tab) => cardOf(tab, 'To be accepted'));
  await Promise.all(cards.map((card) => card.waitFor()));
  await page.keyboard.press('Alt+KeyA');
  await Promise.all([page.waitForURL(`**/${id}`), ...cards.map((card) => card.waitFor({ state: 'detached' }))]);
  const { ownerId } = await hall.admin.read<{ ownerId: string }>('GET', `/tickets/${id}`);
  expect([new URL(other.url()).pathname, ownerId]).toEqual(['/knowledge', (await session('ana')).me.account.id]);
  await other.close();
  await hall.admin.read('POST', `/tickets/${id}/assign`, { ownerId: hall.colleague.me.account.id });
}, 90_000);

it('14 an offer that nobody answers goes away, and its work waits again', async () => {
  await hall.yui.page.getByTestId('offer-card').waitFor({ state: 'detached' });
  const { rows } = await hall.admin.read<{ rows: { id: string; customer: { address: string } }[] }>('GET', '/tickets?limit=50');
  const id = rows.find(({ customer }) => customer.address === 'late@customers.example')?.id ?? '';
  const { workItem, ownerId } = await hall.admin.read<{ workItem: { state: string }; ownerId: string | null }>('GET', `/tickets/${id}`);
  expect([workItem.state, ownerId]).toEqual(['waiting', null]);
}, 60_000);

it('6 comes to work, accepts, replies and solves without a mouse', async () => {
  const { page } = hall.ana;
  await page.evaluate(() => {
    const seen = window as unknown as { pointed: string[] };
    seen.pointed = [];
    for (const kind of ['pointerdown', 'mousedown', 'touchstart']) addEventListener(kind, ({ type }) => seen.pointed.push(type), true);
  });
  await go(page, '/inbox/mine', '[data-testid=ticket-list]');
  await page.keyboard.press('Alt+KeyS');
  await page.locator('[data-state-name=away]:visible').first().waitFor();
  await page.keyboard.press('Alt+KeyS');
  await page.locator('[data-state-name=available]:visible').first().waitFor();
  const id = await mail('By keyboard alone');
  await cardOf(page, 'By keyboard alone').waitFor();
  await page.keyboard.press('Alt+KeyA');
  await page.waitForURL(`**/${id}`);
  await page.getByTestId('message').first().waitFor();
  await page.keyboard.press('KeyR');
  await page.locator('[data-testid=composer]:focus').waitFor();
  await page.keyboard.type('Done, without a mouse.');
  await page.keyboard.press('Control+Enter');
  await page.getByTestId('message').filter({ hasText: 'without a mouse' }).locator('[data-delivery]').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('KeyE');
  await page.locator('[data-testid=disposition]:focus').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.locator('[data-testid=disposition]:open').waitFor();
  // While the list is open its letters are its own, and Escape closes it alone.
  await page.keyboard.press('KeyJ');
  await page.keyboard.press('Escape');
  await page.locator('[data-testid=disposition]:focus').waitFor();
  for (const key of ['ArrowDown', 'ArrowDown', 'Enter', 'Tab']) await page.keyboard.press(key);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await until('the ticket to be solved', async () => (await hall.admin.read<{ status: string }>('GET', `/tickets/${id}`)).status === 'solved');
  await page.keyboard.press('Alt+KeyS');
  await page.locator('[data-state-name=away]:visible').first().waitFor();
  expect(await page.evaluate(() => (window as unknown as { pointed: string[] }).pointed)).toEqual([]);
}, 90_000);

it('11 drafts survive going elsewhere and a reload; reply and note are apart; a note is marked by paper and by a word', async () => {
  const { page } = hall.ana;
  await openTicket(page, hall.mine);
  await page.getByTestId('tab-reply').click();
  await page.getByTestId('composer').fill('A reply begun');
  await page.getByTestId('tab-note').click();
  await page.getByTestId('composer').fill('A note begun');
  const words = await page.getByTestId('composer').evaluate((field) => [field.closest('section')?.textContent?.includes('colleagues'), getComputedStyle(field.closest('section') as Element).backgroundColor !== getComputedStyle(document.querySelector('[data-testid=timeline]') as Element).backgroundColor]);
  await openTicket(page, hall.second);
  const elsewhere = await page.getByTestId('composer').inputValue();
  await page.goto(`${hall.line.baseUrl}/inbox/mine/${hall.mine}`);
  await page.getByTestId('message').first().waitFor();
  await page.getByTestId('tab-reply').click();
  const reply = await page.getByTestId('composer').inputValue();
  await page.getByTestId('composer').fill('');
  await page.getByTestId('tab-note').click();
  const note = await page.getByTestId('composer').inputValue();
  await page.getByTestId('composer').fill('');
  await page.getByTestId('tab-reply').click();
  expect({ words, elsewhere, reply, note }).toEqual({ words: [true, true], elsewhere: '', reply: 'A reply begun', note: 'A note begun' });
}, 60_000);

it('12 a reply that lands while one writes warns before anything is sent', async () => {
  const { page } = hall.ana;
  await openTicket(page, hall.mine);
  await page.getByTestId('composer').fill('I was first');
  const { seq } = await write(hall.colleague, hall.mine, { reply: 'No, I was' });
  await page.getByTestId('replied-meanwhile').waitFor();
  await page.getByTestId('composer-send').click();
  const last = await hall.admin.read<{ lastSeq: number }>('GET', `/tickets/${hall.mine}`);
  const refused = await hall.admin.ask('POST', `/tickets/${hall.mine}/messages`, { body: { clientId: clientId(), kind: 'agent', text: 'Late', seenSeq: 1 } });
  await page.getByTestId('replied-meanwhile').getByRole('button').first().click();
  await page.getByTestId('composer').fill('');
  expect([last.lastSeq === seq, refused.body['code']]).toEqual([true, 'replied-meanwhile']);
}, 60_000);

it('13 a colleague who looks and types is seen, on every channel', async () => {
  const [ana, { rows: channels }, { queueId }] = await Promise.all([session('ana'), hall.admin.read<{ rows: { id: string }[] }>('GET', '/channels'), hall.admin.read<{ queueId: string }>('GET', `/tickets/${hall.mine}`)]);
  const call = await hall.admin.read<{ id: string }>('POST', '/tickets', { clientId: clientId(), channel: 'voice', to: '+4930901820', queueId, subject: 'A call', text: 'Wants a call back', call: { direction: 'in', seconds: 60, outcome: 'answered' } });
  const visitor = await Visitor.open(hall.server.node.baseUrl, { name: 'Vera' });
  await Promise.all([visitor.say(clientId(), 'By chat'), fill('form@customers.example')]);
  const found = (channel: string) => until(`the ticket by ${channel}`, async () => (await hall.admin.read<{ rows: { id: string; channel: string }[] }>('GET', '/tickets?limit=50')).rows.find((row) => row.channel === channel)?.id);
  const tickets: Record<string, string> = { email: hall.mine, voice: call.id, webchat: await found('webchat'), webform: await found('webform') };
  await hall.admin.read('POST', `/tickets/${call.id}/assign`, { ownerId: ana.me.account.id });
  await Promise.all(['webchat', 'webform'].map((channel) => give(tickets[channel] ?? '', ana)));
  const other = await seat('minjun');
  const { page } = hall.ana;
  const status = page.locator('header [role=status]');
  const seen: string[] = [];
  for (const [channel, id] of Object.entries(tickets)) {
    await Promise.all([openTicket(page, id), openTicket(other.page, id)]);
    await status.filter({ hasText: 'Kim Min-jun is looking' }).waitFor();
    if (channel === 'webchat') await other.page.getByTestId('tab-note').click();
    await other.page.getByTestId('composer').pressSequentially('Hm');
    await status.filter({ hasText: 'Kim Min-jun is typing' }).waitFor();
    await other.page.getByTestId('composer').fill('');
    seen.push(channel);
  }
  // What a colleague notes down is nothing for the customer to see coming.
  const toCustomer = visitor.typing.filter(({ on }) => on).length;
  visitor.close();
  await other.context.close();
  await status.filter({ hasText: 'Kim Min-jun' }).waitFor({ state: 'detached' });
  // Ana has room for what is offered later, and is elsewhere when the tickets are no longer hers to see.
  await go(page, '/settings/look');
  for (const channel of ['webchat', 'webform']) await hall.admin.read('POST', `/tickets/${tickets[channel] ?? ''}/assign`, { ownerId: hall.colleague.me.account.id });
  expect([seen.sort(), toCustomer]).toEqual([channels.map(({ id }) => id).sort(), 0]);
}, 90_000);
