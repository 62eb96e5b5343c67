import { z } from 'zod';
import { endpoint } from './endpoint';
import { brandIds, brandKey, count, flag, id, line, locale, moment, nothing, page, paging, text } from './fields';

const audience = z.enum(['internal', 'partners', 'customers', 'public']).describe('Who may read it');
const confidence = z.enum(['draft', 'not-validated', 'validated', 'archived']).describe('How far it can be trusted: work in progress, not validated, validated, archived');
const governance = z.enum(['experience', 'compliance']).describe('experience: whoever writes articles mends it; compliance: only whoever may publish changes it, whatever its state');
const product = z.string().trim().min(1).max(80).describe('Product');
const version = z.string().trim().min(1).max(40).describe('Version of a product: "2" means every 2.x');
const products = z.array(product).max(50).describe('Products it is about; none: it fits all');
const versions = z.array(version).max(50).describe('Versions it is about; none: it fits all');

/** One language of an article. Markdown throughout. */
export const articleText = z.strictObject({
  locale: locale('Language'), title: line(300, 'Title'),
  body: text(200_000, 'Markdown: the answer, or its parts, each below a heading of its key: ## {issue}, ## {environment}, ## {cause}, ## {resolution}. Readers see the headings in the language of the text'),
  keywords: z.array(line(60, 'Keyword')).max(50).default([]).describe('Words customers use that the text lacks'),
});
export type ArticleText = z.output<typeof articleText>;

/** An article with all its languages. */
export const article = z.object({
  id: id('Article id'), slug: line(120, 'Part of its address'), category: z.string().max(80).describe('Category'), audience, confidence, governance, products, versions, brandIds,
  texts: z.array(articleText).min(1), version: count('Goes up with every change'), ownerId: id('Author').nullable(), updatedAt: moment('Last change'),
  views: count('Times read'), helpful: count('Votes that it helped'), unhelpful: count('Votes that it did not'), reused: count('Times it answered a ticket'), reviewAt: moment('When somebody must look at it again').nullable(), reviewedAt: moment('Last looked at: changed, linked, or mended').nullable(), publishAt: moment('When it is published by itself').nullable(),
  flags: z.array(z.object({ id: id('Flag'), text: z.string().describe('What is wrong'), ticketId: id('Where it came up').nullable(), by: z.string().nullable().describe('Account'), at: moment('When') })).describe('Open faults'), can: z.array(z.string()).describe('What the reader may do'),
});
/** An article with all its languages. */
export type Article = z.output<typeof article>;

const range = z.tuple([z.int(), z.int()]).describe('First and last+1 character');
/** A piece of a text in plain words. */
export const passage = z.object({ text: z.string().describe('The part that answers best'), marks: z.array(range).describe('Where the words asked for stand') });
/** One answer of a search. */
export const searchHit = z.object({
  kind: z.enum(['article', 'guide']).describe('What was found'), articleId: id('Article, or guide'), slug: z.string().describe('Address part; empty for a guide'), title: z.string().describe('Title in the language found'), locale: z.string().describe('Language found'),
  passage: passage.describe('The best passage'),
  score: z.number().describe('Higher is better; comparable only within one answer'),
});
export type SearchHit = z.output<typeof searchHit>;

/** A word nobody wrote, and the one that was looked for instead. */
export const corrected = z.array(z.object({ typed: z.string().describe('As it was asked'), used: z.string().describe('What was looked for as well') })).describe('Misspelt words');
const narrowed = { product: product.exactOptional().describe('Only what is about this product, or about none in particular'), version: version.exactOptional().describe('Likewise; an article about 2 fits 2.3') };

/** An answer that was written from articles and guides, each sentence with its sources. */
export const helpAnswer = z.object({
  state: z.enum(['answered', 'unknown', 'unavailable']).describe('unknown: the articles do not say; unavailable: nobody writes answers here, or not now'),
  sentences: z.array(z.object({ text: z.string().describe('Plain text'), sources: z.array(count('Number of a source')).min(1).describe('Where it comes from') })).describe('The answer'),
  sources: z.array(searchHit.pick({ kind: true, articleId: true, slug: true, title: true, locale: true }).extend({ number: count('As the sentences name it') })).describe('What the answer names'),
});
/** An answer that was written from articles and guides, each sentence with its sources. */
export type HelpAnswer = z.output<typeof helpAnswer>;

/** An article as a customer reads it. */
export const publicArticle = z.object({ id: id('Article'), slug: z.string().describe('Part of its address'), title: z.string().describe('Title'), html: z.string().describe('Sanitised HTML'), locale: z.string().describe('Language shown'), locales: z.array(z.string().describe('Language')).describe('Languages it exists in'), otherLanguage: flag('Not available in the language asked for'), updatedAt: moment('Last change') });
export type PublicArticle = z.output<typeof publicArticle>;

const byId = z.strictObject({ id: id('Article') });
const visit = { session: z.string().regex(/^[\w-]{8,60}$/).exactOptional().describe('Chosen at random by the front end for one visit, so that it can be told whether the answer helped; says nothing about who asks') };
const q = z.string().trim().min(1).max(500).describe('The question in the asker\'s own words');

