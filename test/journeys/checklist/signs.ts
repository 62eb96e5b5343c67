// 15–20: attention, empty and failed states, themes, density, languages, mail that came in as HTML.
import type { Page } from 'playwright-core';
import { becomeAvailable, openSeat } from '../../support/console';
import { give, go, hall, mail, openTicket, seat, session, violations } from './hall';

const prefer = (page: Page, state: object) => page.evaluate((wanted) => {
  const kept = JSON.parse(localStorage.getItem('trunkline.preferences') ?? '{"state":{},"version":0}') as { state: object };
  localStorage.setItem('trunkline.preferences', JSON.stringify({ ...kept, state: { ...kept.state, ...wanted } }));
}, state);

/** What a page does of its own accord, counted from its first moment: notifications asked for and shown, audio opened, notes played. */
const counted = (page: Page) => page.addInitScript(() => {
  const seen = Object.assign(window as unknown as { asked: number; told: string[]; opened: number; notes: number }, { asked: 0, told: [], opened: 0, notes: 0 });
  window.Notification = class {
    static permission = 'granted';
    static requestPermission = () => Promise.resolve((seen.asked++, 'granted' as const));
    onclick = null;
    close() { /* nothing is shown */ }
    constructor(title: string) { seen.told.push(title); }
  } as unknown as typeof Notification;
  window.AudioContext = class extends AudioContext {
    constructor() { super(); seen.opened++; }
  };
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function count(...args) {
    seen.notes++;
    return start.apply(this, args);
  };
});
const counts = (page: Page) => page.evaluate(() => { const { asked, told, opened, notes } = window as unknown as { asked: number; told: string[]; opened: number; notes: number }; return { asked, told, opened, notes }; });

it('15 the tab counts and its icon changes; the sound is on, waits for a gesture, and has volume, choice and a button to hear it', async () => {
  await give(await mail('Not read yet'), await session('ana'));
  const { page, context } = await seat('ana');
  await counted(page);
  await page.goto(`${hall.line.baseUrl}/settings/look`);
  await page.waitForFunction(() => /^\(\d+\) /.test(document.title));
  const icon = await page.locator('link[rel=icon]').getAttribute('href');
  const before = await counts(page);
  const choice = page.getByLabel('Ring');
  const chosen = await choice.inputValue();
  const heard: number[] = [];
  const hear = async () => {
    const { notes } = await counts(page);
    await page.getByRole('button', { name: 'Play' }).click();
    heard.push((await counts(page)).notes - notes);
  };
  await hear();
  await choice.selectOption('bell');
  await hear();
  await page.getByLabel('Volume').fill('0');
  await hear();
  await page.getByLabel('Volume').fill('0.5');
  await choice.selectOption('none');
  await hear();
  await context.close();
  expect({ icon, before, chosen, heard }).toEqual({ icon: '/mark-new.svg', before: { asked: 0, told: [], opened: 0, notes: 0 }, chosen: 'soft', heard: [2, 3, 0, 0] });
}, 60_000);

it('15 an offer rings while the page has the focus; a notification is shown after a click of consent alone, and where the page is not in front', async () => {
  const { page } = hall.ana;
  await counted(page);
  await page.goto(`${hall.line.baseUrl}/settings/look`);
  await becomeAvailable(page);
  const offered = async (subject: string) => {
    await mail(subject);
    const card = page.getByTestId('offer-card').filter({ hasText: subject });
    await card.waitFor();
    await page.waitForFunction(() => (window as unknown as { notes: number }).notes > 0);
    const seen = await page.evaluate(() => document.hasFocus());
    await page.keyboard.press('Alt+KeyD');
    await card.waitFor({ state: 'detached' });
    return seen;
  };
  const focused = await offered('A ring, please');
  await page.evaluate(() => { document.hasFocus = () => false; });
  await offered('A ring elsewhere');
  const { asked, told } = await counts(page);
  await page.getByRole('checkbox', { name: 'Notify me on the desktop' }).click();
  await page.waitForFunction(() => (window as unknown as { asked: number }).asked === 1);
  await offered('A notice');
  const after = await counts(page);
  await page.getByRole('checkbox', { name: 'Notify me on the desktop' }).click();
  await page.keyboard.press('Alt+KeyS');
  expect({ focused, before: { asked, told }, after: { asked: after.asked, told: after.told } }).toEqual({ focused: true, before: { asked: 0, told: [] }, after: { asked: 1, told: ['Nina Okafor'] } });
}, 90_000);

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
