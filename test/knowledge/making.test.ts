// Making knowledge: masking, comparing, grouping, and the counts, against a real store.
import { cluster } from '../../server/knowledge/making/cluster';
import { diffLines } from '../../server/knowledge/making/diff-lines';
import { HelpSessions, noteRead, noteSearch, noteWrote } from '../../server/knowledge/making/help-session';
import { kernelOf, mask } from '../../server/knowledge/making/mask';
import { setMakingPorts, type CountedTicket } from '../../server/knowledge/making/ports';
import { authorsOf, deflectionOf, gapsOf } from '../../server/knowledge/making/report';
import { articleById, type ArticleDoc } from '../../server/knowledge/article.model';
import { brokenLinks } from '../../server/knowledge/broken-links';
import { draftFromTicket, flagArticle, linkArticle, publishDue, unflagArticle } from '../../server/knowledge/from-ticket';
import { renderMarkdown } from '../../server/knowledge/public-article';
import { ArticleVersions } from '../../server/knowledge/making/article-version';
import { forgetVisits } from '../../server/knowledge/forget-visits';
import { GuideRuns, type GuideRunDoc } from '../../server/knowledge/guides';
import { Feedback, voteOn } from '../../server/knowledge/vote';
import { addArticle, changeArticle } from '../../server/knowledge/write-article';
import { addTeam, changeAccount } from '../../server/access';
import { addBrand, removeBrand } from '../../server/brands/put-brand';
import { hire, openHouse, refusal, type House } from '../access/house';

const ticketId = 'a'.repeat(24);
let house: House;
let tickets: CountedTicket[] = [];

beforeAll(async () => {
  house = await openHouse();
  setMakingPorts({
    solvedTicket: async () => ({ id: ticketId, subject: 'Re: Voucher of Ana Pereira', question: 'Hello,\n\nmy voucher ANA-1 is refused. Ana Pereira, +351 912 345 678', answers: ['Dear Ana,\n\nenter it without spaces. Write to ana@example.com?\n\nKind regards\nMaria'], locale: 'en', people: ['Ana Pereira', 'ana@example.com', 'Maria'] }),
    ticketsSince: async () => tickets, handlingMinutes: async () => 6,
  });
}, 60_000);
afterAll(() => house.stop());

test('personal data is masked in several scripts, and letters lose their greeting and parting', () => {
  expect(mask('Ana wrote from ana.p@example.com, call +351 912 345 678, card 4111 1111 1111 1111, see https://x.example/?token=abc', ['Ana Pereira'])).toBe('[name] wrote from [address], call [phone], card [number], see https://x.example/?token=[code]');
  expect(mask('김민준 고객님 허브 2.3 버전', ['김민준'])).toBe('[name] 고객님 허브 2.3 버전');
  expect(mask('An analysis of Banana', ['Ana'])).toBe('An analysis of Banana');
  expect(kernelOf('Hello Ana,\n\nPull the plug.\n\nBest regards,\nMaria')).toBe('Pull the plug.');
});

test('a comparison names what is gone and new', () => expect(diffLines('a\nb\nc', 'a\nx\nc').map(({ kind, text }) => kind[0] + text)).toEqual(['sa', 'gb', 'nx', 'sc']));

test('questions about the same thing come together', () => {
  const groups = cluster(['export my data as csv', 'how to export data', 'csv export of my data', 'lamp flickers at night', 'the lamp flickers', '반품 방법'].map((text, i) => ({ text, kind: 'search', id: String(i) }))).map((group) => group.members.length);
  expect(groups.sort()).toEqual([1, 2, 3]);
});

test('what a group is about is said in the words people wrote, without question words', () => {
  const [group] = cluster(['Which Atlas charges my phone?', 'how is the Atlas charging', 'Atlas not charging', 'Why is charging by atlas slow'].map((text, i) => ({ text, kind: 'search', id: String(i) })));
  expect([group?.members.length, group?.words.slice(0, 2).sort()]).toEqual([4, ['Atlas', 'charging']]);
  expect(cluster([{ text: 'Welche Lampen flackern und warum?', kind: 'search', id: '1' }])[0]?.words).toEqual(['Lampen', 'flackern']);
});

