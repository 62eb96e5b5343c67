import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { addMeaning, createSearchIndex, endpointEmbedder, packagedEnglishEmbedder, type Embedder, type SearchDocument } from '../../../server/knowledge/search';

/** An embedder that knows three ideas; enough to see fusion work. */
const IDEAS = [/car|automobile|vehicle/i, /money|refund|cash/i, /house|home/i];
const ideas: Embedder = { name: 'ideas', embed: async (texts) => texts.map((text) => Float32Array.from([...IDEAS.map((idea) => (idea.test(text) ? 1 : 0)), 0.2])) };
const documents: SearchDocument[] = [
  { id: 'car', title: 'Automobile insurance', body: 'What the policy covers.', language: 'en', audience: 'public' },
  { id: 'cash', title: 'Cash back', body: 'When money returns to the account.', language: 'en', audience: 'public' },
  { id: 'home', title: 'House insurance', body: 'Fire and water.', language: 'en', audience: 'public' },
  { id: 'secret', title: 'Vehicle fleet', body: 'Of the company.', language: 'en', audience: 'internal' },
];

async function filled(embedder: Embedder): Promise<ReturnType<typeof addMeaning>> {
  const index = createSearchIndex();
  const meaning = addMeaning(index, embedder);
  for (const document of documents) {
    index.put(document);
    await meaning.put(document);
  }
  return meaning;
}

describe('meaning beside words', () => {
  it('finds what shares no word with the question, within what the reader may see', async () => {
    const meaning = await filled(ideas);
    expect(meaning.size).toBe(4);
    const { hits } = await meaning.search({ q: 'my car', lang: 'en', filters: { audiences: ['public'], language: 'en' } });
    expect(hits[0]?.id).toBe('car');
    expect(hits.map((hit) => hit.id)).not.toContain('secret');
    meaning.remove('car');
    expect(meaning.size).toBe(3);
  });

  it('goes on with words alone when the embedder is down', async () => {
    const meaning = await filled({ name: 'down', embed: () => Promise.reject(new Error('down')) });
    expect(meaning.size).toBe(0);
    expect((await meaning.search({ q: 'cash', lang: 'en', limit: 1 })).hits.map((hit) => hit.id)).toEqual(['cash']);
  });
});

describe('an OpenAI-compatible endpoint', () => {
  let asked: { path: string | undefined; key: string | undefined; body: { model: string; input: string[] } }[] = [];
  let reply: (input: string[]) => { status: number; body: unknown };
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const body = JSON.parse(text) as { model: string; input: string[] };
      asked.push({ path: request.url, key: request.headers.authorization, body });
      const { status, body: answer } = reply(body.input);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  beforeEach(() => {
    asked = [];
    reply = (input) => ({ status: 200, body: { data: input.map((text, index) => ({ index, embedding: [text.length, 1] })).reverse() } });
  });
  const embedder = (): Embedder => endpointEmbedder({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`, model: 'small', apiKey: 'key', batch: 2 });

  it('asks in batches and keeps the order of the texts', async () => {
    const vectors = await embedder().embed(['a', 'bb', 'ccc']);
    expect(vectors.map((vector) => vector[0])).toEqual([1, 2, 3]);
    expect(asked.map((call) => [call.path, call.key, call.body.model, call.body.input])).toEqual([
      ['/v1/embeddings', 'Bearer key', 'small', ['a', 'bb']], ['/v1/embeddings', 'Bearer key', 'small', ['ccc']],
    ]);
  });

  it('fails clearly on refusals and on missing vectors', async () => {
    reply = () => ({ status: 429, body: {} });
    await expect(embedder().embed(['a'])).rejects.toThrow('429');
    reply = () => ({ status: 200, body: { data: [] } });
    await expect(embedder().embed(['a'])).rejects.toThrow('left out');
  });
});

it('does without the packaged model when it is not installed', async () => {
  const embedder = await packagedEnglishEmbedder();
  if (embedder) expect((await embedder.embed(['hello']))[0]?.length).toBe(512);
  else expect(embedder).toBeUndefined();
});
