// `npm run screenshots`: starts a server of its own from dist/, fills it like a morning at work and takes pictures of every main view into
// docs/screenshots. Sets nothing up: run `node scripts/setup.mjs test` first.
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { serveLetters, wearLetters } from './screenshots/fonts.mjs';
import { dist, root } from './setup/paths.mjs';

const folder = join(root, 'docs', 'screenshots');
const desktop = { width: 1366, height: 768 };
const wall = { width: 1920, height: 1080 };
const phone = { width: 390, height: 844 };
const both = ['light', 'dark'];
// Time for fonts, icons and the last answer to be painted.
const SETTLE_MS = 700;

/** A browser profile of its own, logged in when there is a session. */
async function openPage({ browser, baseUrl }, { session, size = desktop, language = '' }) {
  const context = await browser.newContext({ viewport: size, colorScheme: 'light', locale: 'en', reducedMotion: 'reduce', deviceScaleFactor: 1, bypassCSP: true });
  await serveLetters(context);
  context.setDefaultTimeout(20_000);
  if (session) {
    const [name, value] = session.cookie.split('=');
    await context.addCookies([{ name, value, url: baseUrl }]);
  }
  await context.addInitScript((chosen) => {
    if (!localStorage.getItem('trunkline.preferences')) localStorage.setItem('trunkline.preferences', JSON.stringify({ state: { language: chosen, guideDone: true }, version: 0 }));
  }, language);
  return context.newPage();
}

async function shoot(page, name, schemes = both) {
  await wearLetters(page);
  for (const scheme of schemes) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.waitForTimeout(SETTLE_MS);
    await page.screenshot({ path: join(folder, `${name}-${scheme}.png`) });
    process.stdout.write(`  ${name}-${scheme}.png\n`);
  }
}

/** One view in the schemes asked for. */
async function view(at, { name, path, ready, schemes = both, then, ...look }) {
  const page = await openPage(at, look);
  await page.goto(at.baseUrl + path);
  await page.locator(ready).first().waitFor();
  await then?.(page);
  await shoot(page, name, schemes);
  await page.context().close();
}

async function startChat(page) {
  await page.getByTestId('tl-talk').click();
  await page.locator('#tl-name').fill('Vera Lundgren');
  await page.locator('#tl-email').fill('vera@customers.example');
  await page.locator('#tl-text').fill('Hi, my Atlas hub has been offline since the update this morning.');
  await page.getByTestId('tl-start').click();
}

const openWidget = async (page) => {
  await page.getByTestId('tl-launcher').click();
  await page.getByTestId('tl-popular').first().waitFor();
};
const search = async (page) => {
  await openWidget(page);
  await page.getByTestId('tl-question').fill('reset my password');
  await page.getByTestId('tl-result').first().waitFor();
};

async function widgetViews(at) {
  const widget = { path: '/demo', ready: '[data-testid=tl-launcher]' };
  await view(at, { ...widget, name: 'widget-home', then: openWidget });
  await view(at, { ...widget, name: 'widget-search', then: search });
  await view(at, { ...widget, name: 'widget-phone', size: phone, schemes: ['light'], then: openWidget });
}

/** A visitor asks for a chat: the offer on Ana's screen, then the conversation in the widget. An offer does not wait long, so both are open before. */
async function chatViews(at, { ana, tickets }, { say, until }) {
  const [page, seat] = await Promise.all([openPage(at, {}), openPage(at, { session: ana.session })]);
  await seat.goto(`${at.baseUrl}/inbox/mine/${tickets.invoice}`);
  await seat.getByTestId('message').first().waitFor();
  await page.goto(`${at.baseUrl}/demo`);
  await page.getByTestId('tl-launcher').click();
  await startChat(page);
  const offer = await ana.offer(({ channel }) => channel === 'webchat');
  await seat.getByTestId('offer-card').waitFor();
  await shoot(seat, 'offer');
  const ticketId = await ana.accept(offer);
  await seat.context().close();
  await say(ana, ticketId, 'Good morning Vera, I am sorry about that. Please unplug the hub for a minute; it will come back by itself.');
  await page.getByTestId('tl-composer').fill('It is back, thank you! Do the schedules stay as they were?');
  await page.getByTestId('tl-send').click();
  await until('what the visitor wrote', async () => (await ana.session.read('GET', `/tickets/${ticketId}/messages`)).rows.filter(({ kind }) => kind === 'customer').length === 2);
  await say(ana, ticketId, 'Yes, everything stays. Is there anything else I can do for you?');
  await page.locator('[data-testid=tl-message][data-from=agent]').nth(1).waitFor();
  await shoot(page, 'widget-chat');
  await page.setViewportSize(phone);
  await shoot(page, 'widget-chat-phone', ['light']);
  return page;
}

async function consoleViews(at, { ana, admin, maria, wei, tickets }) {
  const inbox = { session: ana.session, path: `/inbox/mine/${tickets.login}`, ready: '[data-testid=message]' };
  await view(at, { name: 'login', path: '/', ready: '[data-testid=login-form]' });
  await view(at, { ...inbox, name: 'inbox' });
  await view(at, { ...inbox, name: 'inbox-korean', language: 'ko', schemes: ['light'] });
  await view(at, { ...inbox, name: 'inbox-rtl', language: 'en-XB', schemes: ['light'] });
  await view(at, { ...inbox, name: 'inbox-phone', path: '/inbox/mine', ready: '[data-testid=ticket-row]', size: phone, schemes: ['light'] });
  await view(at, { ...inbox, name: 'ticket-phone', size: phone, schemes: ['light'] });
  const board = { session: maria, path: '/board', ready: '[data-testid=board-queue-Support]' };
  await view(at, { ...board, name: 'board', size: wall });
  const { customer } = await ana.session.read('GET', `/tickets/${tickets.login}`);
  await view(at, { name: 'customers', session: maria, path: `/customers/${customer.id}`, ready: 'main h2', then: (page) => page.locator('main a[href*="/inbox/"]').first().waitFor() });
  const { rows } = await wei.read('GET', '/articles?limit=100');
  const article = rows.find(({ texts }) => texts.some(({ title }) => title.includes('2.3'))) ?? rows[0];
  await view(at, { name: 'knowledge', session: wei, path: `/knowledge/${article.id}`, ready: '.markdown p' });
  await view(at, { name: 'settings', session: admin, path: '/settings/queues', ready: 'main h1, main h2' });
  await view(at, { name: 'settings-widget', session: admin, path: '/settings/widget', ready: '[data-testid=widget-preview]' });
}

async function main() {
  for (const part of ['server', 'agent-console', 'widget', 'test/support']) {
    if (!existsSync(join(dist, part))) throw new Error(`dist/${part} is missing: run "node scripts/setup.mjs test" first`);
  }
  const content = await import('./screenshots/content.mjs');
  await mkdir(folder, { recursive: true });
  await Promise.all((await readdir(folder)).filter((file) => file.endsWith('.png')).map((file) => rm(join(folder, file))));
  const server = await content.startDemo();
  const browser = await content.launchChromium();
  try {
    const at = { browser, baseUrl: server.node.baseUrl };
    const day = await content.morning(server);
    await widgetViews(at);
    const chat = await chatViews(at, day, content);
    await content.queueUp(day, server.node);
    await consoleViews(at, day);
    await chat.context().close();
    day.close();
  } finally {
    await browser.close();
    await server.stop();
  }
  const files = await readdir(folder);
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(folder, file))).size));
  process.stdout.write(`${files.length} pictures, ${(sizes.reduce((sum, size) => sum + size, 0) / 1e6).toFixed(1)} MB, in docs/screenshots\n`);
}

await main();
