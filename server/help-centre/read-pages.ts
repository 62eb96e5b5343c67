import type { SearchHit } from '../../protocol';
import { problem } from '../kernel';
import { answersOffered, noteRead, noteSearch, openArticle, openProducts, publicArticles, publicCategories, publicGuides, say, searchArticles, showArticle, writeAnswer } from '../knowledge';
import { html, Safe, trusted } from './html';
import { addressOf, page } from './page';
import type { Visitor } from './visit';

const front = 'help-centre';
/** What may be wrong with an article. */
export const reasons = ['wrong', 'unclear', 'incomplete', 'other'] as const;
const visitOf = ({ session, frame }: Visitor) => ({ session, front, locale: frame.tongue });

const searchForm = ({ frame: { t, tongue } }: Visitor, q: string, narrowing: Safe | false = false): Safe => html`<form class="find" role="search" action="${addressOf(tongue, '/search')}"><input type="search" name="q" value="${q}" maxlength="500" required dir="auto" aria-label="${t('question')}" placeholder="${t('question')}"><button>${t('search')}</button>${narrowing}</form>`;

interface Narrowed {
  product: string;
  version: string;
}

/** Which product and version the answers are for; not there where articles name none. */
async function narrowing({ ctx, frame: { t }, reader }: Visitor, { product, version }: Narrowed): Promise<Safe | false> {
  const products = await openProducts(ctx, reader);
  return products.length > 0 && html`<div class="narrow"><label for="product">${t('product')}</label><select id="product" name="product"><option value="">${t('every')}</option>${products.map((one) => html`<option${one === product ? html` selected` : ''}>${one}</option>`)}</select><label for="version">${t('version')}</label><input id="version" name="version" value="${version}" maxlength="40" size="6"></div>`;
}

/** The front page: the question, guides, topics, what is read most. */
export async function homePage(visitor: Visitor): Promise<string> {
  const { ctx, frame, reader } = visitor;
  const { t, tongue } = frame;
  const [categories, popular, guides] = await Promise.all([publicCategories(ctx, reader), publicArticles(ctx, { locale: tongue, limit: 6, ...reader }), publicGuides(ctx.companyId, reader.brandId)]);
  const open = guides.slice(0, 6);
  const body = html`<div class="hero"><h1>${t('how')}</h1>${searchForm(visitor, '')}</div>
${open.length > 0 && html`<section aria-labelledby="guides"><h2 id="guides">${t('guides')}</h2><ul class="cards">${open.map(({ guide, graph }) => html`<li><a href="${addressOf(tongue, `/guides/${guide._id}`)}">${say(graph.title, tongue)}</a><div class="quiet">${say(graph.about, tongue)}</div></li>`)}</ul></section>`}
${categories.length > 0 && html`<section aria-labelledby="topics"><h2 id="topics">${t('topics')}</h2><ul class="cards">${categories.map(({ name, count }) => html`<li><a href="${addressOf(tongue, `/topics/${encodeURIComponent(name)}`)}">${name}</a> <span class="quiet count">${count}</span></li>`)}</ul></section>`}
${popular.length > 0 && html`<section aria-labelledby="popular"><h2 id="popular">${t('popular')}</h2><ul class="list">${popular.map((one) => html`<li><a href="${addressOf(tongue, `/articles/${encodeURIComponent(one.slug)}`)}">${one.title}</a></li>`)}</ul></section>`}`;
  const data = [{ '@context': 'https://schema.org', '@type': 'WebSite', name: frame.brand.name, url: frame.origin + addressOf(tongue, ''), potentialAction: { '@type': 'SearchAction', target: `${frame.origin}${addressOf(tongue, '/search')}?q={q}`, 'query-input': 'required name=q' } }];
  return page(frame, { path: '', title: `${frame.brand.name} ${t('help')}`, about: t('how'), body, data });
}

/** A text with the words asked for marked. */
export function marked(text: string, marks: readonly (readonly [number, number])[]): Safe {
  let at = 0;
  const parts: (Safe | string)[] = [];
  for (const [from, to] of [...marks].sort((a, b) => a[0] - b[0])) {
    if (from < at) continue;
    parts.push(text.slice(at, from), html`<mark>${text.slice(from, to)}</mark>`);
    at = to;
  }
  return html`${parts}${text.slice(at)}`;
}

const pathOf = (tongue: string, hit: Pick<SearchHit, 'kind' | 'articleId' | 'slug'>): string => addressOf(tongue, hit.kind === 'guide' ? `/guides/${hit.articleId}` : `/articles/${encodeURIComponent(hit.slug)}`);
const hitOf = (tongue: string, hit: SearchHit): Safe => html`<li${hit.locale === tongue ? '' : html` lang="${hit.locale}"`}><a href="${pathOf(tongue, hit)}">${hit.title}</a><p dir="auto">${marked(hit.passage.text, hit.passage.marks)}</p></li>`;

async function answerOf({ ctx, frame: { t, tongue }, reader, request }: Visitor, q: string): Promise<Safe> {
  const { state, sentences, sources } = await writeAnswer(ctx, { q, locale: tongue, ...reader, by: request.ip ?? 'unknown' });
  if (state !== 'answered') return html`<p class="note" role="status">${t(state === 'unknown' ? 'written.unknown' : 'written.off')}</p>`;
  const marks = (numbers: readonly number[]): Safe => html`${numbers.map((number) => html` <a href="#source-${number}">[${number}]</a>`)}`;
  return html`<section class="note" aria-labelledby="written"><h2 id="written">${t('written')}</h2><p dir="auto">${sentences.map((sentence) => html`${sentence.text}${marks(sentence.sources)} `)}</p><ul class="list">${sources.map((source) => html`<li id="source-${source.number}">[${source.number}] <a href="${pathOf(tongue, source)}"${source.locale === tongue ? '' : html` lang="${source.locale}"`}>${source.title}</a></li>`)}</ul><p class="quiet">${t('written.about')}</p></section>`;
}