/** What a company says about its knowledge as a whole. */
export const knowledgeSettings = z.strictObject({
  synonyms: z.array(z.array(line(60, 'Word or phrase')).min(2).max(20).describe('Words that mean the same here')).max(1000).default([]).describe('Groups of words that mean the same in this company, in any language'),
  partnerDomains: z.array(z.string().trim().toLowerCase().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'must be a domain such as partner.example')).max(500).default([]).describe('Whoever signs in to the help centre with an address of these domains reads what is written for partners'),
});
export type KnowledgeSettings = z.output<typeof knowledgeSettings>;

/** Endpoints of articles and of the public help. */
export const knowledgeEndpoints = {
  list: endpoint({ name: 'article.list', method: 'GET', path: '/articles', summary: 'Articles, last changed first; with words the best answer first, up to `limit`', audience: 'account',
    query: z.strictObject({ ...paging, ...narrowed, confidence: confidence.exactOptional(), audience: audience.exactOptional(), locale: locale('Written in this language').exactOptional(), gone: z.literal('brand').exactOptional().describe('brand: only what belongs to brands that were removed, and so is shown nowhere'), brandId: id('What readers of this brand see').exactOptional(), q: z.string().max(200).exactOptional().describe('Words') }), response: page(article) }),
  read: endpoint({ name: 'article.read', method: 'GET', path: '/articles/:id', summary: 'One article with all languages', audience: 'account', params: byId, response: article }),
  add: endpoint({ name: 'article.add', method: 'POST', path: '/articles', summary: 'Write an article', audience: 'account',
    body: z.strictObject({ category: z.string().max(80).default('').describe('Category'), audience: audience.default('public'), confidence: confidence.default('draft'), governance: governance.default('experience'), products: products.default([]), versions: versions.default([]), brandIds: brandIds.default([]), texts: z.array(articleText).min(1) }), response: article }),
  change: endpoint({ name: 'article.change', method: 'PATCH', path: '/articles/:id', summary: 'Change an article', audience: 'account', params: byId,
    body: z.strictObject({ category: z.string().max(80).describe('Category').exactOptional(), audience: audience.exactOptional(), confidence: confidence.exactOptional(), governance: governance.exactOptional(), products: products.exactOptional(), versions: versions.exactOptional(), brandIds: brandIds.exactOptional(), texts: z.array(articleText).min(1).exactOptional(), ownerId: id('New owner').nullable().exactOptional(), reviewAt: moment('Look at it again').nullable().exactOptional(), publishAt: moment('Publish by itself').nullable().exactOptional(), version: count('The version the change is based on').exactOptional() }), response: article }),
  suggest: endpoint({ name: 'article.suggest', method: 'GET', path: '/article-search', summary: 'Search for colleagues, internal articles included', audience: 'account',
    query: z.strictObject({ q, locale: locale('Language').exactOptional(), ...narrowed, audience: audience.exactOptional().describe('Only what is written for these readers'), brandId: id('Only what readers of this brand see').exactOptional(), topic: z.string().max(80).exactOptional().describe('What the question is about: articles of this category come first among equals') }), response: z.object({ hits: z.array(searchHit), otherLanguage: flag('Nothing fitting in the language asked for, so these are in another'), corrected }) }),
  search: endpoint({ name: 'help.search', method: 'GET', path: '/help/search', summary: 'Search the public knowledge base', audience: 'public',
    query: z.strictObject({ q, locale: locale('Language').exactOptional(), brand: brandKey, ...narrowed, ...visit, limit: z.coerce.number().int().min(1).max(20).default(5).describe('Answers') }),
    response: z.object({ hits: z.array(searchHit), otherLanguage: flag('Nothing fitting in the language asked for, so these are in another'), corrected, answers: flag('An answer with sources can be asked for') }) }),
  answer: endpoint({ name: 'help.answer', method: 'GET', path: '/help/answer', summary: 'An answer written from the public articles, with its sources; takes seconds', audience: 'public',
    query: z.strictObject({ q, locale: locale('Language'), brand: brandKey }), response: helpAnswer }),
  popular: endpoint({ name: 'help.popular', method: 'GET', path: '/help/popular', summary: 'The most read public articles', audience: 'public',
    query: z.strictObject({ locale: locale('Language').exactOptional(), brand: brandKey }), response: z.object({ rows: z.array(z.object({ id: id('Article'), title: z.string().describe('Title') })).describe('Most read first') }) }),
  show: endpoint({ name: 'help.article', method: 'GET', path: '/help/articles/:id', summary: 'A public article as HTML; counts as read', audience: 'public', params: byId,
    query: z.strictObject({ locale: locale('Language').exactOptional(), brand: brandKey, ...visit }), response: publicArticle }),
  vote: endpoint({ name: 'help.vote', method: 'POST', path: '/help/articles/:id/votes', summary: 'Say whether an article helped', audience: 'public', params: byId,
    body: z.strictObject({ helpful: flag('Did it help'), reason: z.enum(['wrong', 'unclear', 'incomplete', 'other']).exactOptional().describe('What was wrong with it'), comment: text(1000, 'Why').exactOptional(), brand: brandKey, ...visit }), response: nothing }),
  settings: endpoint({ name: 'knowledge.settings', method: 'GET', path: '/knowledge/settings', summary: 'How this company\'s knowledge is searched and who reads it', audience: 'account', response: knowledgeSettings.extend({ products: z.array(z.string().describe('Product')).describe('Products that articles are about, by name') }) }),
  putSettings: endpoint({ name: 'knowledge.put-settings', method: 'PUT', path: '/knowledge/settings', summary: 'Replace the synonyms and the partners; the next search knows them', audience: 'account', body: knowledgeSettings, response: nothing }),
};
