import type { Page } from 'playwright-core';
import { becomeAvailable } from '../../support/console';
import { until } from '../../support/session';
import { clientId, go, hall, mail, openTicket, seat, session, write } from './hall';

const facts = (page: Page) => page.evaluate(() => {
  const card = document.querySelector('[data-testid=offer-card]');
  return {
    role: card?.getAttribute('role'), region: card?.closest('[aria-live]')?.getAttribute('aria-live'), seconds: Number(card?.querySelector('[role=timer]')?.textContent) > 0,
    focus: (document.activeElement as HTMLElement | null)?.dataset['testid'],
  };
});

// 6, 11–14: an agent at work.
it('14 an offer is announced without taking the focus, counts down, and is declined by key for all tabs at once', async () => {
  const { page, context } = hall.ana;
  await openTicket(page, hall.mine);
  const other = await context.newPage();
  await other.goto(`${hall.line.baseUrl}/knowledge`);
  await becomeAvailable(page);
  await page.getByTestId('composer').click();
  await mail('To be declined');
  const cards = [page, other].map((tab) => tab.getByTestId('offer-card').filter({ hasText: 'To be declined' }));
  await Promise.all(cards.map((card) => card.waitFor()));
  const seen = await facts(page);
  await page.keyboard.press('Alt+KeyD');
  await Promise.all(cards.map((card) => card.waitFor({ state: 'detached' })));
  await other.close();
  expect(seen).toEqual({ role: 'alertdialog', region: 'assertive', seconds: true, focus: 'composer' });
}, 90_000);

it('6 accept, reply and solve without a mouse', async () => {
  const { page } = hall.ana;
  await go(page, '/inbox/mine', '[data-testid=ticket-list]');
  const id = await mail('By keyboard alone');
  await page.getByTestId('offer-card').filter({ hasText: 'By keyboard alone' }).waitFor();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('KeyA');
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
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await until('the ticket to be solved', async () => (await hall.admin.read<{ status: string }>('GET', `/tickets/${id}`)).status === 'solved');
  const wrapUp = page.getByTestId('wrap-up');
  if (await wrapUp.isVisible()) await wrapUp.getByRole('button').last().click();
  await page.keyboard.press('Alt+KeyS');
  await page.locator('[data-state-name=away]:visible').first().waitFor();
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
  const ana = await session('ana');
  const { queueId } = await hall.admin.read<{ queueId: string }>('GET', `/tickets/${hall.mine}`);
  const call = await hall.admin.read<{ id: string }>('POST', '/tickets', { clientId: clientId(), channel: 'voice', to: '+4930901820', queueId, subject: 'A call', text: 'Wants a call back', call: { direction: 'in', seconds: 60, outcome: 'answered' } });
  await hall.admin.read('POST', `/tickets/${call.id}/assign`, { ownerId: ana.me.account.id });
  const other = await seat('minjun');
  const { page } = hall.ana;
  for (const id of [hall.mine, call.id]) {
    await Promise.all([openTicket(page, id), openTicket(other.page, id)]);
    await page.locator('header [role=status]').filter({ hasText: 'Kim Min-jun' }).waitFor();
    if (id === hall.mine) {
      await other.page.getByTestId('composer').pressSequentially('Hm');
      await page.locator('header [role=status]').filter({ hasText: /typing|writing/i }).waitFor();
      await other.page.getByTestId('composer').fill('');
    }
  }
  await other.context.close();
  await page.locator('header [role=status]').filter({ hasText: 'Kim Min-jun' }).waitFor({ state: 'detached' });
  expect(await page.getByTestId('ticket-row').filter({ hasText: /typing/ }).count()).toBe(0);
}, 90_000);
