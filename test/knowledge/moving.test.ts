// Articles in from folders of Markdown and out as an archive, against a real store.
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { Articles, exportKnowledge, importFolder, zip, type ArticleDoc } from '../../server/knowledge';
import { ArticleVersions } from '../../server/knowledge/making';
import { addBrand } from '../../server/brands/put-brand';
import { batches } from '../../server/knowledge/moving/import-folder';
import { beginImport, importById, importFiles } from '../../server/knowledge/moving/import-articles';
import { frontMatter, placeOf, readMarkdown, slugOfStem } from '../../server/knowledge/moving/markdown-file';
import type { Actor } from '../../server/kernel';
import { openHouse, refusal, type House } from '../access/house';

let house: House;
let folder: string;
const put = async (path: string, text: string | Buffer): Promise<void> => {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
};
const asked = { audience: 'public', confidence: 'validated', locale: 'en' } as const;
const bring = () => importFolder(house.ctx, house.system, { folder, progress: () => undefined, ...asked });
const all = () => Articles.find({ companyId: house.ctx.companyId }).sort({ slug: 1 }).lean<ArticleDoc[]>();

beforeAll(async () => {
  house = await openHouse();
  folder = await mkdtemp(join(tmpdir(), 'articles-'));
}, 60_000);
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await house.stop();
});

test('front matter is read line by line, whatever it holds', () => {
  const { fields, body } = frontMatter('---\r\ntitle: "A: \\"b\\""\r\nkeywords: [one, "two three"]\nnested:\n  - x\n---\nText\n---\nmore');
  expect([fields.get('title'), fields.get('keywords'), body]).toEqual(['A: "b"', '[one, "two three"]', 'Text\n---\nmore']);
  expect(frontMatter('---\nno end').body).toBe('---\nno end');
});

test.each([
  ['shop/returns.ko.md', 'shop/returns', 'ko'], ['ko/shop/returns.md', 'shop/returns', 'ko'], ['shop/returns.md', 'shop/returns', null], ['a/version.2.md', 'a/version.2', null], ['zh-Hant/a.markdown', 'a', 'zh-Hant'], ['a\\b.md', 'a/b', null], ['./docs/v.to.md', 'docs/v.to', null],
])('%s is %s in %s', (path, stem, locale) => expect(placeOf(path)).toMatchObject({ stem, locale }));

test('a title comes from front matter, the first heading or the name', () => {
  const titleOf = (text: string) => { const file = readMarkdown('x/my-file.md', text); return typeof file === 'string' ? file : [file.text.title, file.text.body, file.category]; };
  expect(titleOf('# Heading\nBody')).toEqual(['Heading', 'Body', 'x']);
  expect(titleOf('---\ntitle: T\ncategory: C\n---\n# Heading\nBody')).toEqual(['T', '# Heading\nBody', 'C']);
  expect(titleOf('Body')).toEqual(['my file', 'Body', 'x']);
  expect([titleOf(' \n'), titleOf('x'.repeat(200_001))]).toEqual(['empty', 'too-long']);
});

test('batches never part the languages of an article', () => {
  const paths = Array.from({ length: 450 }, (_, i) => [`${1000 + i}.en.md`, `${1000 + i}.ko.md`]).flat();
  const parts = [...batches(paths)];
  expect(parts.flat()).toEqual(paths);
  for (const part of parts) expect(part.length % 2).toBe(0);
});

