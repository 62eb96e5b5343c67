// Every screen of the widget, one after the other, for axe.
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Desktop } from '../../support/session';
import { hall, violations } from './hall';

const byId = (page: Page, id: string) => page.getByTestId(`tl-${id}`);

async function open(look: { options: BrowserContextOptions; mirrored: boolean }, attributes: Record<string, string> = {}): Promise<Page> {
  const context = await hall.browser.newContext({ locale: 'en', reducedMotion: 'reduce', bypassCSP: true, ...look.options });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  await page.goto(`${hall.server.node.baseUrl}/health/live`);
  await page.setContent('<!doctype html><html lang="en"><head><title>Shop</title></head><body><main><h1>Shop</h1></main></body></html>');
  await page.evaluate(({ src, data }) => {
    const tag = Object.assign(document.createElement('script'), { src, async: true });
    Object.assign(tag.dataset, data);
    document.head.append(tag);
  }, { src: `${hall.server.node.baseUrl}/widget/trunkline.js`, data: { ...attributes, ...(look.mirrored ? { locale: 'ar' } : { locale: 'en' }) } });
  await byId(page, 'launcher').click();
  return page;
}

/** Waits for a sign of a screen, then looks. */
type Screen = (name: string, sign: string) => Promise<void>;

async function selfHelp(page: Page, seen: Screen): Promise<void> {
  await seen('home', '[data-testid=tl-popular]');
  await byId(page, 'question').fill('password');
  await seen('results', '[data-testid=tl-result]');
  await byId(page, 'result').first().click();
  await seen('article', 'article h2');
  await page.locator('.bar .round').first().click();
  await byId(page, 'question').fill('zzzzqqq');
  await seen('nothing found', '.page .quiet');
  await byId(page, 'question').fill('');
  await byId(page, 'guide').first().click();
  await seen('guide', '[data-testid=tl-step]');
  await page.locator('.bar .round').first().click();
}

async function chat(page: Page, helper: Desktop, seen: Screen): Promise<void> {
  await byId(page, 'talk').click();
  await byId(page, 'start').click();
  await seen('form with faults', '.fault');
  await page.locator('#tl-name').fill('Vera');
  await page.locator('#tl-email').fill('vera@customers.example');
  await page.locator('#tl-text').fill('Where is my order?');
  await byId(page, 'start').click();
  await seen('waiting', '[data-testid=tl-message]');
  await byId(page, 'by-phone').click();
  await seen('otherwise', '#tl-otherwise');
  const ticketId = await helper.accept(await helper.offer(({ channel }) => channel === 'webchat'));
  await helper.session.read('POST', `/tickets/${ticketId}/messages`, { clientId: `axe-${ticketId}`, kind: 'agent', text: 'It left this morning.' });
  await page.locator('.emoji button').first().click();
  await byId(page, 'file').setInputFiles({ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') });
  await page.locator('.chosen').waitFor();
  await seen('chat with emoji and a file', '[data-testid=tl-message][data-from=agent]');
  await helper.session.read('POST', `/tickets/${ticketId}/solve`, { disposition: 'solved' });
  await seen('ended', '[data-testid=tl-rate]');
  await byId(page, 'rate').first().click();
  await byId(page, 'copy').click();
  await seen('rating and copy', '.comment');
}

/** What axe finds on each screen of the widget in one look. */
export async function widgetScreens(look: { options: BrowserContextOptions; mirrored: boolean }, helper: Desktop): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  const seenOn = (page: Page): Screen => async (name, sign) => {
    await page.locator(sign).first().waitFor();
    const list = await violations(page);
    if (list.length > 0) found[name] = list;
  };
  await helper.become('offline');
  const letter = await open(look);
  await byId(letter, 'talk').click();
  await letter.getByTestId('tl-letter-send').click();
  await seenOn(letter)('letter with faults', '.fault');
  await letter.context().close();
  const consent = await open(look, { consent: '' });
  await seenOn(consent)('consent', '.page .primary');
  await consent.context().close();
  await helper.become('available');
  const page = await open(look);
  await selfHelp(page, seenOn(page));
  await chat(page, helper, seenOn(page));
  await page.context().close();
  return found;
}
