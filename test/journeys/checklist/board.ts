// 7, 21–26: a long list, and the board that is read from four metres.
import { mongo } from 'mongoose';
import type { Page } from 'playwright-core';
import { rounds } from '../../support/soak';
import { inStore, until } from '../../support/session';
import { give, go, hall, mail, seat, session, within, write } from './hall';

const many = rounds(4000, 20_000);

/** Tickets of yesterday, put into the store behind the server's back. */
const fill = () => inStore(hall.server.dataDir, async (db) => {
  const tickets = db.collection<{ _id: string; companyId: string }>('tickets');
  const model = await tickets.findOne({});
  const at = Date.now() - 86_400_000;
  for (let from = 0; from < many; from += 2000) {
    await tickets.insertMany(Array.from({ length: 2000 }, (_, index) => {
      const n = from + index;
      return { ...model, companyId: model?.companyId ?? '', _id: new mongo.ObjectId().toHexString(), number: 100_000 + n, sourceKey: `many-${n}`, subject: `Old matter ${n}`, status: 'solved', ownerId: null, unread: false, lastMessageAt: new Date(at - n * 1000), pending: [], terms: [] };
    }));
  }
});

it('7 a list of 4,000 (20,000 in the soak) keeps at most 60 rows in the page, says how many there are, and keeps the active one', async () => {
  await fill();
  const { page, context } = await seat('jonas');
  await go(page, '/inbox/solved', '[data-testid=ticket-row]');
  await page.waitForFunction((least) => Number(document.querySelector('[data-testid=ticket-row]')?.getAttribute('aria-setsize')) >= least, many);
  await page.keyboard.press('KeyJ');
  const wanted = rounds(1200, many);
  let most = 0;
  await until('the rows to be loaded', async () => {
    const { rows, place } = await page.getByTestId('ticket-list').evaluate((list) => {
      list.scrollTop = list.scrollHeight;
      const shown = [...list.querySelectorAll('[data-testid=ticket-row]')];
      return { rows: shown.length, place: Number(shown.at(-1)?.getAttribute('aria-posinset')) };
    });
    most = Math.max(most, rows);
    return place >= wanted;
  }, 240_000);
  const facts = await page.evaluate(() => {
    const list = document.querySelector('[data-testid=ticket-list]');
    const places = [...document.querySelectorAll('[data-testid=ticket-row]')].map((row) => Number(row.getAttribute('aria-posinset')));
    return { active: document.getElementById(list?.getAttribute('aria-activedescendant') ?? '') !== null, inOrder: places.every((place, index) => index === 0 || place > (places[index - 1] ?? 0)) };
  });
  await context.close();
  expect({ few: most > 5 && most <= 60, facts }).toEqual({ few: true, facts: { active: true, inOrder: true } });
}, 300_000);

const queueOf = async (ticketId: string) => {
  const { queueId } = await hall.admin.read<{ queueId: string }>('GET', `/tickets/${ticketId}`);
  return (await hall.admin.read<{ rows: { id: string; name: string }[] }>('GET', '/queues')).rows.find(({ id }) => id === queueId)?.name ?? '';
};
const figure = (page: Page, queue: string, name: string) => page.getByTestId(`board-queue-${queue}`).locator(`[data-figure=${name}]`);

it('21 a state is a word, a shape and a colour: the shapes differ in grey', async () => {
  const { page } = hall.maria;
  await page.setViewportSize({ width: 1920, height: 1080 });
  await go(page, '/board', '[data-testid=board]');
  const words = await page.locator('section h2').first().innerText();
  const signs = ['●', '◐', '◔', '○', '▲', '·'];
  const pictures = await page.evaluate((shapes) => shapes.map((shape) => {
    const paper = document.createElement('canvas').getContext('2d');
    if (!paper) return '';
    paper.font = '24px sans-serif';
    paper.fillText(shape, 4, 30);
    return paper.canvas.toDataURL();
  }), signs);
  expect([/\p{L}/u.test(words), new Set(pictures).size]).toEqual([true, signs.length]);
}, 60_000);

it('22 a figure follows within 2 s, and the board says so when it may be old', async () => {
  const { page } = hall.maria;
  const queue = await queueOf(hall.mine);
  const before = Number(await figure(page, queue, 'waiting').innerText());
  const arrived = mail('Counted on the board');
  await until('the ticket', async () => (await hall.admin.read<{ rows: { subject: string }[] }>('GET', '/tickets?limit=5')).rows.some(({ subject }) => subject === 'Counted on the board'));
  await figure(page, queue, 'waiting').filter({ hasText: new RegExp(`^${before + 1}$`) }).waitFor(within(2000));
  await give(await arrived, await session('ana'));
  hall.line.hold();
  await page.getByTestId('board-stale').waitFor(within(10_000));
  hall.line.mend();
  await page.getByTestId('board-stale').waitFor({ state: 'detached' });
}, 60_000);

it('23, 24 every chart stands in a table with its figure, and figures are 44 px high at 1920 px without scrolling', async () => {
  const { page } = hall.maria;
  const facts = await page.evaluate(() => {
    const bars = [...document.querySelectorAll('[data-testid=board] table [aria-hidden].rounded-full')].filter((bar) => bar.closest('td'));
    const figures = [...document.querySelectorAll<HTMLElement>('[data-testid=board] td [data-figure]')].map((each) => parseFloat(getComputedStyle(each).fontSize));
    const board = document.querySelector('[data-testid=board]') as HTMLElement;
    return { told: bars.every((bar) => /\d/.test(bar.closest('td')?.textContent ?? '')), large: figures.length > 0 && figures.every((size) => size >= 44), fits: board.scrollHeight <= board.clientHeight };
  });
  expect(facts).toEqual({ told: true, large: true, fits: true });
}, 60_000);

it('25 the full screen turns its pages only when there are several, can be stopped, and nothing flashes', async () => {
  const { page } = hall.maria;
  await page.setViewportSize({ width: 1920, height: 420 });
  await page.getByRole('button', { name: /full screen/i }).click();
  await page.waitForFunction(() => document.fullscreenElement !== null);
  const pause = page.getByTestId('board-turning');
  await pause.waitFor();
  const first = await pause.getAttribute('aria-pressed');
  await pause.click();
  const stopped = await pause.getAttribute('aria-pressed');
  const flashing = await page.evaluate(() => document.getAnimations().filter((each) => each.effect?.getTiming().iterations === Infinity).length);
  await page.evaluate(() => document.exitFullscreen());
  await page.setViewportSize({ width: 1920, height: 1080 });
  expect([first, stopped, flashing]).toEqual(['true', 'false', 0]);
}, 60_000);

it('26 a supervisor opens what an agent works on, looks in and leaves a word, by keyboard', async () => {
  const { page } = hall.maria;
  const ana = await session('ana');
  await page.getByRole('button', { name: /Ana Pereira/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await go(page, `/inbox/all/${hall.mine}`, '[data-testid=message]');
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('KeyN');
  await page.locator('[data-testid=tab-note][aria-selected=true]').waitFor();
  await page.waitForFunction(() => (document.activeElement as HTMLElement | null)?.dataset['testid'] === 'composer');
  await page.keyboard.type('Well done');
  await page.keyboard.press('Control+Enter');
  await hall.ana.page.goto(`${hall.line.baseUrl}/inbox/mine/${hall.mine}`);
  await hall.ana.page.locator('[data-kind=note]').filter({ hasText: 'Well done' }).waitFor();
  expect((await write(ana, hall.mine, { note: 'Thanks' })).seq).toBeGreaterThan(0);
}, 60_000);
