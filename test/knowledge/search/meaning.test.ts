import { addMeaning, createSearchIndex, meaningText, pack, vectorOf, type Embedder, type SearchDocument } from '../../../server/knowledge/search';

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
    const [numbers] = await ideas.embed([meaningText(document)], 1);
    if (numbers) meaning.set(document.id, pack(numbers));
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
    expect(vectorOf(pack(Float32Array.from([3, 4])).bytes).length).toBeCloseTo(Math.hypot(95, 127));
  });

  it('goes on with words alone when the embedder is down', async () => {
    const meaning = await filled({ name: 'down', embed: () => Promise.reject(new Error('down')) });
    expect((await meaning.search({ q: 'cash', lang: 'en', limit: 1 })).hits.map((hit) => hit.id)).toEqual(['cash']);
  });
});
