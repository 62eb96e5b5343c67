// 15–20: attention, empty and failed states, themes, density, languages, mail that came in as HTML.
import type { Page } from 'playwright-core';
import { becomeAvailable, openSeat } from '../../support/console';
import { give, go, hall, mail, openTicket, seat, session, violations } from './hall';

const prefer = (page: Page, state: object) => page.evaluate((wanted) => {
  const kept = JSON.parse(localStorage.getItem('trunkline.preferences') ?? '{"state":{},"version":0}') as { state: object };
  localStorage.setItem('trunkline.preferences', JSON.stringify({ ...kept, state: { ...kept.state, ...wanted } }));
}, state);

it('15 the tab counts, its icon changes, and notifications are asked for only by a click', async () => {
  await give(await mail('Not read yet'), await session('ana'));
  const { page, context } = await seat('ana');
  await page.addInitScript(() => {
    const asked = window as unknown as { asked: number };
    asked.asked = 0;
    Notification.requestPermission = () => Promise.resolve((asked.asked++, 'denied' as const));
  });
  await page.goto(`${hall.line.baseUrl}/settings/look`);
  await page.waitForFunction(() => /^\(\d+\) /.test(document.title));
  const icon = await page.locator('link[rel=icon]').getAttribute('href');
  const before = await page.evaluate(() => (window as unknown as { asked: number }).asked);
  await page.getByRole('checkbox').first().click();
  const after = await page.evaluate(() => (window as unknown as { asked: number }).asked);
  const sound = await page.evaluate(() => [document.querySelectorAll('input[type=range]').length, (JSON.parse(localStorage.getItem('trunkline.preferences') ?? '{}') as { state?: { ring?: string } }).state?.ring]);
  await context.close();
  expect({ icon, before, after, sound }).toEqual({ icon: '/mark-new.svg', before: 0, after: 1, sound: [1, 'soft'] });
}, 60_000);

it('15 an offer rings after the first gesture, also while the page has the focus', async () => {
  const { page } = hall.ana;
  await page.evaluate(() => {
    const heard = window as unknown as { notes: number };
    heard.notes = 0;
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function count(...args) {
      heard.notes++;
      return start.apply(this, args);
    };
  });
  await becomeAvailable(page);
  await mail('A ring, please');
  await page.getByTestId('offer-card').filter({ hasText: 'A ring, please' }).waitFor();
  await page.waitForFunction(() => (window as unknown as { notes: number }).notes > 0);
  await page.keyboard.press('Alt+KeyD');
  await page.getByTestId('offer-card').filter({ hasText: 'A ring, please' }).waitFor({ state: 'detached' });
  await page.keyboard.press('Alt+KeyS');
}, 60_000);

it('16 empty, failed, loading, offline and not allowed each have words and a next step', async () => {
  const { page, context } = await seat('ana');
  const seen: Record<string, boolean> = {};
  await go(page, '/inbox/trash', 'main:visible h1');
  seen['empty'] = await page.locator('section p').filter({ hasText: /./ }).first().waitFor().then(() => true);
  await page.route('**/api/v1/tickets?*', (route) => route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{"code":"internal"}' }));
  await go(page, '/inbox/spam', 'main:visible h1');
  await page.getByRole('button', { name: 'Try again' }).waitFor();
  await page.unroute('**/api/v1/tickets?*');
  await page.getByRole('button', { name: 'Try again' }).click();
  seen['failed'] = await page.getByRole('button', { name: 'Try again' }).waitFor({ state: 'detached' }).then(() => true);
  await page.route('**/api/v1/tickets?*', async (route) => {
    await page.waitForFunction(() => document.querySelector('[role=status] .animate-appear') !== null);
    seen['loading'] = true;
    await route.continue();
  });
  await go(page, '/inbox/solved', 'main:visible h1');
  await page.waitForFunction(() => document.querySelector('section [role=status] .animate-appear') === null && document.querySelector('section p, [data-testid=ticket-row]') !== null);
  await go(page, '/board', 'main:visible h1');
  seen['not allowed'] = (await page.locator('main').innerText()).length > 40;
  await context.close();
  expect(seen).toEqual({ empty: true, failed: true, loading: true, 'not allowed': true });
}, 60_000);

it('17 the theme follows the system or one\'s choice without a flash, stands still when asked, and keeps its marks in forced colours', async () => {
  const { page, context } = await seat('ana', { colorScheme: 'dark', reducedMotion: 'reduce' });
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const dark = await paper();
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await paper();
  await prefer(page, { theme: 'dark' });
  // The script of the head alone has run when the first paint may happen, which waits for the styles.
  await page.route('**/assets/*.js', (route) => route.abort());
  await page.reload({ waitUntil: 'commit' });
  await page.waitForFunction(() => document.body !== null && [...document.styleSheets].some(({ href }) => href?.includes('/assets/')));
  const first = await page.evaluate(() => [document.documentElement.dataset['theme'], getComputedStyle(document.documentElement).colorScheme]);
  await page.unroute('**/assets/*.js');
  await page.reload();
  await page.locator('nav').first().waitFor();
  const quick = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--quick').trim());
  await page.emulateMedia({ forcedColors: 'active' });
  await openTicket(page, hall.mine);
  const marked = await page.locator('[role=option][aria-current=true]').evaluate((row) => getComputedStyle(row).outlineStyle);
  await context.close();
  expect({ differs: dark !== light, first, quick, marked }).toEqual({ differs: true, first: ['dark', 'dark'], quick: '0s', marked: 'solid' });
}, 60_000);

it('18 density is remembered; every target is 24 px or spaced; what has the focus is not hidden; dropping files has a button beside it', async () => {
  const { page, context } = await seat('ana');
  await go(page, '/inbox/all', '[data-testid=ticket-row]');
  const height = () => page.getByTestId('ticket-row').first().evaluate((row) => row.getBoundingClientRect().height);
  const roomy = await height();
  await prefer(page, { density: 'compact' });
  await page.reload();
  await page.getByTestId('ticket-row').first().waitFor();
  const dense = await height();
  await openTicket(page, hall.mine);
  const small = await violations(page, ['target-size']);
  const hidden = await page.evaluate(() => [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, [tabindex="0"]')].filter((each) => {
    if (!each.checkVisibility({ visibilityProperty: true, opacityProperty: false })) return false;
    each.focus();
    const box = each.getBoundingClientRect();
    const at = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, 24) / 2);
    return document.activeElement === each && box.width > 1 && !(at && (each.contains(at) || at.contains(each)));
  }).map((each) => each.outerHTML.slice(0, 120))).catch(() => ['could not be looked at']);
  const attach = await page.getByRole('button', { name: /attach/i }).count();
  await context.close();
  expect({ roomy, dense, small, hidden, attach }).toEqual({ roomy: 56, dense: 36, small: [], hidden: [], attach: 1 });
}, 60_000);