test('a folder becomes articles with languages, links and pictures; a second time changes nothing; a change keeps the earlier text', async () => {
  await put('Orders/returns.en.md', '# Returns\nSee [payment](../payment.md#later) and ![box](box.png) and ![gone](gone.png).');
  await put('Orders/returns.ko.md', '# 반품\n반품 방법입니다.');
  await put('Orders/box.png', Buffer.from('89504e470d0a1a0a', 'hex'));
  await put('payment.md', '---\ntitle: Payment\naudience: internal\nkeywords: [card, refund]\n---\nBy card.');
  await put('.hidden/a.md', 'secret');
  await put('nothing.md', '');
  const row = await bring();
  expect(row).toMatchObject({ state: 'done', total: 4, done: 4, added: 2, changed: 0, faults: [{ path: 'nothing.md', why: 'empty' }, { path: 'Orders/gone.png', why: 'bad-picture' }] });
  const returns = (await all()).find((article) => article.slug === slugOfStem('Orders/returns'));
  const english = returns?.texts.find((text) => text.locale === 'en');
  expect([returns?.category, returns?.audience, returns?.texts.map((text) => text.locale).sort()]).toEqual(['Orders', 'public', ['en', 'ko']]);
  expect(english?.body).toMatch(new RegExp(`^See \\[payment\\]\\(/help/en/articles/${slugOfStem('payment')}#later\\) and !\\[box\\]\\(/files/[0-9a-f]{24}\\) and !\\[gone\\]\\(gone.png\\)\\.$`));
  expect(await house.ctx.blobs.info(house.ctx.companyId, /files\/(\w+)/.exec(english?.body ?? '')?.[1] ?? '')).toMatchObject({ owner: { kind: 'knowledge' }, expiresAt: null });
  expect((await all()).find((article) => article.slug === slugOfStem('payment'))).toMatchObject({ audience: 'internal', texts: [{ title: 'Payment', keywords: ['card', 'refund'] }] });
  await rm(join(folder, 'Orders/box.png'));
  await put('Orders/returns.en.md', '# Returns\nNew.');
  await rm(join(folder, 'Orders/returns.ko.md'));
  expect(await bring()).toMatchObject({ added: 0, changed: 1, same: 1 });
  const after = (await all()).find((article) => article._id === returns?._id);
  expect([after?.version, after?.texts.map((text) => text.locale)]).toEqual([2, ['en', 'ko']]);
  expect((await ArticleVersions.findOne({ companyId: house.ctx.companyId, articleId: after?._id ?? '', version: 1 }).lean())?.texts).toEqual(returns?.texts);
  expect(await bring()).toMatchObject({ added: 0, changed: 0, same: 2 });
});

test('everything comes out as an archive that can be read and imported again without a change', async () => {
  const parts: Buffer[] = [];
  for await (const part of zip(exportKnowledge(house.ctx))) parts.push(part);
  const files = unzip(Buffer.concat(parts));
  expect([...files.keys()].filter((path) => path.startsWith('articles/'))).toHaveLength(3);
  expect([...files.keys()].some((path) => /^versions\/[0-9a-f]{24}\/1\.json$/.test(path))).toBe(true);
  const { _id: id } = await beginImport(house.ctx, house.system, { ...asked, total: 3 });
  const markdown = [...files].filter(([path]) => path.endsWith('.md')).map(([path, content]) => ({ path, text: content.toString() }));
  expect(await importFiles(house.ctx, house.system, { id, files: markdown, pictures: {} })).toMatchObject({ done: 3, added: 0, changed: 0, same: 2 });
});

test('an export brings its pictures to a company that has none of them; where they are, they are not taken twice', async () => {
  const gone = 'c'.repeat(24);
  const content = Buffer.from('89504e470d0a1a0a', 'hex');
  const moved = await mkdtemp(join(tmpdir(), 'export-'));
  await mkdir(join(moved, 'files'));
  await writeFile(join(moved, 'files', `${gone}.png`), content);
  await writeFile(join(moved, 'lamp.en.md'), `---\nslug: lamp-moved\n---\n# Lamp\n![lamp](/files/${gone})`);
  const take = () => importFolder(house.ctx, house.system, { folder: moved, progress: () => undefined, ...asked });
  expect(await take()).toMatchObject({ added: 1, faults: [] });
  const body = async () => (await Articles.findOne({ companyId: house.ctx.companyId, slug: 'lamp-moved' }).lean<ArticleDoc>())?.texts[0]?.body ?? '';
  const [, here = ''] = /^!\[lamp\]\(\/files\/([0-9a-f]{24})\)$/.exec(await body()) ?? [];
  expect(here).not.toBe(gone);
  expect(await house.ctx.blobs.info(house.ctx.companyId, here)).toMatchObject({ type: 'image/png', owner: { kind: 'knowledge' } });
  await rm(join(moved, 'files'), { recursive: true });
  await mkdir(join(moved, 'files'));
  await writeFile(join(moved, 'files', `${here}.png`), content);
  await writeFile(join(moved, 'lamp.en.md'), `---\nslug: lamp-moved\n---\n# Lamp\n![lamp](/files/${here})`);
  expect(await take()).toMatchObject({ same: 1, changed: 0 });
  await rm(moved, { recursive: true });
});

