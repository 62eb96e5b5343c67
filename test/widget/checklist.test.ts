// What a widget has to stand on strangers' pages, in a real browser against the real server: one assertion each.
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium';
import { dot, pastePicture } from '../support/paste';
import { Desktop, people, Session, startDemo, type DemoServer } from '../support/session';
import { startHostSite, type HostSite } from './pages';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
let server: DemoServer;
let site: HostSite;
let browser: Browser;
let leave = (): void => undefined;

beforeAll(async () => {
  [server, browser] = await Promise.all([startDemo({ waitMs: 90_000 }), launchChromium()]);
  site = await startHostSite(server.node.baseUrl);
  leave = await somebodyAvailable();
}, 120_000);
afterAll(async () => {
  leave();
  await browser.close();
  await site.stop();
  await server.stop();
}, 60_000);

interface Visit {
  page: Page;
  /** Addresses asked for at the server, in order. */
  asked: string[];
  faults: string[];
}

async function visit(path: string, options: BrowserContextOptions & { attributes?: string } = {}): Promise<Visit> {
  const { attributes = '', ...context } = options;
  const page = await (await browser.newContext({ viewport: { width: 1000, height: 760 }, ...context })).newPage();
  const seen: Visit = { page, asked: [], faults: [] };
  page.on('request', (request) => { if (request.url().startsWith(server.node.baseUrl)) seen.asked.push(request.url()); });
  page.on('websocket', (socket) => seen.asked.push(socket.url()));
  page.on('console', (entry) => { if (['error', 'warning'].includes(entry.type())) seen.faults.push(entry.text()); });
  page.on('pageerror', (error) => seen.faults.push(error.message));
  await page.goto(`${site.url}${path}${attributes ? `?${encodeURIComponent(attributes)}` : ''}`);
  await page.getByTestId('tl-launcher').waitFor();
  return seen;
}

const open = async (page: Page) => {
  await page.getByTestId('tl-launcher').click();
  await page.getByTestId('tl-talk').waitFor();
};
const focused = (page: Page) => page.evaluate(() => (document.querySelector('trunkline-widget')?.shadowRoot?.activeElement as HTMLElement | null)?.dataset['testid']);
const say = async (page: Page, text: string) => {
  await page.getByTestId('tl-composer').fill(text);
  await page.keyboard.press('Enter');
  await page.getByTestId('tl-message').filter({ hasText: text }).waitFor();
};
const talk = async (page: Page, text: string) => {
  await page.getByTestId('tl-talk').click();
  await page.locator('#tl-name').fill('Vera');
  await page.locator('#tl-email').fill('vera@customers.example');
  await page.locator('#tl-text').fill(text);
  await page.getByTestId('tl-start').click();
  await page.locator('[data-testid=tl-message]:not([data-pending])').filter({ hasText: text }).waitFor();
};

