import { partsOf, shownMarkdown, type ArticleText, type GuideGraph, type PartKey } from '../../protocol';
import type { ArticleDoc } from './article.model';
import { say, type GuideDoc } from './guides';
import { plainMarkdown } from './plain-markdown';
import type { SearchDocument } from './search';

/** The parts of an indexed document's id. */
export function placeOf(documentId: string): { kind: 'article' | 'guide'; id: string; key: string } {
  const [key = ''] = documentId.split('/');
  const [kind, id = ''] = key.split(':');
  return { kind: kind === 'guide' ? 'guide' : 'article', id, key };
}

// People ask in the words of the issue; what surrounds it is often the same in many articles.
const weights: Record<PartKey, number> = { issue: 1.5, environment: 0.75, cause: 1, resolution: 1 };

// The headings of the parts are the same in every article: they neither tell texts apart nor make a passage worth showing.
function bodyOf({ body, locale }: Pick<ArticleText, 'body' | 'locale'>): Pick<SearchDocument, 'body' | 'parts'> {
  const parts = partsOf(body, locale);
  if (parts.every(({ key }) => key === null)) return { body: plainMarkdown(shownMarkdown(body, locale)) };
  const plain = parts.map(({ key, text }) => ({ text: plainMarkdown(text), weight: key === null ? 1 : weights[key] })).filter(({ text }) => text !== '');
  return { body: plain.map(({ text }) => text).join('\n'), parts: plain };
}

/** An article as it is searched, a document per language; its passages are shown as plain words. */
export const documentsOf = (article: ArticleDoc): SearchDocument[] => article.texts.map((text) => ({
  id: `article:${article._id}/${text.locale}`, title: text.title, ...bodyOf(text), keywords: text.keywords, language: text.locale, audience: article.audience, state: article.confidence, brands: article.brandIds ?? [], products: article.products ?? [], versions: article.versions ?? [],
}));

/** A published guide as it is searched, a document per language. */
export function documentsOfGuide({ guide, graph }: { guide: GuideDoc; graph: GuideGraph }): SearchDocument[] {
  return graph.locales.map((locale) => ({
    id: `guide:${guide._id}/${locale}`, title: say(graph.title, locale), language: locale, audience: guide.audience, state: 'validated', brands: guide.brandIds ?? [],
    body: [plainMarkdown(say(graph.about, locale)), ...graph.nodes.filter((node) => node.kind !== 'start').flatMap((node) => [say(node.title, locale), plainMarkdown(say(node.body, locale))])].filter(Boolean).join('\n\n'),
  }));
}