test('a draft from a ticket is masked, linked, and counted for its author', async () => {
  const article = await draftFromTicket(house.ctx, house.system, ticketId);
  const [text] = article.texts;
  expect([article.audience, article.confidence, text?.title]).toEqual(['internal', 'draft', 'Voucher of [name]']);
  expect(text?.body).toBe('## {issue}\nmy voucher [name]-1 is refused. [name], [phone]\n\n## {cause}\n\n\n## {resolution}\nenter it without spaces. Write to [address]?');
  await linkArticle(house.ctx, house.system, { ticketId, articleId: article._id });
  await linkArticle(house.ctx, house.system, { ticketId: 'b'.repeat(24), articleId: article._id });
  tickets = [{ id: 'b'.repeat(24), subject: 'x', ownerId: 'c'.repeat(24), solved: true, createdAt: new Date(house.ctx.clock.now()) }];
  expect((await authorsOf(house.ctx, 30)).rows[0]).toMatchObject({ accountId: 'c'.repeat(24), solved: 1, linked: 1, linkRate: 1 });
  const { id: ownerId } = await hire(house, ['agent']);
  const team = await addTeam(house.ctx, house.system, { name: 'Second line' });
  await changeAccount(house.ctx, house.system, { id: ownerId, teamId: team.id });
  tickets = [{ id: 'b'.repeat(24), subject: 'x', ownerId, solved: true, createdAt: new Date(house.ctx.clock.now()) }, { id: 'c'.repeat(24), subject: 'y', ownerId, solved: true, createdAt: new Date(house.ctx.clock.now()) }];
  expect((await authorsOf(house.ctx, 30)).teams).toMatchObject([{ teamId: team.id, name: 'Second line', solved: 2, linked: 1, linkRate: 0.5 }]);
  await expect(linkArticle(house.ctx, house.system, { ticketId, articleId: 'f'.repeat(24) })).rejects.toMatchObject({ code: 'not-found' });
});

const write = (body: string): Promise<ArticleDoc> => addArticle(house.ctx, house.system, { category: 'Orders', audience: 'public', confidence: 'draft', texts: [{ locale: 'en', title: 'Title', body, keywords: [] }] });

test('earlier versions are kept; flags come and go; what is scheduled is published when due', async () => {
  const article = await write('one');
  const changed = await changeArticle(house.ctx, house.system, { id: article._id, input: { texts: [{ locale: 'en', title: 'Title', body: 'two', keywords: [] }], publishAt: new Date(house.ctx.clock.now() + 60_000) } });
  expect((await ArticleVersions.findOne({ companyId: house.ctx.companyId, articleId: article._id, version: 1 }).lean())?.texts[0]?.body).toBe('one');
  await expect(changeArticle(house.ctx, house.system, { id: article._id, input: { publishAt: new Date(0) } })).rejects.toMatchObject({ code: 'bad-schedule' });
  const flagged = await flagArticle(house.ctx, house.system, { id: article._id, text: 'Outdated' });
  expect([flagged.flags.length, (await unflagArticle(house.ctx, house.system, { id: article._id, flagId: flagged.flags[0]?.id ?? '' })).flags]).toEqual([1, []]);
  await publishDue(() => house.ctx, house.ctx.clock.now());
  expect((await articleById(house.ctx.companyId, article._id))?.confidence).toBe('draft');
  house.pass(61_000);
  await publishDue(() => house.ctx, house.ctx.clock.now());
  expect(await articleById(house.ctx.companyId, article._id)).toMatchObject({ confidence: 'validated', publishAt: null, version: changed.version + 1 });
});

test('links that lead nowhere are found', async () => {
  const article = await write('[a](/help/en/articles/none) [b](/help/en/reach) ![c](/files/aaaaaaaaaaaaaaaaaaaaaaaa) [d](https://example.com)');
  const { rows, outside } = await brokenLinks(house.ctx);
  expect([rows.filter((row) => row.articleId === article._id).map((row) => row.href), outside]).toEqual([['/help/en/articles/none', '/files/aaaaaaaaaaaaaaaaaaaaaaaa'], 1]);
});

test('an article belongs to brands of the company; a link to what its own readers cannot see is broken', async () => {
  const settings = { name: 'Tea', colour: '#336699', logoId: null, hosts: [], locale: 'en', queueId: '', chatQueueId: '' };
  const brand = async (key: string) => (await addBrand(house.ctx, house.system, { settings: { ...settings, key }, ports: { queueExists: async () => true } }))._id;
  const [tea, coffee] = [await brand('tea'), await brand('coffee')];
  const belong = (article: ArticleDoc, brandIds: string[]) => changeArticle(house.ctx, house.system, { id: article._id, input: { brandIds } });
  const target = await write('cups');
  const article = await write(`[cups](/help/en/articles/${target.slug})`);
  const broken = async () => (await brokenLinks(house.ctx)).rows.some((row) => row.articleId === article._id);
  await belong(target, [tea]);
  expect(await broken()).toBe(true);
  await belong(article, [tea]);
  expect(await broken()).toBe(false);
  await belong(article, [tea, coffee]);
  expect(await broken()).toBe(true);
  expect(await refusal(belong(article, [tea, 'f'.repeat(24)]))).toBe('bad-input');
  await removeBrand(house.ctx, house.system, coffee);
  expect((await belong(article, [coffee])).brandIds).toEqual([coffee]);
});

