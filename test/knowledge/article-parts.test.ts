// Parts of an article: known by their keys or by headings somebody wrote out, shown in the article's language, searched with weights of their own.
import { partHeadings, partsOf, shownMarkdown, withEveryPart } from '../../protocol';
import { documentsOf } from '../../server/knowledge/documents';
import { plainMarkdown } from '../../server/knowledge/plain-markdown';
import type { ArticleDoc } from '../../server/knowledge';
import { createSearchIndex } from '../../server/knowledge/search';

const keyed = 'Note.\n\n## {issue}\nThe lamp flickers.\n\n## {environment}\n\n## {cause}\n```\n## {resolution}\n```\n\n## {resolution}\nTighten it.';

test('a part begins at its key or at its heading in the language, never inside code', () => {
  expect(partsOf(keyed, 'en')).toEqual([{ key: null, text: 'Note.' }, { key: 'issue', text: 'The lamp flickers.' }, { key: 'environment', text: '' }, { key: 'cause', text: '```\n## {resolution}\n```' }, { key: 'resolution', text: 'Tighten it.' }]);
  expect(partsOf('# 문제\n깜박임\n### 해결 ###\n조이기', 'ko-KR').map(({ key }) => key)).toEqual(['issue', 'resolution']);
  expect(partsOf('## Issue\nx', 'ko')).toEqual([{ key: null, text: '## Issue\nx' }]);
});

test('readers see headings in the language of the text, and no empty parts', () => {
  expect(shownMarkdown(keyed, 'ja')).toBe('Note.\n\n## 問題\n\nThe lamp flickers.\n\n## 原因\n\n```\n## {resolution}\n```\n\n## 解決\n\nTighten it.');
  expect(shownMarkdown('## Issue\nas it was', 'en')).toBe('## Issue\nas it was');
  expect(partHeadings('xx')).toEqual(['Issue', 'Environment', 'Cause', 'Resolution']);
});

test('the template keeps what is there', () => {
  expect(withEveryPart('It flickers.', 'en')).toBe('## {issue}\nIt flickers.\n\n## {environment}\n\n## {cause}\n\n## {resolution}');
  expect(withEveryPart('## Ursache\nKabel', 'de')).toBe('## {issue}\n\n## {environment}\n\n## {cause}\nKabel\n\n## {resolution}');
  expect(withEveryPart(withEveryPart(keyed, 'en'), 'en')).toBe(withEveryPart(keyed, 'en'));
});

test('an article whose issue has the words comes before one that has them in its environment', () => {
  const index = createSearchIndex();
  const article = (id: string, body: string) => ({ _id: id, texts: [{ locale: 'en', title: id, body, keywords: [] }], audience: 'public', confidence: 'validated' }) as unknown as ArticleDoc;
  for (const each of [article('around', '## {issue}\nSlow start of the engine\n\n## {environment}\nlamp flickers often'), article('asked', '## {issue}\nlamp flickers often\n\n## {environment}\nSlow start of the engine')]) documentsOf(each).forEach((document) => index.put(document));
  expect(index.search({ q: 'lamp flickers', lang: 'en' }).hits.map(({ id }) => id)).toEqual(['article:asked/en', 'article:around/en']);
});

test('what is found is shown as plain words, with the words asked for marked where they stand', () => {
  const body = '## {issue}\n# **Reset** the [hub](https://x.example/a_b) `now`\n\n> wait *ten* seconds\\!\n\n| colour | says |\n|---|---|\n| **red** | ~~no~~ network |\n\n1. Pull it\n2. ![the plug](p.png) Plug <b>in</b>\n\n```sh\nreset --all\n```\n\n* * *\nwords_with_lines 3 * 4';
  expect(plainMarkdown(shownMarkdown(body, 'en'))).toBe('Issue\nReset the hub now\nwait ten seconds!\ncolour · says\nred · no network\nPull it\nthe plug Plug <b>in</b>\nreset --all\nwords_with_lines 3 * 4');
  const index = createSearchIndex();
  documentsOf({ _id: 'x', texts: [{ locale: 'en', title: 'Hub', body, keywords: [] }], audience: 'public', confidence: 'validated' } as unknown as ArticleDoc).forEach((document) => index.put(document));
  const [passage] = index.search({ q: 'red network', lang: 'en' }).hits[0]?.passages ?? [];
  expect(passage?.text).toBe('red · no network');
  expect(passage?.ranges.map(([from, to]) => passage.text.slice(from, to))).toEqual(['red', 'network']);
});
