import type { Page } from 'playwright-core';
import { go, hall, openTicket } from './hall';

const focusedPane = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.tagName.toLowerCase());
const activeRow = (page: Page) => page.getByTestId('ticket-list').getAttribute('aria-activedescendant');
const composerIs = (page: Page) => page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['testid']);

/** A stroke as a keyboard with another layout makes it. */
const stroke = (page: Page, init: KeyboardEventInit, at = 'body') => page.evaluate(([given, where]) => {
  document.querySelector(where as string)?.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...(given as KeyboardEventInit) }));
}, [init, at] as const);

async function blur(page: Page): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
}

// 3–6: everything by keyboard.
it('3 F6 goes through the panes in order and around, Shift+F6 back', async () => {
  const { page } = hall.ana;
  await openTicket(page, hall.mine);
  await blur(page);
  const walk = async (key: string, steps: number) => {
    const seen: (string | null | undefined)[] = [];
    for (let step = 0; step < steps; step++) {
      await page.keyboard.press(key);
      seen.push(await focusedPane(page));
    }
    return seen;
  };
  const panes = await page.locator('[data-pane]:visible').count();
  const forth = await walk('F6', panes + 1);
  const back = await walk('Shift+F6', panes);
  expect([new Set(forth).size, forth[panes], back[panes - 1]]).toEqual([panes, forth[0], forth[0]]);
}, 60_000);

it('4 j, k and Enter move and open; r and n write; / searches; ? lists; Ctrl+K commands', async () => {
  const { page } = hall.ana;
  await go(page, '/inbox/mine', '[data-testid=ticket-row]');
  await blur(page);
  await page.keyboard.press('KeyJ');
  const first = await activeRow(page);
  await page.keyboard.press('KeyJ');
  const next = await activeRow(page);
  await page.keyboard.press('KeyK');
  const again = await activeRow(page);
  await page.keyboard.press('Enter');
  await page.getByTestId('timeline').waitFor();
  await blur(page);
  await page.keyboard.press('KeyN');
  await page.locator('[data-testid=tab-note][aria-selected=true]').waitFor();
  await page.getByTestId('composer').and(page.locator(':focus')).waitFor();
  await blur(page);
  await page.keyboard.press('KeyR');
  await page.locator('[data-testid=tab-reply][aria-selected=true]').waitFor();
  await page.waitForFunction(() => (document.activeElement as HTMLElement | null)?.dataset['testid'] === 'composer');
  await blur(page);
  await page.keyboard.press('Slash');
  const search = await page.evaluate(() => document.activeElement?.getAttribute('type'));
  await blur(page);
  await page.keyboard.press('Control+KeyK');
  await page.locator('[cmdk-input]:focus').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('[cmdk-input]').waitFor({ state: 'detached' });
  expect([first !== next, again === first, search]).toEqual([true, true, 'search']);
}, 60_000);

it('4 single keys do nothing in a text field nor while an input method composes', async () => {
  const { page } = hall.ana;
  await openTicket(page, hall.mine);
  await page.getByTestId('composer').click();
  const before = page.url();
  await page.keyboard.type('jkaehmnu?/');
  const typed = await page.getByTestId('composer').inputValue();
  await page.getByTestId('composer').fill('');
  await blur(page);
  await stroke(page, { code: 'KeyN', key: 'ㅜ', isComposing: true });
  await stroke(page, { code: 'Slash', key: '/', isComposing: true });
  const note = await page.getByTestId('tab-note').getAttribute('aria-selected');
  expect([typed, page.url(), note, await composerIs(page)]).toEqual(['jkaehmnu?/', before, 'false', undefined]);
}, 60_000);

it('4 the ? list is the registry: a key is changed, switched off and put back there, and the controls say their keys', async () => {
  const { page } = hall.ana;
  await openTicket(page, hall.mine);
  await blur(page);
  const said = await page.getByTestId('tab-note').getAttribute('aria-keyshortcuts');
  await page.keyboard.press('Shift+Slash');
  const row = page.locator('[data-command="ticket.note"]');
  await row.getByRole('button').first().click();
  await page.keyboard.press('KeyW');
  await row.locator('kbd').filter({ hasText: 'W' }).waitFor();
  await page.keyboard.press('Escape');
  await row.waitFor({ state: 'detached' });
  await blur(page);
  await page.keyboard.press('KeyN');
  const old = await page.getByTestId('tab-note').getAttribute('aria-selected');
  await page.keyboard.press('KeyW');
  await page.locator('[data-testid=tab-note][aria-selected=true][aria-keyshortcuts=W]').waitFor();
  await blur(page);
  await page.keyboard.press('Shift+Slash');
  const listed = await page.locator('[data-command]').count();
  await row.getByRole('button').last().click();
  await row.getByRole('button').last().click();
  await page.keyboard.press('Escape');
  await row.waitFor({ state: 'detached' });
  await page.getByTestId('tab-reply').click();
  await blur(page);
  await page.keyboard.press('KeyN');
  const off = await page.getByTestId('tab-note').getAttribute('aria-selected');
  await page.evaluate(() => localStorage.removeItem('trunkline.preferences'));
  await page.reload();
  expect([said, old, listed > 25, off]).toEqual(['N', 'false', true, 'false']);
}, 60_000);

it('5 keys are matched by their place, so that a Korean layout works', async () => {
  const { page } = hall.ana;
  await go(page, '/inbox/mine', '[data-testid=ticket-row]');
  await blur(page);
  await stroke(page, { code: 'KeyJ', key: 'ㅓ' });
  const first = await activeRow(page);
  await stroke(page, { code: 'KeyJ', key: 'ㅓ' });
  const moved = (await activeRow(page)) !== first;
  await stroke(page, { code: 'KeyK', key: 'ㅏ', ctrlKey: true });
  await page.locator('[cmdk-input]').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('[cmdk-input]').waitFor({ state: 'detached' });
  expect(moved).toBe(true);
}, 60_000);
