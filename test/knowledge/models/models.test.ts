// Models beside words, over a real connection: how they are asked, and that nothing they do or fail to do matters more than it should.
import { createBreaker } from '../../../server/knowledge/models/breaker';
import { endpointEmbedder, packagedEnglishEmbedder } from '../../../server/knowledge/models/embedders';
import { openEndpoint } from '../../../server/knowledge/models/endpoint';
import { endpointWriter } from '../../../server/knowledge/models/writer';
import { checkCitations } from '../../../server/knowledge/answers/check-citations';
import { writeAnswer } from '../../../server/knowledge';
import { embedArticles } from '../../../server/knowledge/embed-articles';
import { searchArticles } from '../../../server/knowledge/knowledge-index';
import { addArticle, changeArticle } from '../../../server/knowledge/write-article';
import { openHouse, refusal, type House } from '../../access/house';
import { until } from '../../support/session';
import { saying, startEndpoint, type EndpointServer } from './endpoint-server';

// Three ideas, so that texts without a common word can be near each other.
const ideas = [/car|automobile|vehicle/i, /money|refund|cash/i, /house|home/i];
const vectors = (input: string[]) => ({ body: { data: input.map((text, index) => ({ index, embedding: [...ideas.map((idea) => (idea.test(text) ? 1 : 0)), 0.2] })).reverse() } });
let endpoint: EndpointServer;
let house: House;

beforeAll(async () => {
  endpoint = await startEndpoint(({ body }) => vectors(body.input));
  house = await openHouse({ MODELS_URL: endpoint.url, MODELS_KEY: 'the-key', EMBEDDING_MODEL: 'small', ANSWER_MODEL: 'clever' });
}, 60_000);
beforeEach(() => { endpoint.asked = []; });
afterAll(async () => {
  await endpoint.close();
  await house.stop();
});

describe('the endpoint', () => {
  const open = (failures = 3) => openEndpoint({ baseUrl: endpoint.url, apiKey: 'the-key', breaker: createBreaker({ failures, restMs: 60_000 }) });

  test('is asked with the key, in batches, and the order of the texts is kept', async () => {
    endpoint.reply = ({ body }) => vectors(body.input);
    const found = await endpointEmbedder(open(), 'small').embed([...Array<string>(64).fill('x'), 'my car'], 5000);
    expect([found.length, [...(found[64] ?? [])].map(Math.round), endpoint.asked.map((one) => [one.path, one.key, one.body.input.length])]).toEqual([65, [1, 0, 0, 0], [['/v1/embeddings', 'Bearer the-key', 64], ['/v1/embeddings', 'Bearer the-key', 1]]]);
  });

  test.each([
    ['a refusal', { status: 429 }, '429'], ['something else', { body: { data: 'x' } }, 'something else'], ['too few vectors', { body: { data: [] } }, 'left out'], ['a slow one', { after: 30_000 }, /abort|time/i], ['a way to somewhere else', { status: 302, to: 'http://127.0.0.1:9/' }, /redirect|fetch/i],
  ])('%s is a failure that does not tell the key', async (_what, reply, why) => {
    endpoint.reply = () => reply;
    const error = await endpointEmbedder(open(), 'small').embed(['a'], 'after' in reply ? 200 : 30_000).then(() => null, (failed: Error) => failed);
    expect([String(error?.message), String((error?.cause as Error | undefined)?.message)].join(' ')).toMatch(why);
    expect(JSON.stringify(error) + String(error?.stack)).not.toContain('the-key');
  });

  test('is left alone after some failures in a row, and tried once again later', async () => {
    let now = 0;
    const breaker = createBreaker({ failures: 3, restMs: 1000, now: () => now });
    const fail = () => breaker.run(() => Promise.reject(new Error('down'))).then(() => '', (error: Error) => error.message);
    expect([await fail(), await fail(), await fail(), await fail()].map((said) => said === 'down')).toEqual([true, true, true, false]);
    now = 1001;
    expect([await fail() === 'down', await fail() === 'down']).toEqual([true, false]);
    now = 3000;
    expect([await breaker.run(async () => 'up'), await breaker.run(async () => 'up')]).toEqual(['up', 'up']);
  });

  test('the packaged model is not needed', async () => {
    const outcome = await packagedEnglishEmbedder().embed(['hello'], 1).then(([vector]) => vector?.length, (error: Error) => /Cannot find/.test(error.message) && 'not installed');
    expect([512, 'not installed']).toContain(outcome);
  });
});