/** Answers to a question; `answer`: with one written from them on top. */
export async function searchPage(visitor: Visitor, form: Record<string, string>, answer = false): Promise<string> {
  const { ctx, frame, reader } = visitor;
  const { t, tongue } = frame;
  const [asked, product, version] = [(form['q'] ?? '').trim().slice(0, 500), (form['product'] ?? '').trim().slice(0, 80), (form['version'] ?? '').trim().slice(0, 40)];
  const found = asked === '' ? { hits: [], otherLanguage: false, corrected: [] } : await searchArticles(ctx, { q: asked, locale: tongue, limit: 10, ...reader, product, version });
  const written = answer && asked !== '' ? await answerOf(visitor, asked) : answersOffered(ctx) && found.hits.length > 0 && html`<form method="post" action="${addressOf(tongue, '/search')}"><input type="hidden" name="q" value="${asked}"><button class="plain">${t('written.ask')}</button></form>`;
  if (asked !== '' && !answer) await noteSearch(ctx, visitOf(visitor), { q: asked, results: found.hits.length });
  const slips = found.corrected.length > 0 && found.hits.length > 0 && html`<p class="quiet">${t('corrected', { words: found.corrected.map((one) => one.used).join(', ') })}</p>`;
  const body = html`${searchForm(visitor, asked, await narrowing(visitor, { product, version }))}<h1 dir="auto">${t('results', { q: asked })}</h1>${slips}${written}${found.otherLanguage && found.hits.length > 0 && html`<p class="note">${t('other')}</p>`}
${found.hits.length === 0 ? html`<p class="note">${t('none')} <a href="${addressOf(tongue, '/reach')}">${t('reach')}</a></p>` : html`<ol class="list">${found.hits.map((hit) => hitOf(tongue, hit))}</ol>`}`;
  return page(frame, { path: `/search?q=${encodeURIComponent(asked)}`, title: t('results', { q: asked }), body, hidden: true });
}

/** The articles of one topic. */
export async function topicPage({ ctx, frame, reader }: Visitor, category: string): Promise<string> {
  const { t, tongue } = frame;
  const rows = await publicArticles(ctx, { category, locale: tongue, limit: 200, ...reader });
  if (rows.length === 0) throw problem('not-found');
  const body = html`<p class="where"><a href="${addressOf(tongue, '')}">${t('help')}</a></p><h1>${category}</h1><ul class="list">${rows.map((one) => html`<li><a href="${addressOf(tongue, `/articles/${encodeURIComponent(one.slug)}`)}">${one.title}</a></li>`)}</ul>`;
  return page(frame, { path: `/topics/${encodeURIComponent(category)}`, title: category, body });
}

/** One article with its vote. */
export async function articlePage(visitor: Visitor, slug: string, voted: boolean): Promise<string> {
  const { ctx, frame, reader } = visitor;
  const { t, tongue } = frame;
  const open = await openArticle(ctx, slug, reader);
  if (!open) throw problem('not-found');
  const article = await showArticle(ctx, open._id, { locale: tongue, ...reader });
  await noteRead(ctx, visitOf(visitor), open._id);
  const path = `/articles/${encodeURIComponent(slug)}`;
  const at = new Intl.DateTimeFormat(tongue, { dateStyle: 'long', timeZone: frame.timeZone }).format(new Date(article.updatedAt));
  const vote = voted ? html`<p class="vote" role="status">${t('thanks')}</p>` : html`<form class="vote" method="post" action="${addressOf(tongue, `${path}/votes`)}"><p id="helped"><strong>${t('helped')}</strong></p><div class="row" role="group" aria-labelledby="helped"><button name="helpful" value="yes" class="plain">${t('yes')}</button><button name="helpful" value="no" class="plain">${t('no')}</button></div><div class="field"><label for="reason">${t('reason')}</label><select id="reason" name="reason"><option value="">–</option>${reasons.map((one) => html`<option value="${one}">${t(`reason.${one}`)}</option>`)}</select></div><div class="field"><label for="why">${t('why')}</label><input id="why" name="comment" maxlength="1000" dir="auto"></div></form>`;
  const body = html`<p class="where"><a href="${addressOf(tongue, '')}">${t('help')}</a></p><article lang="${article.locale}"><h1 dir="auto">${article.title}</h1>${article.otherLanguage && html`<p class="note" lang="${tongue}">${t('other')}</p>`}<p class="quiet" lang="${tongue}">${t('updated', { at })}</p><div class="prose" dir="auto">${trusted(article.html)}</div></article>${vote}<p><a href="${addressOf(tongue, '/reach')}">${t('reach')}</a></p>`;
  const address = frame.origin + addressOf(tongue, path);
  const data = [{ '@context': 'https://schema.org', '@type': 'TechArticle', headline: article.title, inLanguage: article.locale, dateModified: article.updatedAt, url: address, publisher: { '@type': 'Organization', name: frame.brand.name } },
    { '@context': 'https://schema.org', '@type': 'BreadcrumbList', itemListElement: [{ '@type': 'ListItem', position: 1, name: t('help'), item: frame.origin + addressOf(tongue, '') }, { '@type': 'ListItem', position: 2, name: article.title, item: address }] }];
  const alternates = [...new Set(article.locales.map((locale) => locale.split('-')[0] ?? locale))];
  return page(frame, { path, title: article.title, about: article.html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').trim(), body, data, alternates, hidden: open.audience !== 'public' });
}