test('a file names its brands by their keys, in a line or a list; one that names a brand which is not there is left out', async () => {
  const settings = { name: 'Tea', colour: '#336699', logoId: null, hosts: [], locale: 'en', queueId: '', chatQueueId: '' };
  const ports = { queueExists: async () => true };
  const [tea, coffee] = [await addBrand(house.ctx, house.system, { settings: { ...settings, key: 'tea' }, ports }), await addBrand(house.ctx, house.system, { settings: { ...settings, key: 'coffee' }, ports })];
  const take = async (texts: string[]) => {
    const { _id: id } = await beginImport(house.ctx, house.system, { ...asked, total: texts.length });
    return importFiles(house.ctx, house.system, { id, files: texts.map((text, i) => ({ path: `brewing-${i}.md`, text })), pictures: {} });
  };
  const held = async () => (await Articles.find({ companyId: house.ctx.companyId, slug: { $in: [0, 1, 2].map((i) => slugOfStem(`brewing-${i}`)) } }).sort({ 'texts.title': 1 }).lean<ArticleDoc[]>()).map(({ brandIds }) => brandIds);
  expect(await take(['---\ntitle: A\nbrands: [tea]\n---\nHot.', '---\ntitle: B\nbrands:\n  - tea\n  - coffee\n---\nHot.', '---\ntitle: C\nbrands: [cocoa]\n---\nHot.'])).toMatchObject({ added: 2, faults: [{ path: 'brewing-2.md', why: 'unknown-brand' }] });
  expect(await held()).toEqual([[tea._id], [tea._id, coffee._id]]);
  const files = new Map<string, string>();
  for await (const { path, content } of exportKnowledge(house.ctx)) files.set(path, content.toString());
  expect([...files].filter(([path]) => path.includes('brewing')).map(([, text]) => frontMatter(text).fields.get('brands'))).toEqual(expect.arrayContaining(['[tea]', '[tea, coffee]']));
  expect(await take(['---\ntitle: A\n---\nHot.', '---\ntitle: B\nbrands: []\n---\nHot.'])).toMatchObject({ changed: 1, same: 1 });
  expect(await held()).toEqual([[tea._id], []]);
});

test('an archive of more files than a short record can count says so in the long one', async () => {
  async function* many() {
    for (let i = 0; i < 65_536; i += 1) yield { path: String(i), content: Buffer.alloc(0) };
  }
  let last = Buffer.alloc(0);
  for await (const part of zip(many())) last = part as Buffer<ArrayBuffer>;
  const long = last.indexOf('PK\x06\x06', 'latin1');
  expect([last.readBigUInt64LE(long + 32), last.readUInt16LE(last.length - 12), last.readUInt32LE(last.length - 6)]).toEqual([65_536n, 0xffff, Number(last.readBigUInt64LE(long + 48))]);
});

test('who may not publish cannot do so by an import', async () => {
  const author: Actor = { kind: 'account', id: 'a'.repeat(24), name: 'A', abilities: new Set(['article.write'] as const), scope: 'all', teamId: null, sessionId: '' };
  expect(await refusal(beginImport(house.ctx, author, { ...asked, total: 1 }))).toBe('not-allowed');
  const { _id: id } = await beginImport(house.ctx, author, { audience: 'internal', confidence: 'draft', locale: 'en', total: 1 });
  expect(await refusal(importFiles(house.ctx, author, { id, files: [{ path: 'a.md', text: '---\naudience: public\nconfidence: validated\n---\nx' }], pictures: {} }))).toBe('not-allowed');
  expect(await refusal(importById(house.ctx, 'f'.repeat(24)))).toBe('not-found');
});

function unzip(archive: Buffer): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (let at = archive.readUInt32LE(archive.length - 6); archive.readUInt32LE(at) === 0x02014b50;) {
    const [packed, nameLength, from] = [archive.readUInt32LE(at + 20), archive.readUInt16LE(at + 28), archive.readUInt32LE(at + 42)];
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const start = from + 30 + archive.readUInt16LE(from + 26);
    found.set(name, inflateRawSync(archive.subarray(start, start + packed)));
    at += 46 + nameLength;
  }
  return found;
}
