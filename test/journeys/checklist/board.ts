// 7, 21–26: a long list, and the board that is read from four metres.
import { mongo } from 'mongoose';
import type { Page } from 'playwright-core';
import { becomeAvailable } from '../../support/console';
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

/** The board as the server has it, changed on its way. The page may give a request up and ask again; then nobody waits for that answer. */
const changeBoard = (page: Page, change: (board: { agents: object[]; queues: object[] }) => object): Promise<unknown> => page.route('**/api/v1/board', async (route) => {
  try {
    await route.fulfill({ json: change(await (await route.fetch()).json() as { agents: object[]; queues: object[] }) });
  } catch (error) {
    if (!(error instanceof Error && /already handled|closed/.test(error.message))) throw error;
  }
});

const states = ['available', 'busy', 'wrap-up', 'away', 'not-responding', 'offline'];
/** Black, orange, sky blue, bluish green, yellow, blue, vermillion, reddish purple: told apart by (nearly) everybody. */
const okabeIto = [[230, 159, 0], [86, 180, 233], [0, 158, 115], [240, 228, 66], [0, 114, 178], [213, 94, 0], [204, 121, 167]] as const;

/** The hue of a colour in OKLab, in degrees; null for a grey. */
function hueOf([red, green, blue]: readonly number[]): number | null {
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((part = 0) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  const [l, m, s] = [Math.cbrt(0.4122 * r + 0.5363 * g + 0.0514 * b), Math.cbrt(0.2119 * r + 0.6807 * g + 0.1074 * b), Math.cbrt(0.0883 * r + 0.2817 * g + 0.63 * b)];
  const [one, other] = [1.978 * l - 2.4286 * m + 0.4506 * s, 0.0259 * l + 0.7828 * m - 0.8087 * s];
  return Math.hypot(one, other) < 0.04 ? null : (Math.atan2(other, one) * 180) / Math.PI;
}

/** The place of the nearest colour of the palette; black for a grey. */
function nearest(colour: readonly number[]): number {
  const hue = hueOf(colour);
  if (hue === null) return -1;
  const gaps = okabeIto.map((each) => { const gap = Math.abs(hue - (hueOf(each) ?? 0)) % 360; return Math.min(gap, 360 - gap); });
  return gaps.indexOf(Math.min(...gaps));
}

it.each(['light', 'dark'] as const)('21 a state is a word, a shape and a colour (%s): shapes differ in grey, colours stand at different ones of Okabe and Ito', async (colorScheme) => {
  const { page } = hall.maria;
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await changeBoard(page, (board) => ({ ...board, agents: states.map((state, index) => ({ ...board.agents[0], id: `${index}`.repeat(24), state })) }));
  await page.goto(`${hall.line.baseUrl}/board`, { timeout: 50_000 });
  const heads = page.locator('section h2');
  await page.waitForFunction((many) => document.querySelectorAll('section h2').length === many, states.length);
  const words = await heads.evaluateAll((all) => all.map((head) => /\p{L}+/u.exec(head.textContent ?? '')?.[0]));
  const colours = await heads.evaluateAll((all) => all.map((head) => {
    const paper = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d') as CanvasRenderingContext2D;
    paper.fillStyle = getComputedStyle(head.querySelector('[aria-hidden]') as Element).color;
    paper.fillRect(0, 0, 1, 1);
    return [...paper.getImageData(0, 0, 1, 1).data].slice(0, 3);
  }));
  await page.addStyleTag({ content: 'html { filter: grayscale(1) } h2 [aria-hidden] { color: CanvasText !important }' });
  const pictures: string[] = [];
  for (let place = 0; place < states.length; place++) pictures.push((await heads.nth(place).locator('[aria-hidden]').screenshot()).toString('base64'));
  await page.unroute('**/api/v1/board');
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await page.goto(`${hall.line.baseUrl}/board`, { timeout: 50_000 });
  await page.getByTestId('board').waitFor();
  const places = colours.map(nearest);
  const coloured = places.filter((place) => place >= 0);
  expect({ words: new Set(words).size, shapes: new Set(pictures).size, coloured: coloured.length, apart: new Set(coloured).size }).toEqual({ words: states.length, shapes: states.length, coloured: 4, apart: 4 });
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

it('23 every chart has its figures in a table', async () => {
  const { page } = hall.maria;
  const drawn: Record<string, unknown> = {};
  for (const path of ['/reports', '/knowledge/report', '/simulator', '/board']) {
    await go(page, path);
    // A picture that is no sign of a button, link or heading draws something.
    drawn[path] = await page.evaluate(() => [...document.querySelectorAll('main canvas, main svg:not([class*=lucide]), main [role=img]')].map((each) => each.outerHTML.slice(0, 120)));
  }
  await changeBoard(page, (board) => ({ ...board, queues: board.queues.map((queue, index) => ({ ...queue, withinTarget: 1 - index / 8, target: 0.8 })) }));
  await page.goto(`${hall.line.baseUrl}/board`, { timeout: 50_000 });
  const bars = page.locator('[data-testid=board] td [aria-hidden].rounded-full:has(> [style*=width])');
  await bars.first().waitFor({ state: 'attached' });
  const told = await bars.evaluateAll((all) => all.map((bar) => {
    const share = /width: ([\d.]+)%/.exec(bar.firstElementChild?.getAttribute('style') ?? '')?.[1];
    const cell = bar.closest('td');
    return cell?.textContent?.includes(`${Math.round(Number(share))}%`) && bar.closest('table')?.querySelectorAll('th[scope=col]').length === cell?.closest('tr')?.children.length;
  }));
  await page.unroute('**/api/v1/board');
  expect([drawn, told.length > 0, told.every(Boolean)]).toEqual([Object.fromEntries(Object.keys(drawn).map((path) => [path, []])), true, true]);
}, 90_000);

it('24 figures are 44 px high at 1920 px, without scrolling', async () => {
  const { page } = hall.maria;
  const facts = await page.evaluate(() => {
    const figures = [...document.querySelectorAll<HTMLElement>('[data-testid=board] td [data-figure]')].map((each) => parseFloat(getComputedStyle(each).fontSize));
    const board = document.querySelector('[data-testid=board]') as HTMLElement;
    return { large: figures.length > 0 && figures.every((size) => size >= 44), fits: board.scrollHeight <= board.clientHeight };
  });
  expect(facts).toEqual({ large: true, fits: true });
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
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  // Back on what opened it, so that the next key goes on from there.
  await page.waitForFunction(() => /Ana Pereira/.test(document.activeElement?.textContent ?? '') && document.activeElement?.tagName === 'BUTTON');
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

it('a supervisor changes an agent\'s state from the board; the agent sees it at once, with the reason', async () => {
  const { page } = hall.maria;
  // Somebody with little to do: who is full is busy rather than available.
  const { page: desk } = hall.yui;
  await desk.goto(`${hall.line.baseUrl}/knowledge`);
  await becomeAvailable(desk);
  await go(page, '/board', '[data-testid=board]');
  const group = (state: string) => page.locator('section > div').filter({ has: page.locator('h2').filter({ hasText: state }) }).locator('li button').filter({ hasText: 'Sato Yui' });
  await group('Available').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('Training');
  await dialog.getByRole('button', { name: 'Away' }).click();
  await desk.locator('[data-testid=state-switch][data-state-name=away]:visible').filter({ hasText: 'Training' }).waitFor();
  await group('Away').filter({ hasText: 'Training' }).waitFor();
  await dialog.getByRole('button', { name: 'Available' }).click();
  await desk.locator('[data-testid=state-switch][data-state-name=available]:visible').waitFor();
  await dialog.getByRole('button', { name: 'Offline' }).click();
  await desk.locator('[data-testid=state-switch][data-state-name=offline]:visible').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(await group('Offline').count()).toBe(1);
}, 60_000);
