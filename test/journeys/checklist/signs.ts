// 15–20: attention, empty and failed states, themes, density, languages, mail that came in as HTML.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { translator } from '../../../agent-console/lib/i18n';
import { projectFolder } from '../../support/build';
import { becomeAvailable, openSeat } from '../../support/console';
import { until } from '../../support/session';
import { rounds } from '../../support/soak';
import { give, go, hall, mail, openTicket, seat, session, violations, write } from './hall';
import { settle, sizes } from './sights';

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
    // The key is for the first offer, and there may be another before this one.
    await until('the offer to be declined', async () => {
      await page.keyboard.press('Alt+KeyD');
      return card.waitFor({ state: 'detached', timeout: 2000 }).then(() => true, () => false);
    });
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

/** What can have the focus and lies below something else when it has it. */
const covered = (page: Page) => page.evaluate(() => [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, [tabindex="0"]')].filter((each) => {
  if (!each.checkVisibility({ visibilityProperty: true, opacityProperty: false })) return false;
  each.focus();
  const box = each.getBoundingClientRect();
  const at = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, 24) / 2);
  return document.activeElement === each && box.width > 1 && !(at && (each.contains(at) || at.contains(each)));
}).map((each) => each.outerHTML.slice(0, 120)));

it('18 density is chosen in the list and remembered; wide and narrow, every target is 24 px or spaced, and nothing lies over what has the focus', async () => {
  const { page, context } = await seat('ana');
  await go(page, '/inbox/all', '[data-testid=ticket-row]');
  const height = () => page.getByTestId('ticket-row').first().evaluate((row) => row.getBoundingClientRect().height);
  const heights = [await height()];
  await page.getByRole('button', { name: 'List options' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Compact' }).click();
  await page.reload();
  await page.getByTestId('ticket-row').first().waitFor();
  heights.push(await height());
  const found: Record<string, string[]> = {};
  for (const size of ['1366', '320'] as const) {
    await page.setViewportSize(sizes[size]);
    for (const path of [`/inbox/all/${hall.mine}`, '/customers', '/settings/look']) {
      await go(page, path);
      await settle(page);
      found[`${size} ${path}`] = [...await violations(page, ['target-size']), ...await covered(page)];
    }
  }
  await context.close();
  expect([heights, found]).toEqual([[56, 36], Object.fromEntries(Object.keys(found).map((name) => [name, []]))]);
}, 90_000);

it('18 a file is chosen with a button as well as dropped', async () => {
  const { page } = hall.ana;
  await openTicket(page, hall.mine);
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: /attach/i }).click()]);
  await chooser.setFiles({ name: 'chosen.txt', mimeType: 'text/plain', buffer: Buffer.from('chosen') });
  await page.getByText('chosen.txt').waitFor();
  await page.getByTestId('composer').evaluate((field) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['dropped'], 'dropped.txt', { type: 'text/plain' }));
    field.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
  });
  await page.getByText('dropped.txt').waitFor();
  const files = page.getByRole('button', { name: /^Remove (chosen|dropped)\.txt/ });
  expect(await files.count()).toBe(2);
  await files.first().click();
  await files.first().click();
}, 60_000);

const textsOf = (language: string) => JSON.parse(readFileSync(join(projectFolder(), 'agent-console', 'locales', `${language}.json`), 'utf8')) as Record<string, string>;

it('19 each of the four languages has a text for everything on its pages (two of them, all in the soak), and writes moments and plurals as Intl does', async () => {
  const { page, context } = await seat('jonas');
  const seen: Record<string, unknown> = {};
  const { rows: queues } = await hall.admin.read<{ rows: { agents: number }[] }>('GET', '/queues');
  for (const language of ['ko', 'zh', 'ja', 'en']) {
    await prefer(page, { language });
    await page.reload();
    const raw: string[] = [];
    for (const path of ['/board', '/reports', '/settings/look', '/welcome', '/settings/queues', `/inbox/all/${hall.mine}`].slice(rounds(4, 0))) {
      await go(page, path);
      raw.push(...await page.evaluate(() => (document.body.innerText.match(/\b[a-z-]+\.[a-z-]+(\.[a-z-]+)*\b/g) ?? []).filter((each) => !/example|localhost|trunkline|\.(com|js|pdf|org|net)$/.test(each))));
      if (path !== '/settings/queues') continue;
      const say = translator(language, textsOf(language));
      for (const { agents } of queues) await page.getByText(say('queue.agents', { count: agents })).first().waitFor();
    }
    await page.getByTestId('message').first().waitFor();
    const moments = await page.evaluate((tag) => [...document.querySelectorAll<HTMLTimeElement>('[data-testid=message] time')].every(({ title, dateTime }) =>
      ['UTC', Intl.DateTimeFormat().resolvedOptions().timeZone, 'Europe/Berlin'].some((timeZone) => title === new Intl.DateTimeFormat(tag, { dateStyle: 'full', timeStyle: 'medium', timeZone }).format(new Date(dateTime)))), language);
    seen[language] = [raw, moments, await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])];
  }
  await context.close();
  expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((language) => [language, [[], true, [language, 'ltr']]])));
}, 90_000);

