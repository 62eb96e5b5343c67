// Hostile HTML of mails in a real browser, in a page that itself forbids nothing: no script runs and nothing is fetched.
import type { Browser, Page } from 'playwright-core';
import { sanitiseMailHtml, stopSanitiser } from '../../server/channels/email/understand';
import { launchChromium } from '../support/chromium';
import { dice } from '../support/dice';
import { hostileHtml } from '../support/hostile-html';
import { rounds, seed } from '../support/soak';

const site = 'http://mail.test/';
let browser: Browser;
let page: Page;
let shown = '';
const fetched: string[] = [];

beforeAll(async () => {
  browser = await launchChromium();
  page = await browser.newPage();
  await page.route('**/*', async (route) => {
    if (route.request().url() === site) return route.fulfill({ contentType: 'text/html', body: `<!doctype html><script>window.ran = 0; for (const name of ['alert', 'prompt', 'confirm']) window[name] = () => { window.ran += 1; };</script>${shown}` });
    fetched.push(route.request().url());
    return route.abort();
  });
}, 60_000);
afterAll(async () => {
  await browser.close();
  await stopSanitiser();
}, 60_000);

/** Shows HTML in a page, focuses whatever can be focused, and answers how many scripts ran. */
async function scriptsRunBy(html: string): Promise<number> {
  shown = html;
  await page.goto(site);
  return page.evaluate(async () => {
    for (const each of document.querySelectorAll<HTMLElement>('body *')) {
      each.focus();
      each.dispatchEvent(new MouseEvent('mouseover'));
    }
    // A picture that cannot be shown says so in a later turn.
    await new Promise((resolve) => setTimeout(resolve, 50));
    return (window as unknown as { ran: number }).ran;
  });
}

it('unsanitised, it would run: the page notices', async () => {
  expect(await scriptsRunBy('<img src="x" onerror="alert(1)">')).toBe(1);
  expect(fetched).toEqual([`${site}x`]);
  fetched.length = 0;
}, 30_000);

it('each alone, all at once, and cut and mixed at random: nothing runs, nothing is fetched', async () => {
  const roll = dice(seed());
  const mixed = Array.from({ length: rounds(20, 200) }, () => Array.from({ length: 12 }, () => { const text = roll.pick(hostileHtml); return text.slice(roll.chance(0.3) ? roll.int(text.length) : 0, roll.chance(0.3) ? roll.int(text.length) : text.length); }).join(roll.pick(['', '\n', '<b>', '"', '-->', '</style>', '</noscript>'])));
  const safe = await Promise.all([...hostileHtml, ...mixed].map((html) => sanitiseMailHtml(html)));
  // Each in a box of its own, so that one that is left open does not hide the others.
  expect(await scriptsRunBy(safe.map((html) => `<div>${html}</div>`).join('\n'))).toBe(0);
  expect(await scriptsRunBy(await sanitiseMailHtml(hostileHtml.join('')))).toBe(0);
  for (const html of safe.slice(hostileHtml.length)) expect(await scriptsRunBy(html)).toBe(0);
  expect(fetched).toEqual([]);
}, 300_000);
