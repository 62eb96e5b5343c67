// Making knowledge in the console: a request is sorted and a person has the last word; a folder comes in with its progress; versions, gaps; nothing hostile runs.
import { mkdir, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium';
import { openSeat, sitDown, type Seat } from '../support/console';
import { inStore, people, Session, startDemo, until, type DemoServer } from '../support/session';
import { rounds } from '../support/soak';
import { tempFolder } from '../support/temp';

let server: DemoServer;
let browser: Browser;
let agent: Seat;
let author: Seat;
// What the long round of the import brings in, and how long it may take.
const bulk = rounds(250, 50_000);
const importMs = rounds(90_000, 1_800_000);
const hostile = ['# Hostile', '<script>window.bad = 1</script>', '<img src=x onerror="window.bad = 1">', '[a](javascript:window.bad=1)', '![b](javascript:window.bad=1)', '<svg onload="window.bad = 1"></svg>', '<iframe src="javascript:parent.bad=1"></iframe>', '[c](data:text/html;base64,PHNjcmlwdD5wYXJlbnQuYmFkPTE8L3NjcmlwdD4=)', '"><details open ontoggle="window.bad=1">'].join('\n\n');

beforeAll(async () => {
  [server, browser] = await Promise.all([startDemo({ waitMs: 90_000 }), launchChromium()]);
  [agent, author] = await Promise.all([people.ana, people.jonas].map((email) => sitDown(browser, server.node.baseUrl, { email, password: server.password }))) as [Seat, Seat];
}, 180_000);
afterAll(async () => {
  await browser.close();
  await server.stop();
}, 60_000);

/** Milliseconds from the answer to an author's change until the public search finds it. */
async function changeFound(): Promise<number> {
  const session = await Session.logIn(server.node.baseUrl, people.jonas, server.password);
  const { id } = await session.read<{ id: string }>('POST', '/articles', { audience: 'public', confidence: 'validated', texts: [{ locale: 'en', title: 'Tide tables', body: 'High water.', keywords: [] }] });
  await session.read('PATCH', `/articles/${id}`, { texts: [{ locale: 'en', title: 'Tide tables of Xylophonia', body: 'High water.', keywords: [] }] });
  const changed = performance.now();
  await until('the change', async () => (await (await fetch(`${server.node.baseUrl}/api/v1/help/search?q=xylophonia&locale=en`)).json() as { hits: { articleId: string }[] }).hits[0]?.articleId === id, 5000);
  return Math.round(performance.now() - changed);
}

const harmless = async (page: Page): Promise<void> => expect(await page.evaluate(() => [(globalThis as { bad?: number }).bad ?? 0, document.querySelectorAll('.markdown script, .markdown iframe, .markdown svg, .markdown [onerror], article script, article iframe, article [onerror], a[href^="javascript" i], a[href^="data:" i]').length])).toEqual([0, 0]);
const violationsOf = async (page: Page): Promise<string[]> => {
  await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  return (await page.evaluate(() => (globalThis as unknown as { axe: { run(options: object): Promise<{ violations: { id: string }[] }> } }).axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }))).violations.map(({ id }) => id);
};

it('a request is sorted by its words, says why, and a person has the last word', async () => {
  const boss = await Session.logIn(server.node.baseUrl, people.maria, server.password);
  const about = { Billing: ['my invoice is wrong', 'wrong amount on the invoice', 'I was charged twice', 'refund the payment', 'the payment was refused', 'the receipt is missing'], Hardware: ['the lamp is broken', 'the hub does not start', 'the hub is offline', 'the sensor light is red', 'the lamp flickers', 'the battery is empty'] };
  const seeds = Object.entries(about).flatMap(([label, texts]) => texts.flatMap((text) => ['', ' today', ' again', ' please help', ' since monday', ' at home', ' thanks', ' in the office', ' now', ' this week'].map((end) => ({ label, text: text + end }))));
  await boss.read('PUT', '/sorting', { sure: 0.6, seeds });
  await until('the classifier', async () => (await boss.read<{ sorters: { aspect: string; trainedAt: string | null }[] }>('GET', '/sorting')).sorters.some((each) => each.aspect === 'topic' && each.trainedAt), 60_000);
  const page = await (await browser.newContext({ javaScriptEnabled: false, locale: 'en' })).newPage();
  await page.goto(`${server.node.baseUrl}/help/en/reach`);
  await page.locator('#email').fill('sorted@customers.trunkline.localhost');
  await page.locator('#subject').fill('The invoice shows a wrong amount');
  await page.locator('#message').fill('I was charged twice.');
  await page.locator('form').filter({ has: page.locator('#message') }).getByRole('button').click();
  const ticket = await until('the ticket', () => inStore(server.dataDir, (db) => db.collection('tickets').findOne({ customerContact: 'sorted@customers.trunkline.localhost' })));
  await agent.page.goto(`${server.node.baseUrl}/inbox/all/${String(ticket['_id'])}`);
  const line = agent.page.getByTestId('sorting-topic');
  await line.getByText('Billing').first().waitFor();
  expect(await line.innerText()).toMatch(/invoice|charged|amount/);
  await line.getByRole('combobox').selectOption('Hardware');
  await agent.page.locator('[data-testid=sorting-topic][data-by=person]').getByText('Hardware').first().waitFor();
}, 120_000);

