// 16: what a list shows when it has nothing to show, and what there is to do then.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, Route } from 'playwright-core';
import { projectFolder } from '../../support/build';
import { rounds } from '../../support/soak';
import { go, hall, seat } from './hall';

const words = JSON.parse(readFileSync(join(projectFolder(), 'agent-console', 'locales', 'en.json'), 'utf8')) as Record<string, string>;
type State = 'empty' | 'failed' | 'offline' | 'forbidden' | 'loading';

/** Where a list is, what it asks for, and its words when there is nothing in it. */
const lists: [path: string, asks: string, empty: string][] = ([
  ['/inbox/spam', 'tickets', 'list.empty.spam'], ['/customers', 'customers', 'customers.empty'], ['/knowledge', 'articles', 'knowledge.empty'], ['/settings/skills', 'skills', 'skills.empty'],
  ['/settings/queues', 'queues', 'queues.empty'], ['/settings/macros', 'macros', 'macros.empty'], ['/settings/canned', 'canned-answers', 'canned.empty'], ['/settings/fields', 'fields', 'fields.empty'], ['/settings/brands', 'brands', 'brands.empty'],
  ['/settings/mailboxes', 'mailboxes', 'mailboxes.empty'], ['/settings/agents', 'agents', 'agents.empty'], ['/settings/teams', 'teams', 'teams.empty'], ['/settings/hours', 'business-hours', 'hours.empty'], ['/settings/api-keys', 'api-keys', 'api-keys.empty'], ['/settings/audit', 'audit', 'audit.empty'],
] as [string, string, string][]).slice(0, rounds(3, 15));
const asked = new RegExp(`/api/v1/(${lists.map(([, asks]) => asks).join('|')})(\\?|$)`);

const answer = (status: number, body: object) => (route: Route) => route.fulfill({ status, contentType: status < 300 ? 'application/json' : 'application/problem+json', body: JSON.stringify(body) });
const answers: Record<Exclude<State, 'loading'>, (route: Route) => Promise<void>> = {
  empty: answer(200, { rows: [], next: null }), failed: answer(500, { code: 'internal' }), offline: (route) => route.abort(), forbidden: answer(403, { code: 'not-allowed' }),
};
const signs: Record<Exclude<State, 'loading' | 'empty'>, string> = { failed: 'problem.internal', offline: 'problem.network', forbidden: 'state.forbidden' };

/** The words a list stands with, and whether there is something to press or to read about what to do. */
async function stands(page: Page, sign: string): Promise<boolean> {
  const place = page.locator('main:visible [data-empty], main:visible p').filter({ hasText: words[sign] ?? sign }).first();
  await place.waitFor();
  return place.evaluate((element) => {
    const whole = element.closest('[data-empty]');
    return whole !== null && (whole.querySelectorAll('p').length > 1 || whole.querySelector('button, a[href]') !== null);
  });
}

it('16 each list has words for empty, failed, offline and not allowed, and a next step', async () => {
  const { page, context } = await seat('jonas');
  let state: Exclude<State, 'loading'> = 'empty';
  await go(page, '/settings/look');
  await page.route(asked, (route) => (route.request().method() === 'GET' ? answers[state](route) : route.continue()));
  const found: Record<string, boolean> = {};
  for (state of ['empty', 'forbidden', 'offline', 'failed'] as const) {
    await go(page, '/settings/look');
    await page.reload();
    await page.locator('nav').first().waitFor();
    for (const [path, , empty] of lists) {
      await go(page, path);
      found[`${state} ${path}`] = await stands(page, state === 'empty' ? empty : signs[state]);
    }
  }
  await page.unroute(asked);
  await page.getByRole('button', { name: words['retry'] ?? '' }).first().click();
  await page.getByRole('button', { name: words['retry'] ?? '' }).waitFor({ state: 'detached' });
  await context.close();
  expect(Object.entries(found).filter(([, well]) => !well)).toEqual([]);
}, 240_000);

it('16 each list that is late shows its shape and says that it loads', async () => {
  const { page } = hall.maria;
  let arrive = (): void => undefined;
  await page.route(/\/api\/v1\/(tickets|customers)\?/, async (route) => {
    await new Promise<void>((resolve) => { arrive = resolve; });
    await route.continue();
  });
  const said: (string | null)[] = [];
  for (const path of ['/inbox/trash', '/customers']) {
    await go(page, path);
    const late = page.locator('main [role=status]').filter({ has: page.locator('.animate-appear') }).first();
    said.push(await late.locator('.sr-only').textContent());
    arrive();
    await late.waitFor({ state: 'detached' });
  }
  await page.unroute(/\/api\/v1\/(tickets|customers)\?/);
  expect(said).toEqual([words['loading'], words['loading']]);
}, 60_000);

it('the audit log says what was changed in names and words, never in ids or codes; on a phone each row is a block', async () => {
  const { rows: [skill] } = await hall.admin.read<{ rows: { id: string; name: string }[] }>('GET', '/skills');
  const queue = await hall.admin.read<{ id: string }>('POST', '/queues', { name: 'Audited' });
  await hall.admin.read('PATCH', `/queues/${queue.id}`, { requirement: { [skill?.id ?? '']: 3 }, wrapUp: { mode: 'timed', seconds: 60, dispositionRequired: true }, targets: { email: { percent: 90, withinSeconds: 300 } } });
  await hall.admin.read('DELETE', `/queues/${queue.id}`);
  const { page, context } = await seat('jonas');
  await go(page, '/settings/audit');
  const row = page.locator('tbody tr').filter({ hasText: 'Queue changed' }).filter({ hasText: `${skill?.name ?? '?'}: 3` }).first();
  await row.waitFor();
  const said = await row.innerText();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.waitForFunction(() => getComputedStyle(document.querySelector('tbody tr') as Element).display === 'block');
  const heading = await row.locator('td').nth(1).evaluate((cell) => getComputedStyle(cell, '::before').content);
  await context.close();
  expect({ named: said.includes('Timed') && said.includes('E-mail'), raw: /[{}]|[0-9a-f]{24}|dispositionRequired/.exec(said)?.[0], heading }).toEqual({ named: true, raw: undefined, heading: '"Who"' });
}, 60_000);