async function violations(page: Page): Promise<string[]> {
  // Run beside the page's own policy, in the page's world.
  await page.evaluate(axe);
  return page.evaluate(async (tags) => {
    const { axe: checker } = window as unknown as { axe: { run(root: object, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } };
    const { violations: found } = await checker.run(document, { runOnly: tags });
    return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  }, RULES);
}

// They never take what is offered, so they are set available again and again.
async function somebodyAvailable(): Promise<() => void> {
  const desktop = await Desktop.open(await Session.logIn(server.node.baseUrl, people.ana, server.password));
  await desktop.become('available');
  const again = setInterval(() => void desktop.become('available').catch(() => undefined), 3000);
  return () => {
    clearInterval(again);
    desktop.close();
  };
}

describe('27 accessibility', () => {
  it.each([['light', '/plain', {}], ['dark', '/plain', { colorScheme: 'dark' as const }], ['right to left, 320 px', '/arabic', { viewport: { width: 320, height: 640 } }]])('axe finds nothing in %s, inside the shadow root, on any view', async (_, path, options) => {
    const { page } = await visit(path, options);
    const found: Record<string, string[]> = {};
    await open(page);
    found['home'] = await violations(page);
    await page.getByTestId('tl-question').fill('password');
    await page.getByTestId('tl-result').first().waitFor();
    found['results'] = await violations(page);
    await page.getByTestId('tl-result').first().click();
    await page.locator('article h2').waitFor();
    found['article'] = await violations(page);
    await page.getByTestId('tl-talk').click();
    await page.getByTestId('tl-start').click();
    found['form with faults'] = await violations(page);
    await page.locator('.bar .round').first().click();
    await talk(page, 'Where is my order?');
    found['chat'] = await violations(page);
    expect(found).toEqual({ home: [], results: [], article: [], 'form with faults': [], chat: [] });
  }, 60_000);
});

it('28 the dialog has a name; the focus goes in, and back to the button on Esc', async () => {
  const { page } = await visit('/plain');
  await open(page);
  await expect(page.getByRole('dialog', { name: 'Help and chat' }).isVisible()).resolves.toBe(true);
  expect(await focused(page)).toBe('tl-question');
  await page.keyboard.press('Escape');
  expect([await focused(page), await page.getByTestId('tl-panel').isVisible()]).toEqual(['tl-launcher', false]);
});

it('29 messages are a polite log, and one\'s own is not drawn a second time when it is acknowledged', async () => {
  const { page } = await visit('/plain');
  await open(page);
  await talk(page, 'First');
  await expect(page.getByRole('log', { name: 'Conversation' }).getAttribute('aria-live')).resolves.toBe('polite');
  await page.evaluate(() => {
    const log = document.querySelector('trunkline-widget')?.shadowRoot?.querySelector('[role=log]') as Node;
    const seen = window as unknown as { added: string[] };
    seen.added = [];
    new MutationObserver((changes) => changes.forEach(({ addedNodes }) => addedNodes.forEach((node) => { if ((node as HTMLElement).dataset?.['testid']) seen.added.push(node.textContent ?? ''); }))).observe(log, { childList: true });
  });
  await say(page, 'Second');
  await page.locator('[data-testid=tl-message]:not([data-pending])').filter({ hasText: 'Second' }).waitFor();
  expect((await page.evaluate(() => (window as unknown as { added: string[] }).added)).length).toBe(1);
});

it('30 works when there is no body yet, and when the page replaces its body', async () => {
  const { page, faults } = await visit('/early');
  await page.evaluate(() => document.documentElement.replaceChild(document.createElement('body'), document.body));
  await open(page);
  expect([await page.getByTestId('tl-panel').isVisible(), faults]).toEqual([true, []]);
});

it('31 looks the same on a page whose styles are hostile', async () => {
  const pictures = await Promise.all(['/plain', '/hostile'].map(async (path) => {
    const { page } = await visit(path);
    await open(page);
    await page.getByTestId('tl-popular').first().waitFor();
    await page.mouse.move(5, 5);
    await page.addStyleTag({ content: 'html { background: white !important } body { visibility: hidden !important }' });
    await page.waitForTimeout(400);
    return page.screenshot({ clip: { x: 608, y: 58, width: 372, height: 606 } });
  }));
  expect(pictures[0]?.equals(pictures[1] as Buffer)).toBe(true);
});

it.each(['/csp', '/coep'])('32 works on a page with a strict policy: %s', async (path) => {
  const { page, faults } = await visit(path);
  await open(page);
  await page.getByTestId('tl-question').fill('password');
  await page.getByTestId('tl-result').first().click();
  await page.locator('article h2').waitFor();
  await talk(page, 'Under a policy');
  expect(faults).toEqual([]);
});

it('33 needs no cookie and no storage, and its token is in no address', async () => {
  const { page, asked, faults } = await visit('/plain');
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get() { throw new DOMException('blocked', 'SecurityError'); } });
  });
  await page.reload();
  await open(page);
  const [opened] = await Promise.all([page.waitForResponse((response) => response.url().endsWith('/widget/sessions')), talk(page, 'Without storage')]);
  const { token } = (await opened.json()) as { token: string };
  expect([asked.filter((url) => url.includes(token.slice(0, 40))), await page.context().cookies(), faults]).toEqual([[], [], []]);
});

