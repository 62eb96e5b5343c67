// Knowledge through every front end: a customer solves a problem alone; another gives up at step 4 and the agent goes on at step 4; the help
// centre works without scripts.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium';
import { acceptOffer, becomeAvailable, openSeat, sitDown, type Seat } from '../support/console';
import { saying, startEndpoint, type EndpointServer } from '../knowledge/models/endpoint-server';
import { inStore, people, Session, startDemo, until, type DemoServer } from '../support/session';

let server: DemoServer;
let browser: Browser;
let agent: Seat;
let visitor: Seat;
let endpoint: EndpointServer;
const hostile = 'Hold <img src=x onerror="document.title=1"> the button [1].';

beforeAll(async () => {
  endpoint = await startEndpoint(() => saying(`${hostile} We pay you a thousand. Believe me [9].`));
  [server, browser] = await Promise.all([startDemo({ waitMs: 90_000, env: { MODELS_URL: endpoint.url, ANSWER_MODEL: 'clever' } }), launchChromium()]);
  agent = await sitDown(browser, server.node.baseUrl, { email: people.ana, password: server.password });
  await becomeAvailable(agent.page);
  visitor = await openSeat(browser, `${server.node.baseUrl}/demo`);
}, 150_000);
afterAll(async () => {
  await browser.close();
  await server.stop();
  await endpoint.close();
}, 60_000);

const step = (page: Page, node: string) => page.locator(`[data-testid=tl-step][data-node="${node}"]`);
const choose = async (page: Page, answer: string) => page.locator(`[data-testid=tl-answer][data-answer="${answer}"]`).click();
const open = async (page: Page) => {
  await page.getByTestId('tl-launcher').waitFor();
  if (!(await page.getByTestId('tl-panel').isVisible())) await page.getByTestId('tl-launcher').click();
  await page.getByTestId('tl-question').fill('the hub is offline, red light');
  await page.getByTestId('tl-result').filter({ hasText: 'The hub is offline' }).first().click();
  await step(page, 'light').waitFor();
};

it('a customer solves a problem by a guide without an agent', async () => {
  const { page } = visitor;
  await open(page);
  await choose(page, 'red');
  await step(page, 'cable').waitFor();
  await choose(page, 'solved');
  await step(page, 'solved').waitFor();
  const run = await inStore(server.dataDir, (db) => db.collection('guideruns').findOne({ state: 'solved' }));
  expect([run?.['ticketId'], run?.['begunIn']]).toEqual([null, 'widget']);
  expect(await inStore(server.dataDir, (db) => db.collection('tickets').countDocuments())).toBe(0);
}, 60_000);

it('a customer gives up at step 4 and the agent goes on at step 4', async () => {
  const { page } = visitor;
  await page.getByTestId('tl-panel').locator('.bar .round').first().click();
  await open(page);
  for (const [answer, next] of [['off', 'power'], ['not-solved', 'cable'], ['not-solved', 'restart']] as const) {
    await choose(page, answer);
    await step(page, next).waitFor();
  }
  await page.getByTestId('tl-step-talk').click();
  await page.locator('#tl-name').fill('Vera Visitor');
  await page.locator('#tl-email').fill('vera@customers.example');
  await page.locator('#tl-text').fill('It does not come back.');
  await page.getByTestId('tl-start').click();
  await agent.page.getByTestId('offer-card').filter({ hasText: 'Vera Visitor' }).waitFor();
  await acceptOffer(agent.page);
  await agent.page.locator('[data-testid=guide-step][data-node=restart]').waitFor();
  expect(await agent.page.getByTestId('guide-path').locator('li').count()).toBe(3);
  await agent.page.locator('[data-testid=guide-step] [data-answer=solved]').click();
  await agent.page.locator('[data-testid=guide-run][data-state=solved]').waitFor();
  const run = await until('the run', () => inStore(server.dataDir, (db) => db.collection('guideruns').findOne({ ticketId: { $type: 'string' } })));
  expect((run['steps'] as { by: string; front: string }[]).map(({ by, front }) => [by, front])).toEqual([['customer', 'widget'], ['customer', 'widget'], ['customer', 'widget'], ['agent', 'console']]);
}, 60_000);

