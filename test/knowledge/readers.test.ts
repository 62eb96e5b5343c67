// Who finds what: products, versions, audiences, synonyms of the company, and what is governed, against a real store.
import { articleById, type ArticleDoc } from '../../server/knowledge/article.model';
import { changeKnowledgeSettings, refreshArticle, searchArticles, type Question } from '../../server/knowledge/knowledge-index';
import { listArticles } from '../../server/knowledge/list-articles';
import { openArticle, openProducts, publicArticles, showArticle } from '../../server/knowledge/public-article';
import { audienceOf } from '../../server/knowledge/readers';
import { addArticle, changeArticle } from '../../server/knowledge/write-article';
import { addBrand, removeBrand } from '../../server/brands/put-brand';
import type { Actor } from '../../server/kernel';
import { openHouse, refusal, type House } from '../access/house';

let house: House;
beforeAll(async () => {
  house = await openHouse();
}, 60_000);
afterAll(() => house.stop());

type Extra = Partial<Pick<ArticleDoc, 'audience' | 'confidence' | 'products' | 'versions' | 'brandIds' | 'governance'>>;
const write = async (title: string, extra: Extra = {}): Promise<ArticleDoc> => {
  const article = await addArticle(house.ctx, house.system, { category: '', audience: 'public', confidence: 'validated', texts: [{ locale: 'en', title, body: `${title}: hold the button.`, keywords: [] }], ...extra });
  await refreshArticle(house.ctx, article._id);
  return article;
};
const find = async (q: string, more: Partial<Question> = {}) => (await searchArticles(house.ctx, { q, locale: 'en', audience: 'public', limit: 20, brandId: null, ...more })).hits.map((hit) => hit.title).sort();
const list = async (asked: Partial<Parameters<typeof listArticles>[1]>) => (await listArticles(house.ctx, { limit: 50, ...asked })).rows.map((row) => row.texts[0]?.title);

test('an article about a product and its versions is found for these, one about none for all; "2" is every 2.x and not 20', async () => {
  await write('Reset anything');
  await write('Reset the Atlas 2', { products: ['Atlas'], versions: ['2'] });
  await write('Reset the Atlas 20', { products: ['Atlas'], versions: ['20.1'] });
  await write('Reset the Hub', { products: ['Hub'] });
  expect(await find('reset', { product: 'atlas' })).toEqual(['Reset anything', 'Reset the Atlas 2', 'Reset the Atlas 20']);
  expect(await find('reset', { product: 'Atlas', version: 'v2.3.1' })).toEqual(['Reset anything', 'Reset the Atlas 2']);
  expect(await find('reset', { product: 'Atlas', version: '20.1' })).toEqual(['Reset anything', 'Reset the Atlas 20']);
  expect((await list({ product: 'Atlas', version: '2.1' })).sort()).toEqual(['Reset anything', 'Reset the Atlas 2']);
  expect((await list({ q: 'reset', product: 'Hub' })).sort()).toEqual(['Reset anything', 'Reset the Hub']);
  expect(await openProducts(house.ctx, { brandId: null, audience: 'public' })).toEqual(['Atlas', 'Hub']);
});

test('signed-in customers and partners read what is written for them, nobody else does', async () => {
  await changeKnowledgeSettings(house.ctx, { synonyms: [], partnerDomains: ['dealer.example'] });
  expect(await Promise.all([null, 'a@customers.example', 'b@dealer.example', 'b@notdealer.example'].map((email) => audienceOf(house.ctx, email)))).toEqual(['public', 'customers', 'partners', 'customers']);
  const [own, dealers] = [await write('Warranty portal', { audience: 'customers' }), await write('Warranty prices', { audience: 'partners' })];
  await write('Warranty notes', { audience: 'internal' });
  expect(await Promise.all((['public', 'customers', 'partners', 'internal'] as const).map(async (audience) => (await find('warranty', { audience })).length))).toEqual([0, 1, 2, 3]);
  expect(await find('warranty', { audience: 'internal', writtenFor: 'partners' })).toEqual(['Warranty prices']);
  const reader = (audience: 'public' | 'customers' | 'partners') => ({ brandId: null, audience });
  expect(await openArticle(house.ctx, own.slug, reader('public'))).toBeNull();
  expect((await openArticle(house.ctx, own.slug, reader('customers')))?._id).toBe(own._id);
  expect(await refusal(showArticle(house.ctx, dealers._id, { locale: 'en', ...reader('customers') }))).toBe('not-found');
  expect((await showArticle(house.ctx, dealers._id, { locale: 'en', ...reader('partners') })).title).toBe('Warranty prices');
  expect((await publicArticles(house.ctx, { locale: 'en', limit: 50, ...reader('customers') })).map((row) => row.title)).toEqual(expect.arrayContaining(['Warranty portal', 'Reset anything']));
});

test('synonyms of the company are known to the next search, also in other forms; slips are told', async () => {
  await write('Couch cleaning');
  expect(await find('sofas')).toEqual([]);
  await changeKnowledgeSettings(house.ctx, { synonyms: [['sofa', 'couch']], partnerDomains: [] });
  expect(await find('my sofas')).toEqual(['Couch cleaning']);
  expect((await searchArticles(house.ctx, { q: 'cleanign', locale: 'en', audience: 'public', limit: 5, brandId: null })).corrected).toEqual([{ typed: 'cleanign', used: 'cleaning' }]);
  await changeKnowledgeSettings(house.ctx, { synonyms: [], partnerDomains: [] });
  expect(await find('sofas')).toEqual([]);
});

test('colleagues find articles in every state, the best answer first', async () => {
  await write('Lantern battery', { confidence: 'draft', audience: 'internal' });
  await write('Battery of the lantern and other lamps');
  expect((await list({ q: 'lantern battery' }))[0]).toBe('Lantern battery');
  expect(await list({ q: 'lantern battery', confidence: 'draft' })).toEqual(['Lantern battery']);
  expect(await list({ q: 'lantern', locale: 'ko' })).toEqual([]);
});

test('what is governed by rules is changed only by whoever may publish', async () => {
  const author: Actor = { kind: 'account', id: 'a'.repeat(24), abilities: new Set(['article.read', 'article.write']) } as unknown as Actor;
  const article = await write('Data protection', { governance: 'compliance', audience: 'internal', confidence: 'draft' });
  expect(await refusal(changeArticle(house.ctx, author, { id: article._id, input: { category: 'Law' } }))).toBe('not-allowed');
  expect(await refusal(changeArticle(house.ctx, author, { id: article._id, input: { governance: 'experience' } }))).toBe('not-allowed');
  expect((await changeArticle(house.ctx, house.system, { id: article._id, input: { category: 'Law' } })).category).toBe('Law');
});

test('what belonged to a removed brand alone is listed for its authors', async () => {
  const settings = { key: 'mugs', name: 'Mugs', colour: '#336699', logoId: null, hosts: [], locale: 'en', queueId: '', chatQueueId: '' };
  const brand = await addBrand(house.ctx, house.system, { settings, ports: { queueExists: async () => true } });
  const article = await write('Mug care', { brandIds: [brand._id] });
  expect(await list({ gone: 'brand' })).toEqual([]);
  await removeBrand(house.ctx, house.system, brand._id);
  expect(await list({ gone: 'brand' })).toEqual(['Mug care']);
  expect((await articleById(house.ctx.companyId, article._id))?.brandIds).toEqual([brand._id]);
});