/** What of the widget reaches beyond the window, or lies where a hand-held screen has its notch and its bar. */
const outside = (page: Page, edge = { top: 0, bottom: 0 }) => page.evaluate(({ top, bottom }) => {
  const root = document.querySelector('trunkline-widget')?.shadowRoot;
  const panel = root?.querySelector('.panel') as HTMLElement;
  const scrolled = (each: Element) => each.closest('.page, .log') !== null;
  const boxes = [...panel.querySelectorAll<HTMLElement>('*')].filter((each) => each.checkVisibility() && !each.matches('.hidden')).map((each) => ({ each, box: each.getBoundingClientRect() }));
  const pressed = boxes.filter(({ each }) => each.matches('button, a, input, textarea') && !scrolled(each));
  return {
    wide: boxes.filter(({ box }) => box.right > innerWidth + 0.5 || box.left < -0.5).map(({ each }) => each.outerHTML.slice(0, 100)),
    high: pressed.filter(({ box }) => box.top < top - 0.5 || box.bottom > innerHeight - bottom + 0.5).map(({ each }) => each.outerHTML.slice(0, 100)), pressed: pressed.length > 0,
    sideways: document.documentElement.scrollWidth > innerWidth,
  };
}, edge);
const nothing = { wide: [], high: [], pressed: true, sideways: false };

it.each([['320 px', { width: 320, height: 568 }], ['a window of 1280 px at 200 %', { width: 640, height: 360 }]])('34 fits %s on every view, without scrolling sideways', async (_name, viewport) => {
  const { page } = await visit('/arabic', { viewport, deviceScaleFactor: 2 });
  const seen: Record<string, unknown> = {};
  await open(page);
  seen['home'] = await outside(page);
  await page.getByTestId('tl-question').fill('password');
  await page.getByTestId('tl-result').first().click();
  await page.locator('article h2').waitFor();
  seen['article'] = await outside(page);
  await talk(page, 'Averylongwordwithoutanyspaceinitthatonewouldratherbreakthanlose');
  seen['chat'] = await outside(page);
  expect(seen).toEqual({ home: nothing, article: nothing, chat: nothing });
});