it('the agent makes an article of the ticket, and the next customer finds it', async () => {
  const { page } = agent;
  await page.getByTestId('composer').click();
  await page.getByTestId('composer').fill('Hold the mesh button for seven seconds, Vera Visitor.');
  await page.getByTestId('composer-send').click();
  await page.getByTestId('timeline').getByText('mesh button for seven seconds').waitFor();
  await page.getByTestId('draft-article').click();
  await page.waitForURL(/\/knowledge\/[0-9a-f]{24}/);
  const id = /[0-9a-f]{24}$/.exec(page.url())?.[0] ?? '';
  const author = await Session.logIn(server.node.baseUrl, people.jonas, server.password);
  const draft = await author.read<{ version: number; texts: { body: string; title: string; locale: string }[] }>('GET', `/articles/${id}`);
  expect(draft.texts[0]?.body).toContain('Hold the mesh button for seven seconds, [name]');
  const find = async () => (await (await fetch(`${server.node.baseUrl}/api/v1/help/search?q=mesh%20button&locale=en`)).json() as { hits: { articleId: string }[] }).hits.some((hit) => hit.articleId === id);
  expect(await find()).toBe(false);
  await author.read('PATCH', `/articles/${id}`, { audience: 'public', confidence: 'validated', version: draft.version });
  await until('the article in the public search', find, 5000);
}, 60_000);

it('an answer with sources is asked for in the widget: every sentence has its article, and nothing in it is alive', async () => {
  const seat = await openSeat(browser, `${server.node.baseUrl}/demo`);
  await seat.page.getByTestId('tl-launcher').click();
  await seat.page.getByTestId('tl-question').fill('how do I reset my password');
  await seat.page.getByTestId('tl-answer-ask').click();
  const written = seat.page.getByTestId('tl-written');
  await written.getByTestId('tl-source').waitFor();
  expect(await written.locator('p').innerText()).toBe('Hold <img src=x onerror="document.title=1"> the button. [1]');
  await written.getByTestId('tl-source').click();
  await seat.page.locator('.prose').waitFor();
  expect(seat.faults).toEqual([]);
  await seat.context.close();
}, 60_000);

it('the gap report names the missing article', async () => {
  const ask = (q: string, session: string) => fetch(`${server.node.baseUrl}/api/v1/help/search?q=${encodeURIComponent(q)}&locale=en&session=${session}`);
  for (const [i, q] of ['quantum teleporter broken', 'teleporter quantum does not start', 'quantum teleporter'].entries()) await ask(q, `gap-visit-${i}`);
  const author = await Session.logIn(server.node.baseUrl, people.jonas, server.password);
  const { rows } = await author.read<{ rows: { label: string; searches: number; words: string[] }[] }>('GET', '/knowledge/gaps');
  expect(rows.find((row) => row.words.includes('teleporter'))).toMatchObject({ searches: 3 });
  expect((await author.ask('GET', '/knowledge/deflection')).status).toBe(200);
}, 60_000);