it('a folder of Markdown comes in with its progress, is found, and nothing hostile in it runs', async () => {
  const temp = tempFolder('import');
  const folder = join(temp.path, 'help');
  const files: Record<string, string> = { 'Zeppelins/mooring.en.md': '# How to moor a zeppelin\nTie the mooring line to the mast.', 'Zeppelins/mooring.ko.md': '# 비행선 계류 방법\n계류줄을 기둥에 묶으세요.', 'hostile.md': hostile };
  for (let i = 0; i < bulk; i += 1) files[`Bulk/item-${i}.md`] = `# Bulk item ${i}\nText of item ${i}.`;
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const { page } = author;
  await page.goto(`${server.node.baseUrl}/knowledge/import`);
  await page.getByTestId('import-folder').setInputFiles(folder);
  const form = page.locator('form').filter({ has: page.getByTestId('import-folder') });
  await form.locator('[name=audience]').selectOption('public');
  await form.locator('[name=confidence]').selectOption('validated');
  await form.getByRole('button', { name: 'Import', exact: true }).click();
  const begun = performance.now();
  await page.locator('[data-testid=import-progress][data-state=done]').waitFor({ timeout: importMs });
  const imported = Math.round((performance.now() - begun) / 1000);
  expect(await page.locator('progress').evaluate((bar) => [(bar as HTMLProgressElement).value, (bar as HTMLProgressElement).max])).toEqual([bulk + 3, bulk + 3]);
  expect(await violationsOf(page)).toEqual([]);
  const find = async () => (await (await fetch(`${server.node.baseUrl}/api/v1/help/search?q=${encodeURIComponent('비행선 계류')}&locale=ko`)).json() as { hits: { title: string }[] }).hits[0]?.title === '비행선 계류 방법';
  await until('the imported article', find, 15_000);
  process.stdout.write(`import: ${bulk + 3} files in ${imported} s, a change found after ${await changeFound()} ms\n`);
  const article = await inStore(server.dataDir, (db) => db.collection('articles').findOne({ 'texts.title': 'Hostile' }));
  await page.goto(`${server.node.baseUrl}/knowledge/${String(article?.['_id'])}`);
  await page.locator('.markdown').first().waitFor();
  await harmless(page);
  const reader = await openSeat(browser, `${server.node.baseUrl}/help/en/articles/${String(article?.['slug'])}`);
  await reader.page.getByRole('heading', { name: 'Hostile' }).waitFor();
  await harmless(reader.page);
  temp.remove();
  expect(await (await reader.context.request.get(`${server.node.baseUrl}/knowledge-export.zip`)).status()).toBe(401);
}, importMs + 90_000);

it('an earlier version is compared and brought back', async () => {
  const { page } = author;
  const session = await Session.logIn(server.node.baseUrl, people.jonas, server.password);
  const article = await session.read<{ id: string; version: number }>('POST', '/articles', { audience: 'public', confidence: 'draft', texts: [{ locale: 'en', title: 'Sundial', body: 'Point it north.', keywords: [] }] });
  await session.read('PATCH', `/articles/${article.id}`, { texts: [{ locale: 'en', title: 'Sundial', body: 'Point it south.', keywords: [] }], version: article.version });
  await page.goto(`${server.node.baseUrl}/knowledge/${article.id}`);
  const care = page.getByTestId('article-care');
  await care.getByText('Earlier versions').click();
  await care.getByRole('button', { name: 'Compare' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Point it north.').waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Restore this version' }).click();
  await page.locator('.markdown').getByText('Point it north.').waitFor();
  await care.getByTestId('approve').click();
  await until('the approval', async () => (await session.read<{ confidence: string }>('GET', `/articles/${article.id}`)).confidence === 'validated');
}, 90_000);

it('the report shows what is missing and how deflection is counted', async () => {
  for (const [i, q] of ['quantum teleporter broken', 'teleporter quantum does not start'].entries()) await fetch(`${server.node.baseUrl}/api/v1/help/search?q=${encodeURIComponent(q)}&locale=en&session=gap-visit-${i}`);
  const { page } = author;
  await page.goto(`${server.node.baseUrl}/knowledge/report`);
  await page.getByText('teleporter').first().waitFor();
  await page.getByTestId('deflection-rate').waitFor();
  expect(await violationsOf(page)).toEqual([]);
}, 60_000);

it('no page reported a fault', () => expect([agent, author].map((seat) => seat.faults)).toEqual([[], []]));