describe('what a writer says', () => {
  const check = (text: string, locale = 'en') => checkCitations(text, 2, locale).map(({ text: said, sources }) => `${said}|${sources.join()}`);
  test.each([
    ['names stand before or behind the full stop', 'Unplug it [1]. Wait a minute. [2] Done.', ['Unplug it.|1', 'Wait a minute.|2']],
    ['several names, in one bracket or each in its own', 'A [1, 2]. B [2][1][2].', ['A.|1,2', 'B.|1,2']],
    ['what names nothing, or an article that was not given, is left out', 'Invented. Half true [1][3]. True [2].', ['True.|2']],
    ['zero and absurd numbers name nothing', 'A [0]. B [999]. C [-1].', []],
    ['a number alone says nothing', '[1] [2].', []],
    ['a list', '- First do this [1]\n2. Then **that** [2]', ['First do this|1', 'Then that|2']],
    ['nothing', 'NONE', []],
    ['HTML stays text', '<img src=x onerror=alert(1)> [1]', ['<img src=x onerror=alert(1)>|1']],
    ['signs that turn or hide text go', 'a\u202eb\u0007c [1].', ['a b c.|1']],
  ])('%s', (_what, text, expected) => expect(check(text)).toEqual(expected));
  test('in Chinese and Korean', () => {
    expect(check('请重启设备[1]。然后等待【2】。', 'zh')).toEqual(['请重启设备。|1', '然后等待。|2']);
    expect(check('전원을 끄세요. [1] 1분 기다리세요 [2].', 'ko')).toEqual(['전원을 끄세요.|1', '1분 기다리세요.|2']);
  });
  test('is never longer than it should be', async () => {
    endpoint.reply = () => saying('x'.repeat(9000));
    expect(await endpointWriter(openEndpoint({ baseUrl: endpoint.url }), 'clever')({ rules: '', given: '' })).toHaveLength(4000);
  });
});

describe('in the house', () => {
  const write = (title: string, body: string, audience: 'public' | 'internal' = 'public') => addArticle(house.ctx, house.system, { category: '', audience, confidence: 'validated', texts: [{ locale: 'en', title, body, keywords: [] }] });
  const sweep = () => embedArticles({ ids: async () => [house.ctx.companyId], of: () => house.ctx }, house.services);
  const find = async (q: string) => (await searchArticles(house.ctx, { q, locale: 'en', audience: 'public', limit: 5 })).hits.map((hit) => hit.title);
  const answer = (q: string) => writeAnswer(house.ctx, { q, locale: 'en', audience: 'public', brandId: null, by: `${q}-asker` });

  test('vectors are made once for the same words, and searched; words go on when the endpoint is down', async () => {
    endpoint.reply = ({ body }) => vectors(body.input);
    const insurance = await write('Automobile insurance', 'What the policy covers.');
    await write('Cash back', 'When funds return to the account.');
    await write('Vehicle fleet', 'Of the company.', 'internal');
    house.pass(5000);
    await sweep();
    expect(endpoint.asked.flatMap((one) => one.body.input)).toHaveLength(3);
    await until('the vectors here', async () => (await find('my car')).includes('Automobile insurance'));
    expect(await find('my car')).not.toContain('Vehicle fleet');
    endpoint.asked = [];
    await changeArticle(house.ctx, house.system, { id: insurance._id, input: { category: 'Cars' } });
    house.pass(5000);
    await sweep();
    expect(endpoint.asked).toEqual([]);
    endpoint.reply = () => ({ status: 500 });
    expect(await find('cash')).toContain('Cash back');
  });

  test('an answer holds what its sentences name; the question and the articles go along as data', async () => {
    endpoint.reply = () => saying('Money returns to the account [1]. We also pay you twice. Trust me [7].');
    const written = await answer('when does cash return');
    expect([written.state, written.sentences, written.sources.map((source) => [source.number, source.title])]).toEqual(['answered', [{ text: 'Money returns to the account.', sources: [1] }], [[1, 'Cash back']]]);
    const [asked] = endpoint.asked.filter((one) => one.path === '/v1/chat/completions');
    expect(JSON.parse(asked?.body.messages[1]?.content ?? '')).toMatchObject({ question: 'when does cash return', articles: [{ number: 1, title: 'Cash back' }] });
    expect(JSON.stringify(asked?.body)).not.toContain('Vehicle fleet');
  });

  test.each([['nothing fits', saying('NONE'), 'unknown'], ['every sentence lies about its sources', saying('Free money [9].'), 'unknown'], ['the endpoint fails', { status: 500 }, 'unavailable']])('%s: no answer', async (_what, reply, state) => {
    endpoint.reply = () => reply;
    expect(await answer('when does cash return')).toEqual({ state, sentences: [], sources: [] });
  });

  test('nobody asks without end', async () => {
    endpoint.reply = () => saying('NONE');
    const ask = () => writeAnswer(house.ctx, { q: 'cash', locale: 'en', audience: 'public', brandId: null, by: 'one' });
    for (let i = 0; i < 10; i += 1) await ask();
    expect(await refusal(ask())).toBe('too-many-requests');
  });
});