/** The parts of the desk from one edge of the window to the other. */
const across = (page: Page) => page.evaluate(() => ['nav', '[data-testid=ticket-list]', '[data-testid=timeline]', 'aside'].map((each) => [each, document.querySelector(each)?.getBoundingClientRect().left ?? -1] as const).sort(([, one], [, other]) => one - other).map(([each]) => each));

/** Where a row's title ends, to the pixel before its sign; and ways of a guide that begin at no step. */
const titlesAstray = (page: Page) => page.locator('[data-testid=ticket-row] .truncate[dir=auto]').evaluateAll((all) => all.filter((each) => {
  const range = document.createRange();
  range.selectNodeContents(each);
  return Math.abs(range.getBoundingClientRect().right - each.getBoundingClientRect().right) > 2 && each.scrollWidth <= each.clientWidth;
}).map((each) => each.textContent));
const waysAstray = (page: Page) => page.evaluate(() => {
  const feet = [...document.querySelectorAll('[data-node]')].map((each) => each.getBoundingClientRect()).map(({ left, width, bottom }) => ({ x: left + width / 2, y: bottom }));
  return [...document.querySelectorAll<SVGPathElement>('main svg path[marker-end]')].filter((path) => {
    const start = path.getPointAtLength(0).matrixTransform(path.getScreenCTM() ?? undefined);
    return !feet.some(({ x, y }) => Math.hypot(start.x - x, start.y - y) < 3);
  }).length;
});

it('19 a language 40 % longer overflows nothing; right to left the desk is its own mirror', async () => {
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
  const orders: string[][] = [];
  for (const language of ['en', 'en-XB']) {
    await prefer(page, { language });
    await page.goto(`${hall.line.baseUrl}/inbox/all/${hall.mine}`);
    await page.getByTestId('sorting').waitFor();
    orders.push(await across(page));
  }
  const titles = await titlesAstray(page);
  const { rows: [guide] } = await hall.admin.read<{ rows: { id: string }[] }>('GET', '/guides');
  await page.goto(`${hall.line.baseUrl}/guides/${guide?.id ?? ''}`);
  await page.locator('main svg path[marker-end]').first().waitFor({ state: 'attached' });
  const ways = await waysAstray(page);
  await context.close();
  expect({ wide, mirrored: orders[1], titles, ways }).toEqual({ wide: {}, mirrored: orders[0]?.toReversed(), titles: [], ways: 0 });
}, 90_000);

it('19 each message has its own direction, and a customer\'s its language', async () => {
  const id = await mail('재설정', { from: '김서연 <seoyeon@hanok.example>', text: '비밀번호 재설정 메일이 오지 않습니다. 스팸함도 확인했습니다. 도와주세요.' });
  await write(hall.colleague, id, { note: 'שלום' });
  const { page } = hall.ana;
  await openTicket(page, id);
  await page.getByTestId('message').nth(1).waitFor();
  const told = await page.getByTestId('message').evaluateAll((all) => all.map((each) => {
    const text = each.querySelector('p[dir=auto], iframe');
    return [text === null ? null : getComputedStyle(text).direction, text?.getAttribute('lang')];
  }));
  expect(told).toEqual([['ltr', 'ko'], ['rtl', null]]);
}, 60_000);

it('20 HTML mail stands in a frame without scripts, and pictures from elsewhere are fetched once they are asked for', async () => {
  const away = 'http://pictures.example';
  const id = await mail('A letter with pictures', { html: `<p style="background:url(${away}/pixel-style.gif)">Look: <b>bold</b></p><img src="${away}/pixel.gif" srcset="${away}/pixel-set.gif 2x" onerror="parent.hacked=1"><script>parent.hacked=1</script><a href="javascript:parent.hacked=1">press</a><form action="${away}/pixel-form"><input name="a"></form>` });
  const { page, context } = await seat('jonas');
  const asked: string[] = [];
  await page.route(`${away}/**`, (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  await openTicket(page, id);
  const frame = page.locator('[data-testid=message] iframe');
  const inside = page.frameLocator('[data-testid=message] iframe');
  await inside.locator('b').waitFor();
  const sandbox = await frame.getAttribute('sandbox');
  await inside.getByText('press').dispatchEvent('click');
  const before = asked.length;
  await page.getByRole('button', { name: 'Load pictures from elsewhere' }).click();
  await until('the picture to be asked for', () => asked.includes(`${away}/pixel.gif`));
  const hacked = await page.evaluate(() => 'hacked' in window);
  await context.close();
  expect({ scripts: /allow-(scripts|forms|top)/.test(sandbox ?? 'allow-scripts'), before, hacked, forms: asked.some((url) => url.includes('form')) }).toEqual({ scripts: false, before: 0, hacked: false, forms: false });
}, 60_000);

it('a first page needs nobody logged in and passes axe too', async () => {
  const { page, context } = await openSeat(hall.browser, hall.line.baseUrl);
  await page.getByTestId('login-form').waitFor();
  const found = await violations(page);
  await context.close();
  expect(found).toEqual([]);
}, 60_000);