it('34 keeps clear of the notch and the bar of a phone', async () => {
  const { page } = await visit('/plain', { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
  const insets = { top: 47, bottom: 34 };
  await (await page.context().newCDPSession(page)).send('Emulation.setSafeAreaInsetsOverride', { insets });
  const launcher = await page.getByTestId('tl-launcher').boundingBox();
  await open(page);
  const home = await outside(page, insets);
  await talk(page, 'From my phone');
  expect([(launcher?.y ?? 0) + (launcher?.height ?? 0) <= 844 - insets.bottom, home, await outside(page, insets)]).toEqual([true, nothing, nothing]);
});

it.each([['/arabic', 'data-locale="ko"', 'ko', 'ltr'], ['/plain', 'data-locale="ar"', 'ar', 'rtl'], ['/arabic', 'data-locale="en" data-dir="rtl"', 'en', 'rtl']])('34 speaks its own language in its own direction: %s with %s', async (path, attributes, lang, dir) => {
  const { page } = await visit(path, { attributes });
  await open(page);
  const told = await page.evaluate(() => {
    const panel = document.querySelector('trunkline-widget')?.shadowRoot?.querySelector('.panel') as HTMLElement;
    return [panel.closest('[lang]')?.getAttribute('lang'), getComputedStyle(panel).direction];
  });
  expect(told).toEqual([lang, dir]);
});

it('a picture that is pasted goes along with the message', async () => {
  const { page, faults } = await visit('/plain');
  await open(page);
  await talk(page, 'I have a picture');
  await page.getByTestId('tl-composer').evaluate(pastePicture, dot);
  await page.locator('.chosen').filter({ hasText: 'pasted.png' }).waitFor();
  await page.locator('[data-testid=tl-send]:not([disabled])').click();
  const picture = page.locator('[data-testid=tl-message]:not([data-pending]) img').first();
  await picture.waitFor();
  expect([await picture.evaluate((shown: HTMLImageElement) => shown.decode().then(() => shown.naturalWidth)), faults]).toEqual([1, []]);
});

it('35 sends what was written offline when the line is back, keeps the thread over a reload, and reports no fault', async () => {
  const { page, faults } = await visit('/plain');
  await open(page);
  await talk(page, 'Before');
  await page.context().setOffline(true);
  await say(page, 'Amid the outage');
  await page.locator('.state.off').waitFor({ timeout: 5000 });
  await page.context().setOffline(false);
  await page.locator('[data-testid=tl-message]:not([data-pending])').filter({ hasText: 'Amid the outage' }).waitFor();
  await page.locator('.state.off').waitFor({ state: 'detached', timeout: 2000 });
  await page.reload();
  await page.getByTestId('tl-message').filter({ hasText: 'Amid the outage' }).waitFor();
  expect([await page.getByTestId('tl-message').count(), faults.filter((fault) => !fault.includes('ERR_INTERNET_DISCONNECTED'))]).toEqual([2, []]);
});

it('says something by itself where the settings and the tag ask for it, once, and not before consent', async () => {
  const administrator = await Session.logIn(server.node.baseUrl, people.jonas, server.password);
  await administrator.read('PATCH', '/widget', { greetings: [{ text: 'Never here', pages: '/checkout', seconds: 0, scroll: 0, everyDays: 1 }, { text: 'Can we help?', pages: '/plain', seconds: 0, scroll: 0, everyDays: 1 }] });
  const [{ page }, asking] = await Promise.all([visit('/plain', { attributes: 'data-greet' }), visit('/plain', { attributes: 'data-greet data-consent' })]);
  await page.getByText('Can we help?').waitFor();
  await expect(violations(page)).resolves.toEqual([]);
  await page.reload();
  await page.waitForResponse((response) => response.url().endsWith('/help/widget'));
  await page.waitForTimeout(1500);
  await administrator.read('PATCH', '/widget', { greetings: [] });
  expect([await page.getByText('Can we help?').count(), asking.asked.length, await asking.page.evaluate(() => localStorage.length)]).toEqual([0, 1, 0]);
}, 60_000);

it('wears the brand that the tag names: its name, its colour, and its queue for chats', async () => {
  const administrator = await Session.logIn(server.node.baseUrl, people.jonas, server.password);
  const { rows: queues } = await administrator.read<{ rows: { id: string; name: string }[] }>('GET', '/queues');
  const billing = queues.find(({ name }) => name === 'Billing')?.id;
  const brand = await administrator.read<{ id: string }>('POST', '/brands', { key: 'tea', name: 'Tea House', colour: '#7c2d12', chatQueueId: billing });
  const { page } = await visit('/plain', { attributes: 'data-brand="tea"' });
  await open(page);
  await page.locator('.company').filter({ hasText: 'Tea House' }).waitFor();
  await talk(page, 'Is there tea?');
  const { rows } = await administrator.read<{ rows: { subject: string; queueId: string }[] }>('GET', '/tickets?limit=50');
  await administrator.read('DELETE', `/brands/${brand.id}`);
  const colour = await page.evaluate(() => (document.querySelector('trunkline-widget')?.shadowRoot?.querySelector('.box') as HTMLElement).style.getPropertyValue('--brand'));
  expect([colour, rows.find(({ subject }) => subject === 'Is there tea?')?.queueId]).toEqual(['#7c2d12', billing]);
});

it('36 asks for nothing but the script before the visitor shows intent, and for nothing more before they agree', async () => {
  const quiet = await visit('/plain');
  await quiet.page.waitForTimeout(500);
  expect(quiet.asked).toEqual([`${server.node.baseUrl}/widget/trunkline.js`]);
  const { page, asked } = await visit('/plain', { attributes: 'data-consent' });
  await page.getByTestId('tl-launcher').click();
  await page.getByTestId('tl-panel').getByRole('button', { name: 'Agree' }).waitFor();
  expect([asked.filter((url) => !url.includes('/widget/')), await page.evaluate(() => localStorage.length)]).toEqual([[], 0]);
});
