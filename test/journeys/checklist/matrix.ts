// 1 and 27 in full, in the soak only (SOAK=1): every view, dialog, screen of the widget and page of the help centre × size × theme × direction.
// One part alone: SOAK=1 npx jest test/journeys/console-checklist -t 'axe 320 dark rtl' --selectProjects journeys
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { projectFolder } from '../../support/build';
import { Desktop } from '../../support/session';
import { rounds } from '../../support/soak';
import { go, hall, session, violations } from './hall';
import { rtl, settle, sizes } from './sights';
import { widgetScreens } from './widget-screens';

type Ids = Record<'customer' | 'article' | 'slug' | 'guide' | 'item', string>;
interface Look { name: string; options: BrowserContextOptions; mirrored: boolean }

/** Every section of the settings, as the console itself lists them. */
const sections = [...readFileSync(join(projectFolder(), 'agent-console', 'features', 'settings', 'settings-page.tsx'), 'utf8').matchAll(/\{ name: '([a-z-]+)'/g)].map(([, name]) => name ?? '');

let ids: Ids;
async function readIds(): Promise<Ids> {
  const { customer } = await hall.admin.read<{ customer: { id: string } }>('GET', `/tickets/${hall.mine}`);
  const [articles, guides, items] = await Promise.all(['/articles?limit=1', '/guides', '/work-items?limit=1'].map((path) => hall.admin.read<{ rows: { id: string; slug?: string }[] }>('GET', path)));
  return { customer: customer.id, article: articles?.rows[0]?.id ?? '', slug: articles?.rows[0]?.slug ?? '', guide: guides?.rows[0]?.id ?? '', item: items?.rows[0]?.id ?? '' };
}

const views = (): Record<string, string> => ({
  inbox: '/inbox/all', 'empty list': '/inbox/trash', ticket: `/inbox/all/${hall.mine}`, board: '/board', customers: '/customers', customer: `/customers/${ids.customer}`, knowledge: '/knowledge', article: `/knowledge/${ids.article}`,
  'knowledge report': '/knowledge/report', 'import and export': '/knowledge/import', guides: '/guides', guide: `/guides/${ids.guide}`, reports: '/reports', simulator: '/simulator', trace: `/trace/${ids.item}`, welcome: '/welcome', nowhere: '/nowhere',
  ...Object.fromEntries(sections.map((section) => [`settings ${section}`, `/settings/${section}`])),
});

/** What opens above a view: where, and the button or the key. */
const openers = (): [path: string, button: string | RegExp][] => [
  ...['New role', 'Change'].map((name): [string, string] => ['/settings/roles', name]), ['/settings/queues', 'Change Support'],
  ['/settings/accounts', 'Invite somebody'], ['/settings/accounts', /^Actions for Ana/], ['/settings/agents', 'Change'], ['/settings/rules', 'New rule'], ['/settings/macros', 'New macro'], ['/settings/fields', 'New field'], ['/settings/canned', 'Add a canned answer'],
  ['/settings/mailboxes', 'Add an address'], ['/settings/mailboxes', /^Change support@/], ['/settings/widget', 'Add a key'], ['/settings/brands', 'New brand'], ['/settings/api-keys', 'New key'], ['/board', /Support, Waiting/], ['/board', /^Ana Pereira/], [`/customers/${ids.customer}`, 'Merge'], [`/customers/${ids.customer}`, 'Erase'],
  ['/inbox/all', 'Filter'], ['/inbox/all', 'New ticket'], ['/inbox/all', 'List options'], ...['More actions', 'Tag', 'More for this message', 'More ways to send', 'Cc, Bcc, subject', 'Insert a canned answer (/)'].map((name): [string, string] => [`/inbox/all/${hall.mine}`, name]),
];
const strokes = ['Control+KeyK', 'Shift+Slash', 'KeyT', 'KeyY'];
const above = '[role=dialog], [role=menu], [cmdk-list], [role=listbox]:not([data-testid=ticket-list])';

async function sit({ options, mirrored }: Look): Promise<Page> {
  const context = await hall.browser.newContext({ locale: 'en', reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(20_000);
  const [name = '', value = ''] = hall.admin.cookie.split('=');
  await context.addCookies([{ name, value, url: hall.line.baseUrl }]);
  const page = await context.newPage();
  await page.goto(hall.line.baseUrl);
  if (mirrored) {
    await rtl(page);
    await page.reload();
  }
  await page.locator('nav').first().waitFor({ state: 'attached' });
  return page;
}

async function lookAt(page: Page, path: string): Promise<void> {
  await go(page, path);
  if (path.endsWith(hall.mine)) await page.getByTestId('message').first().waitFor();
  await settle(page);
}

type Found = Record<string, string[]>;
const keep = (found: Found, name: string, list: string[]): void => { if (list.length > 0) found[name] = list; };

async function consoleViews(look: Look): Promise<Found> {
  const page = await sit(look);
  const found: Found = {};
  for (const [name, path] of Object.entries(views())) {
    await lookAt(page, path);
    keep(found, name, await violations(page));
  }
  await page.context().clearCookies();
  await page.goto(hall.line.baseUrl);
  await page.getByTestId('login-form').waitFor();
  keep(found, 'login', await violations(page));
  await page.context().close();
  return found;
}

async function closed(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.locator(above).first().waitFor({ state: 'detached' });
}

async function dialogs(look: Look): Promise<Found> {
  const page = await sit(look);
  const found: Found = {};
  let opened = 0;
  for (const [path, name] of openers()) {
    await lookAt(page, path);
    const opener = page.locator('main:visible, section:visible').getByRole('button', typeof name === 'string' ? { name, exact: true } : { name }).first();
    // A narrow window has some of them elsewhere.
    if (!(await opener.waitFor({ timeout: look.name.startsWith('320') ? 2000 : 20_000 }).then(() => true, () => !look.name.startsWith('320')))) continue;
    if (name === 'More ways to send') await page.getByTestId('composer').fill('Hello');
    await opener.click();
    // What opens may have to be fetched first; one or two of these only unfold in place.
    opened += await page.locator(above).first().waitFor({ timeout: 4000 }).then(() => 1, () => 0);
    await settle(page);
    keep(found, `${path} ${String(name)}`, await violations(page));
    await closed(page).catch(() => page.reload());
  }
  await lookAt(page, `/inbox/all/${hall.mine}`);
  for (const stroke of strokes) {
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press(stroke);
    await page.locator(above).first().waitFor();
    await settle(page);
    opened++;
    keep(found, stroke, await violations(page));
    await closed(page);
  }
  await page.context().close();
  return opened > 15 ? found : { ...found, 'too few opened': [String(opened)] };
}

async function helpCentre(look: Look): Promise<Found> {
  const found: Found = {};
  const page = await (await hall.browser.newContext({ locale: 'en', ...look.options })).newPage();
  for (const path of ['', '/search?q=password', '/search?q=zzzzz', `/articles/${ids.slug}`, `/guides/${ids.guide}`, '/reach', '/reach?sent', '/mine', '/mine?sent', '/nothing']) {
    await page.goto(`${hall.server.node.baseUrl}/help/en${path}`);
    if (look.mirrored) await page.evaluate(() => { document.documentElement.dir = 'rtl'; });
    keep(found, `help centre ${path}`, await violations(page));
  }
  await page.context().close();
  return found;
}

const looks: Look[] = Object.entries(sizes).flatMap(([size, viewport]) => (['light', 'dark'] as const).flatMap((colorScheme) => [false, true].map((mirrored) => ({ name: `${size} ${colorScheme}${mirrored ? ' rtl' : ' ltr'}`, options: { viewport, colorScheme }, mirrored }))));

(rounds(0, 1) === 1 ? describe : () => undefined)('axe finds nothing', () => {
  let helper: Desktop;
  beforeAll(async () => {
    ids = await readIds();
    helper = await Desktop.open(await session('minjun'));
  }, 60_000);
  afterAll(() => helper.close());
  it.each(looks)('axe $name: every view', async (look) => expect(await consoleViews(look)).toEqual({}), 900_000);
  it.each(looks)('axe $name: every dialog and menu', async (look) => expect(await dialogs(look)).toEqual({}), 900_000);
  it.each(looks)('axe $name: the help centre', async (look) => expect(await helpCentre(look)).toEqual({}), 300_000);
  it.each(looks)('axe $name: every screen of the widget', async (look) => expect(await widgetScreens(look, helper)).toEqual({}), 300_000);
});