it('19 each of the four languages has a text for everything on its pages', async () => {
  const { page, context } = await seat('jonas');
  const seen: Record<string, unknown> = {};
  for (const language of ['ko', 'zh', 'ja', 'en']) {
    await prefer(page, { language });
    await page.reload();
    const raw: string[] = [];
    for (const path of [`/inbox/all/${hall.mine}`, '/board', '/reports', '/settings/queues', '/settings/look', '/welcome']) {
      await go(page, path);
      raw.push(...await page.evaluate(() => (document.body.innerText.match(/\b[a-z-]+\.[a-z-]+(\.[a-z-]+)*\b/g) ?? []).filter((each) => !/example|localhost|trunkline|\.(com|js|pdf|org|net)$/.test(each))));
    }
    seen[language] = [raw, await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])];
  }
  await context.close();
  expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((language) => [language, [[], [language, 'ltr']]])));
}, 90_000);

it('19 a language 40 % longer overflows nothing; a message has its own direction; right to left mirrors', async () => {
  const { page, context } = await seat('jonas');
  await prefer(page, { language: 'en-XA' });
  await page.reload();
  const wide: Record<string, string[]> = {};
  for (const path of [`/inbox/all/${hall.mine}`, '/board', '/customers', '/reports', '/settings/queues', '/settings/look']) {
    await page.goto(`${hall.line.baseUrl}${path}`);
    await page.locator('main:visible h1').first().waitFor({ state: 'attached' });
    // What comes last of a ticket.
    if (path.startsWith('/inbox')) await page.getByTestId('sorting').waitFor();
    const over = await page.evaluate(() => [...document.querySelectorAll<HTMLElement>('main, main *, nav *, aside *')].filter((each) => {
      const style = getComputedStyle(each);
      return each.checkVisibility() && style.overflowX === 'visible' && each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 1 && style.display !== 'inline' && !each.closest('table, [role=region], .truncate, .sr-only, svg');
    }).map((each) => each.outerHTML.slice(0, 140)));
    if (over.length > 0) wide[path] = over;
  }
  await prefer(page, { language: 'en-XB' });
  await page.goto(`${hall.line.baseUrl}/inbox/all/${hall.mine}`);
  await page.getByTestId('message').first().waitFor();
  const facts = await page.evaluate(() => {
    const nav = document.querySelector('nav')?.getBoundingClientRect().left ?? 0;
    return { mirrored: nav > innerWidth / 2, own: document.querySelector('[data-testid=message] [dir=auto]') !== null };
  });
  await context.close();
  expect({ wide, facts }).toEqual({ wide: {}, facts: { mirrored: true, own: true } });
}, 90_000);

it('20 HTML mail stands in a frame without scripts, and pictures from elsewhere wait until asked for', async () => {
  const id = await mail('A letter with pictures', { html: '<p>Look: <b>bold</b></p><img src="http://127.0.0.1:9/pixel.gif" onerror="parent.hacked=1"><script>parent.hacked=1</script>' });
  const { page, context } = await seat('jonas');
  const asked: string[] = [];
  page.on('request', (request) => { if (request.url().includes('pixel')) asked.push(request.url()); });
  await openTicket(page, id);
  const frame = page.locator('[data-testid=message] iframe');
  await frame.waitFor();
  await page.frameLocator('[data-testid=message] iframe').locator('b').waitFor();
  const sandbox = await frame.getAttribute('sandbox');
  const before = asked.length;
  await page.getByRole('button', { name: 'Load pictures from elsewhere' }).click();
  await page.waitForFunction(() => (document.querySelector('[data-testid=message] iframe') as HTMLIFrameElement | null)?.srcdoc.includes('http: https:'));
  const hacked = await page.evaluate(() => 'hacked' in window);
  await context.close();
  expect({ scripts: sandbox?.includes('allow-scripts'), before, hacked }).toEqual({ scripts: false, before: 0, hacked: false });
}, 60_000);

it('a first page needs nobody logged in and passes axe too', async () => {
  const { page, context } = await openSeat(hall.browser, hall.line.baseUrl);
  await page.getByTestId('login-form').waitFor();
  const found = await violations(page);
  await context.close();
  expect(found).toEqual([]);
}, 60_000);