describe('the help centre, without scripts', () => {
  let page: Page;
  const at = (path: string) => page.goto(`${server.node.baseUrl}/help/${path}`);
  beforeAll(async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en' });
    context.setDefaultTimeout(20_000);
    page = await context.newPage();
  });

  it('a guide goes on where the widget left it, by its digits', async () => {
    await visitor.page.getByTestId('tl-panel').locator('.bar .round').first().click();
    await visitor.page.getByTestId('tl-question').fill('my order has not arrived');
    await visitor.page.getByTestId('tl-result').filter({ hasText: 'My order has not arrived' }).first().waitFor();
    const [guide] = (await (await fetch(`${server.node.baseUrl}/api/v1/help/guides?locale=en`)).json() as { rows: { id: string; title: string }[] }).rows.filter(({ title }) => title === 'The hub is offline');
    const begun = await (await fetch(`${server.node.baseUrl}/api/v1/help/guides/${guide?.id ?? ''}/runs`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ locale: 'en' }) })).json() as { token: string; runId: string; code: string };
    await fetch(`${server.node.baseUrl}/api/v1/help/guide-runs/${begun.runId}/answers`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${begun.token}` }, body: JSON.stringify({ nodeId: 'light', answer: 'red' }) });
    await at('en/reach');
    await page.locator('#code').fill(begun.code);
    await page.locator('form').filter({ has: page.locator('#code') }).getByRole('button').click();
    await page.getByRole('heading', { name: 'Check the cable to your router' }).waitFor();
    await page.getByRole('button', { name: 'Yes, it helped' }).click();
    await page.getByRole('heading', { name: 'Good, it works again.' }).waitFor();
  }, 60_000);

  it('a Korean question finds the Korean article, and the vote is counted', async () => {
    await at('ko');
    await page.locator('input[type=search]').fill('비밀번호를 잊어버렸어요');
    await page.getByRole('button', { name: '검색' }).click();
    await page.getByRole('link', { name: '비밀번호 재설정' }).click();
    expect(await page.locator('article').getAttribute('lang')).toBe('ko');
    expect(await page.locator('link[hreflang]').count()).toBe(5);
    await page.getByRole('button', { name: '예' }).click();
    await page.getByText('의견을 주셔서 감사합니다.').waitFor();
  }, 60_000);

  it('an answer with sources is written where it is asked for', async () => {
    await at('en/search?q=reset%20password');
    await page.getByRole('button', { name: 'Answer with sources' }).click();
    const answer = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Answer', exact: true }) });
    expect(await answer.locator('p').first().innerText()).toBe('Hold <img src=x onerror="document.title=1"> the button. [1]');
    await answer.locator('li a').click();
    await page.locator('article').waitFor();
  }, 60_000);

  it('a brand shows its own name and colour where its address leads', async () => {
    const author = await Session.logIn(server.node.baseUrl, people.jonas, server.password);
    await author.read('POST', '/brands', { key: 'lumen', name: 'Lumen Home', colour: '#7c2d12', hosts: ['lumen.localhost'], locale: 'ja' });
    await page.goto(server.node.baseUrl.replace('127.0.0.1', 'lumen.localhost') + '/help/en');
    await page.getByRole('link', { name: 'Lumen Home Help' }).waitFor();
    expect(await page.locator('link[rel=canonical]').getAttribute('href')).toContain('//lumen.localhost:');
    await at('@lumen');
    await page.getByRole('link', { name: /Lumen Home/ }).waitFor();
    await at('@none');
    await page.getByRole('link', { name: /Demo Shop/ }).waitFor();
  }, 60_000);

  it('what belongs to one brand is found, listed and read there, and nowhere else', async () => {
    const administrator = await Session.logIn(server.node.baseUrl, people.jonas, server.password);
    const [amber] = await Promise.all(['amber', 'birch'].map((key) => administrator.read<{ id: string }>('POST', '/brands', { key, name: key })));
    const brandIds = [amber?.id ?? ''];
    const { rows } = await administrator.read<{ rows: { id: string; title: string }[] }>('GET', '/guides?locale=en');
    const lamp = rows.find(({ title }) => title === 'The lamp does not react')?.id ?? '';
    const belong = async (to: string[]) => administrator.read('PATCH', `/guides/${lamp}`, { brandIds: to, revision: (await administrator.read<{ revision: number }>('GET', `/guides/${lamp}`)).revision });
    await belong(brandIds);
    const { id, slug } = await administrator.read<{ id: string; slug: string }>('POST', '/articles', { category: 'Airships', audience: 'public', confidence: 'validated', brandIds, texts: [{ locale: 'en', title: 'Mooring a zeppelin', body: 'Tie its nose to the mast.', keywords: [] }] });
    const seenAt = async (brand: string) => {
      const page = (path: string) => fetch(`${server.node.baseUrl}/help/${path}`, { headers: { cookie: `tl_brand=${brand}` } });
      const has = async (path: string, text: string) => (await (await page(path)).text()).includes(text);
      const api = (path: string) => fetch(`${server.node.baseUrl}/api/v1/help/${path}${path.includes('?') ? '&' : '?'}locale=en&brand=${brand}`);
      const told = async (path: string, text: string) => (await (await api(path)).text()).includes(text);
      const began = await fetch(`${server.node.baseUrl}/api/v1/help/guides/${lamp}/runs`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ brand }) });
      return [
        await has('en/search?q=mooring+zeppelin', slug), await has('en', 'Airships'), await has('en/topics/Airships', slug), await has(`en/articles/${slug}`, 'TechArticle'), await has('sitemap.xml', slug), await has('en', lamp), await has('sitemap.xml', lamp),
        await told('search?q=mooring+zeppelin', id), await told('search?q=lamp+does+not+react', lamp), await told('guides', lamp), await told('answer?q=mooring+zeppelin', slug),
        ...[(await page(`en/articles/${slug}`)).status, (await api(`articles/${id}`)).status, (await page(`en/guides/${lamp}`)).status, began.status].map((status) => status === 200),
      ];
    };
    const search = async (brand: string, q: string) => (await fetch(`${server.node.baseUrl}/api/v1/help/search?q=${q}&locale=en&brand=${brand}`)).text();
    await until('search to know', async () => (await search('amber', 'zeppelin')).includes(id) && !(await search('birch', 'lamp+does+not+react')).includes(lamp));
    expect((await seenAt('amber')).filter((seen) => !seen)).toEqual([]);
    expect([...await seenAt('birch'), ...await seenAt('')].filter(Boolean)).toEqual([]);
    const listed = async (query: string) => (await administrator.read<{ rows: { id: string }[] }>('GET', `/articles?limit=200${query}`)).rows.some((row) => row.id === id);
    expect([await listed(''), await listed(`&brandId=${brandIds[0] ?? ''}`), await listed(`&brandId=${lamp}`)]).toEqual([true, true, false]);
    await belong([]);
  }, 60_000);

  it('a letter becomes a ticket; its sender signs in by a mail link and sees this one and no other', async () => {
    await at('en/reach');
    await page.locator('#email').fill('newcomer@customers.trunkline.localhost');
    await page.locator('#subject').fill('Where is my voucher');
    await page.locator('#message').fill('I cannot find the voucher.');
    await page.locator('form').filter({ has: page.locator('#message') }).getByRole('button').click();
    await page.getByText('Your message has arrived.').waitFor();
    await at('en/mine');
    await page.locator('#email').fill('newcomer@customers.trunkline.localhost');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('If we know this address').waitFor();
    const link = await until('the mail', async () => {
      const { rows } = await (await fetch(`${server.node.baseUrl}/demo/mailbox/mails`)).json() as { rows: { text: string }[] };
      return rows.map(({ text }) => /\/help\/en\/sign-in\/\S+/.exec(text)?.[0]).find(Boolean);
    });
    await page.goto(server.node.baseUrl + link);
    await page.getByRole('button', { name: 'Show my requests' }).click();
    await page.getByRole('link', { name: /Where is my voucher/ }).click();
    await page.getByText('I cannot find the voucher.').waitFor();
    await readsWhatIsForCustomers(page);
    const other = await inStore(server.dataDir, (db) => db.collection('tickets').findOne({ customerContact: { $ne: 'newcomer@customers.trunkline.localhost' } }));
    expect((await at(`en/mine/${String(other?.['number'])}`))?.status()).toBe(404);
    await page.goto(server.node.baseUrl + link);
    await page.getByRole('button', { name: 'Show my requests' }).click();
    await page.getByText('This link was used already or has expired.').waitFor();
  }, 60_000);

  const readsWhatIsForCustomers = async (signedIn: Page): Promise<void> => {
    const author = await Session.logIn(server.node.baseUrl, people.jonas, server.password);
    const { slug } = await author.read<{ slug: string }>('POST', '/articles', { audience: 'customers', confidence: 'validated', products: ['Voucher club'], versions: ['2'], texts: [{ locale: 'en', title: 'Redeeming in the club', body: 'Only members see this.' }] });
    const search = 'en/search?q=redeeming+in+the+club';
    await until('the search to know', async () => {
      await at(search);
      return (await signedIn.getByRole('link', { name: 'Redeeming in the club' }).count()) > 0;
    });
    await signedIn.getByLabel('Product').selectOption('Voucher club');
    await signedIn.getByLabel('Version').fill('3.1');
    await signedIn.getByRole('button', { name: 'Search' }).click();
    await signedIn.waitForURL(/version=3\.1/);
    expect(await signedIn.getByRole('link', { name: 'Redeeming in the club' }).count()).toBe(0);
    await at(`en/articles/${slug}`);
    await signedIn.getByText('Only members see this.').waitFor();
    expect(await signedIn.locator('meta[name=robots]').getAttribute('content')).toContain('noindex');
    const others = async (path: string) => (await fetch(`${server.node.baseUrl}/help/${path}`)).text();
    expect([(await others(search)).includes(slug), (await others(`en/articles/${slug}`)).includes('Only members'), (await others('sitemap.xml')).includes(slug)]).toEqual([false, false, false]);
  };

  it('every page is light, names its languages and passes axe', async () => {
    const seat = await openSeat(browser, `${server.node.baseUrl}/help/en`);
    const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
    for (const path of ['en', 'ja/search?q=ログイン', 'en/articles/' + String((await inStore(server.dataDir, (db) => db.collection('articles').findOne()))?.['slug']), 'zh/reach', 'ko/mine', 'en/nothing']) {
      await seat.page.goto(`${server.node.baseUrl}/help/${path}`);
      await seat.page.evaluate(axe);
      const { violations } = await seat.page.evaluate(() => (globalThis as unknown as { axe: { run(options: object): Promise<{ violations: { id: string }[] }> } }).axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
      expect([path, violations.map(({ id }) => id)]).toEqual([path, []]);
    }
    const html = await (await fetch(`${server.node.baseUrl}/help/en`)).text();
    const style = await (await fetch(`${server.node.baseUrl}/help/style.css`)).text();
    expect(gzipSync(html).length + gzipSync(style).length).toBeLessThan(100_000);
    expect(html).not.toMatch(/<script(?! type="application\/ld\+json")/);
    expect(await (await fetch(`${server.node.baseUrl}/help/sitemap.xml`)).text()).toContain('hreflang="ko"');
    await seat.context.close();
  }, 90_000);
});

it('no page reported a fault', () => expect([agent, visitor].map((seat) => seat.faults)).toEqual([[], []]));