test('a visit counts once, its growing question once; gaps and deflection follow from visits and tickets', async () => {
  const visit = (session: string) => ({ session, front: 'widget', locale: 'en' });
  for (const q of ['exp', 'export', 'export my data']) await noteSearch(house.ctx, visit('visit-one'), { q, results: 0 });
  await noteSearch(house.ctx, visit('visit-two'), { q: 'export data as csv', results: 0 });
  await noteWrote(house.ctx, visit('visit-two'), 'd'.repeat(24));
  await noteSearch(house.ctx, visit('visit-tri'), { q: 'reset password', results: 3 });
  await noteRead(house.ctx, visit('visit-tri'), 'e'.repeat(24));
  expect((await HelpSessions.findOne({ companyId: house.ctx.companyId, key: 'visit-one' }).lean())?.searches.map((search) => search.q)).toEqual(['export my data']);
  tickets = ['Export of my data', '', ''].map((subject, i) => ({ id: String.fromCharCode(100 + i).repeat(24), subject, ownerId: null, solved: false, createdAt: new Date(house.ctx.clock.now()) }));
  const [gap, ...others] = await gapsOf(house.ctx, 30);
  expect(others.flatMap((other) => other.ticketIds)).toEqual([]);
  expect(gap).toMatchObject({ searches: 2, wrote: 1, tickets: 1, saves: 12 });
  expect(gap?.words).toContain('export');
  expect(await deflectionOf(house.ctx, 30)).toMatchObject({ visits: 0, rate: null });
  house.pass(25 * 3_600_000);
  expect(await deflectionOf(house.ctx, 30)).toMatchObject({ visits: 3, quiet: 2, wrote: 1, read: 1, readQuiet: 1 });
});

test('what an erased customer searched, read, said and answered is gone; what is counted stays', async () => {
  const itsTicket = `f${'1'.repeat(23)}`;
  const visit = { session: 'visit-gone', front: 'widget', locale: 'en' };
  const article = await changeArticle(house.ctx, house.system, { id: (await write('secret'))._id, input: { confidence: 'validated' } });
  await noteSearch(house.ctx, visit, { q: 'my private trouble', results: 1 });
  await noteRead(house.ctx, visit, article._id);
  await voteOn(house.ctx, article._id, { helpful: true, comment: 'I am Private Person', session: 'visit-gone', front: 'widget', audience: 'public', brandId: null });
  await noteWrote(house.ctx, visit, itsTicket);
  const step = { guideId: 'g', version: 1, at: 'name', answer: 'unknown', said: 'Private Person', confidence: 1, front: 'widget', by: 'customer', when: new Date(), dropped: false } as const;
  const run: Partial<GuideRunDoc> = { companyId: house.ctx.companyId, guideId: 'g', versions: {}, locale: 'en', begunIn: 'widget', front: 'widget', state: 'solved', steps: [step], code: '12345678', codeUntil: new Date(), attributes: { name: 'Private Person' }, startedAt: new Date(), updatedAt: new Date() };
  await GuideRuns.insertMany([{ ...run, ticketId: itsTicket }, { ...run, session: 'visit-gone' }, { ...run, session: 'somebody-else' }]);
  const before = await deflectionOf(house.ctx, 365);
  expect((await HelpSessions.findOne({ companyId: house.ctx.companyId, key: 'visit-gone' }).lean())?.ticketId).toBe(itsTicket);
  for (let twice = 0; twice < 2; twice += 1) await forgetVisits(house.ctx, [itsTicket]);
  const left = JSON.stringify([await HelpSessions.find({ companyId: house.ctx.companyId, ticketId: itsTicket }).lean(), await GuideRuns.find({ companyId: house.ctx.companyId, session: { $ne: 'somebody-else' } }).lean(), await Feedback.find({ companyId: house.ctx.companyId, articleId: article._id }).lean()]);
  for (const trace of ['rivate', 'visit-gone', '12345678']) expect(left).not.toContain(trace);
  expect((await GuideRuns.findOne({ companyId: house.ctx.companyId, session: 'somebody-else' }).lean())?.steps[0]?.said).toBe('Private Person');
  expect(await deflectionOf(house.ctx, 365)).toEqual(before);
});

test.each(['<script>alert(1)</script>', '[x](javascript:alert(1))', '![x](javascript:alert(1))', '<img src=x onerror=alert(1)>', '[x](data:text/html;base64,PHNjcmlwdD4=)', '"><svg onload=alert(1)>', '[a](vbscript:msgbox(1))', '<iframe src="//evil"></iframe>'])('hostile Markdown stays inert: %s', (text) => {
  const html = renderMarkdown(text);
  expect(html).not.toMatch(/<(script|img[^>]*onerror|svg|iframe)|(href|src)="(javascript|vbscript|data:text)/i);
});
