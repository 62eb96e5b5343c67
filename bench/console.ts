// `npm run bench -- console`: what an agent feels, in a real browser on a real server: from key to paint while writing, the longest task while
// a list of 20,000 is scrolled, and how long a ticket with 500 messages takes to open. Meant for a quiet machine.
import { mongo } from 'mongoose';
import type { Page } from 'playwright-core';
import { launchChromium } from '../test/support/chromium';
import { sitDown } from '../test/support/console';
import { sendMail } from '../test/support/mail';
import { inStore, people, Session, startDemo, until, type DemoServer } from '../test/support/session';
import { type Bench, bench, median } from './harness';

type Doc = { _id: string; companyId: string };

/** Copies a ticket and its message until there are as many as asked for. */
async function fill(server: DemoServer, { tickets, messages }: { tickets: number; messages: number }): Promise<string> {
  return inStore(server.dataDir, async (db) => {
    const ticket = await db.collection<Doc>('tickets').findOne({});
    const message = await db.collection<Doc>('messages').findOne({ ticketId: ticket?._id });
    if (!ticket || !message) throw new Error('there is no ticket to copy');
    const now = Date.now();
    const id = () => new mongo.ObjectId().toHexString();
    for (let from = 0; from < tickets; from += 2000) {
      await db.collection<Doc>('tickets').insertMany(Array.from({ length: Math.min(2000, tickets - from) }, (_, index) => ({ ...ticket, _id: id(), number: 100_000 + from + index, sourceKey: `bench-${from + index}`, subject: `Old matter ${from + index}`, status: 'solved', unread: false, lastMessageAt: new Date(now - 86_400_000 - (from + index) * 1000), pending: [], terms: [] })));
    }
    const text = 'Hello, the hub has been offline since the update and nothing helps. '.repeat(4);
    await db.collection<Doc>('messages').insertMany(Array.from({ length: messages }, (_, index) => ({ ...message, _id: id(), clientId: `bench-${index}`, seq: 10 + index, kind: index % 3 === 1 ? 'note' : 'customer', text: `${index}: ${text}`, replyText: null, html: null, pending: [], refs: [], externalId: null })));
    await db.collection<Doc>('tickets').updateOne({ _id: ticket._id }, { $set: { lastSeq: 9 + messages } });
    return ticket._id;
  });
}

const go = (page: Page, path: string) => page.evaluate((to) => {
  history.pushState(null, '', to);
  dispatchEvent(new PopStateEvent('popstate'));
}, path);

/** Milliseconds from a key going down to the frame after its letter stands in the field. */
async function keyToPaint(page: Page, keys: number): Promise<number[]> {
  await page.getByTestId('composer').click();
  await page.evaluate(() => {
    const seen = window as unknown as { painted: number[] };
    seen.painted = [];
    addEventListener('keydown', () => {
      const from = performance.now();
      requestAnimationFrame(() => setTimeout(() => seen.painted.push(performance.now() - from), 0));
    }, true);
  });
  for (let key = 0; key < keys; key++) await page.keyboard.type('a', { delay: 20 });
  return page.evaluate(() => (window as unknown as { painted: number[] }).painted);
}

/** The longest task while the list is scrolled to its end. */
async function longestWhileScrolling(page: Page, rows: number): Promise<number> {
  await page.evaluate(() => {
    const seen = window as unknown as { tasks: number[] };
    seen.tasks = [0];
    new PerformanceObserver((list) => seen.tasks.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: 'longtask' });
  });
  await until('the end of the list', () => page.getByTestId('ticket-list').evaluate((list, wanted) => {
    list.scrollTop = list.scrollHeight;
    return Number([...list.querySelectorAll('[data-testid=ticket-row]')].at(-1)?.getAttribute('aria-posinset')) >= wanted;
  }, rows), 300_000);
  return page.evaluate(() => Math.max(...(window as unknown as { tasks: number[] }).tasks));
}

/** Milliseconds from asking for a ticket to its last message standing on the screen. */
async function opening(page: Page, ticketId: string): Promise<number> {
  const [took] = await Promise.all([page.evaluate(() => new Promise<number>((resolve) => {
    const from = performance.now();
    const look = () => (document.querySelectorAll('[data-testid=message]').length >= 20 ? requestAnimationFrame(() => resolve(performance.now() - from)) : requestAnimationFrame(look));
    look();
  })), go(page, `/inbox/all/${ticketId}`)]);
  return took;
}

async function start(b: Bench): Promise<{ server: DemoServer; page: () => Promise<Page> }> {
  const [server, browser] = await Promise.all([startDemo(), launchChromium()]);
  b.atEnd(() => server.stop());
  b.atEnd(() => browser.close());
  const session = await Session.logIn(server.node.baseUrl, people.jonas, server.password);
  await sendMail(server.node.smtpPort, { from: 'Nina <nina@customers.example>', subject: 'The first', text: 'Hello' });
  await until('the first ticket', async () => (await session.read<{ rows: { lastSeq: number }[] }>('GET', '/tickets')).rows[0]?.lastSeq);
  return { server, page: async () => (await sitDown(browser, server.node.baseUrl, { email: people.jonas, password: server.password })).page };
}

void bench('console', async (b) => {
  const rows = b.quick ? 4000 : 20_000;
  b.progress('starting a server and a browser');
  const { server, page } = await start(b);
  b.progress(`writing ${rows} tickets and 500 messages`);
  const ticketId = await fill(server, { tickets: rows, messages: 500 });
  const openings: number[] = [];
  for (let round = 0; round < (b.quick ? 3 : 7); round++) {
    b.progress(`opening a ticket with 500 messages, round ${round + 1}`);
    const seat = await page();
    // The list is there and the rest of the program has been fetched, as on any desk a second after log-in.
    await go(seat, '/inbox/all');
    await seat.getByTestId('ticket-row').first().waitFor();
    await seat.waitForLoadState('networkidle');
    openings.push(await opening(seat, ticketId));
    if (round > 0) await seat.context().close();
    else b.row({ metric: 'key to paint, median', value: median(await keyToPaint(seat, b.quick ? 40 : 200)), unit: 'ms', bar: '≤ 50' });
  }
  b.row({ metric: 'ticket with 500 messages opens, median', value: median(openings), unit: 'ms', bar: '≤ 150' });
  b.progress(`scrolling ${rows} rows`);
  const seat = await page();
  await go(seat, '/inbox/solved');
  await seat.getByTestId('ticket-row').first().waitFor();
  b.row({ metric: `longest task while scrolling ${rows} rows`, value: await longestWhileScrolling(seat, rows), unit: 'ms', bar: '≤ 200' });
});
