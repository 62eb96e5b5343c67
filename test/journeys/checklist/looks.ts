import type { BrowserContextOptions, Page } from 'playwright-core';
import { everyRule, go, hall, openTicket, seat, violations } from './hall';
import { rtl, settle, sizes } from './sights';

const sampled = ['queues', 'macros'];
const narrow = new Set(['inbox', 'ticket', 'board', 'settings queues']);

/** Views of an administrator: where they are. The whole of it is in matrix.ts. */
function views(): Record<string, string> {
  return {
    inbox: '/inbox/all', ticket: `/inbox/all/${hall.mine}`, board: '/board', customers: '/customers', knowledge: '/knowledge', guides: '/guides', reports: '/reports', simulator: '/simulator', welcome: '/welcome', nowhere: '/nowhere',
    ...Object.fromEntries(sampled.map((section) => [`settings ${section}`, `/settings/${section}`])),
  };
}

async function findings(page: Page, { chosen, rules = everyRule }: { chosen: Record<string, string>; rules?: string[] }): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const [name, path] of Object.entries(chosen)) {
    await go(page, path);
    if (name === 'ticket') await page.getByTestId('message').first().waitFor();
    await settle(page);
    const seen = await violations(page, rules);
    if (seen.length > 0) found[name] = seen;
  }
  return found;
}

async function look(name: string, options: BrowserContextOptions, mirrored: boolean): Promise<Record<string, string[]>> {
  const { page, context } = await seat('jonas', options);
  if (mirrored) {
    await rtl(page);
    await page.reload();
    await page.locator('html[dir=rtl] nav').first().waitFor({ state: 'attached' });
  }
  const found = await findings(page, { chosen: Object.fromEntries(Object.entries(views()).filter(([view]) => narrow.has(view))) });
  await context.close();
  return Object.fromEntries(Object.entries(found).map(([view, list]) => [`${name} ${view}`, list]));
}

it('a table wider than the window says so at its edge, is moved by keyboard, and then says it of the other edge', async () => {
  const { page } = hall.maria;
  await page.setViewportSize(sizes['320']);
  await go(page, '/board', '[data-testid=board] table');
  const region = page.locator('[data-testid=board] [role=region]').filter({ has: page.locator('table') }).first();
  const edges = () => region.locator('xpath=..').locator('[data-edge]').evaluateAll((all) => all.map((each) => getComputedStyle(each).opacity === '1'));
  await page.waitForFunction(() => document.querySelector('[data-edge=after].opacity-100') !== null);
  await settle(page);
  const first = await edges();
  await region.focus();
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => document.querySelector('[data-edge=before].opacity-100') !== null);
  const name = await region.getAttribute('aria-label');
  await page.setViewportSize(sizes['1366']);
  await page.waitForFunction(() => document.querySelector('[data-edge=after].opacity-100') === null);
  expect([first, name !== '', await region.getAttribute('tabindex')]).toEqual([[false, true], true, null]);
}, 60_000);

// 1, 2: what a screen reader is told.
it('1 axe finds nothing on any view: 1366 light, and no colour too faint in the dark', async () => {
  const { page, context } = await seat('jonas', { reducedMotion: 'reduce' });
  const light = await findings(page, { chosen: views() });
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await findings(page, { chosen: views(), rules: ['color-contrast'] });
  await context.close();
  expect({ light, dark }).toEqual({ light: {}, dark: {} });
}, 240_000);

it('1 axe finds nothing right to left, nor at 320 px', async () => {
  const found = { ...await look('rtl', { reducedMotion: 'reduce' }, true), ...await look('320', { viewport: sizes['320'], reducedMotion: 'reduce' }, false) };
  expect(found).toEqual({});
}, 240_000);

it('1 axe finds nothing in the palette, the key list, the state menu and a dialog', async () => {
  const { page } = hall.ana;
  await openTicket(page, hall.mine);
  const found: Record<string, string[]> = {};
  const seen = async (name: string, show: () => Promise<unknown>, sign: string) => {
    await show();
    await page.locator(sign).first().waitFor();
    await settle(page);
    const list = await violations(page);
    if (list.length > 0) found[name] = list;
    await page.keyboard.press('Escape');
    await page.locator(sign).first().waitFor({ state: 'detached' });
  };
  await seen('palette', () => page.keyboard.press('Control+KeyK'), '[cmdk-list]');
  await seen('keys', () => page.keyboard.press('Shift+Slash'), '[data-command]');
  await seen('state', () => page.locator('[data-testid=state-switch]:visible').click(), '[role=menu]');
  await seen('transfer', () => page.keyboard.press('KeyT'), '[role=dialog]');
  expect(found).toEqual({});
}, 120_000);

it('2 every view has one heading of the first rank, a navigation and a main part; the inbox its list and its panel', async () => {
  const { page } = hall.ana;
  const parts: Record<string, unknown> = {};
  for (const path of [`/inbox/mine/${hall.mine}`, '/inbox/mine', '/customers', '/knowledge', '/settings/me', '/board', '/nowhere']) {
    await go(page, path);
    parts[path] = await page.evaluate(() => [document.querySelectorAll('h1').length, [...document.querySelectorAll('main')].filter((main) => main.checkVisibility()).length, document.querySelector('nav') !== null]);
  }
  await openTicket(page, hall.mine);
  await page.locator('aside').waitFor();
  const inbox = await page.evaluate(() => ['[role=listbox]', 'aside[aria-label]', '[role=log]'].map((each) => document.querySelectorAll(each).length));
  expect({ parts: Object.values(parts), inbox }).toEqual({ parts: Object.values(parts).map(() => [1, 1, true]), inbox: [1, 1, 1] });
}, 60_000);
