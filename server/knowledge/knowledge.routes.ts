import { knowledgeEndpoints as api } from '../../protocol';
import { problem, route, type Route } from '../kernel';
import { answersOffered, writeAnswer } from './answers';
import { articleById, productsOf } from './article.model';
import { brandAskedBy } from './belonging';
import { presentArticle } from './article.presenter';
import { changeKnowledgeSettings, searchArticles } from './knowledge-index';
import { listArticles } from './list-articles';
import { noteRead, noteSearch, type Visit } from './making';
import { popularArticles, showArticle } from './public-article';
import { knowledgeSettingsOf } from './readers';
import { voteOn } from './vote';
import { addArticle, changeArticle } from './write-article';

const suggestions = 8;
const visitOf = (query: { session?: string; locale?: string }): Visit => ({ session: query.session, front: 'widget', locale: query.locale ?? '' });
const voteAllowance = { points: 30, seconds: 3600 };

/** REST routes of articles: for authors, for colleagues, for everybody. */
export const knowledgeRoutes: Route[] = [
  route(api.list, 'article.read', async (ctx, actor, { query }) => {
    const page = await listArticles(ctx, query);
    return { rows: page.rows.map((article) => presentArticle(actor, article)), next: page.next };
  }),
  route(api.read, 'article.read', async (ctx, actor, { params }) => {
    const article = await articleById(ctx.companyId, params.id);
    if (!article) throw problem('not-found');
    return presentArticle(actor, article);
  }),
  route(api.add, 'article.write', async (ctx, actor, { body }) => presentArticle(actor, await addArticle(ctx, actor, body))),
  route(api.change, 'article.write', async (ctx, actor, { params, body }) => {
    const { version, reviewAt, publishAt, ...rest } = body;
    const dated = (value: string | null): Date | null => (value === null ? null : new Date(value));
    const input = { ...rest, ...(reviewAt === undefined ? {} : { reviewAt: dated(reviewAt) }), ...(publishAt === undefined ? {} : { publishAt: dated(publishAt) }) };
    return presentArticle(actor, await changeArticle(ctx, actor, { id: params.id, input, ...(version === undefined ? {} : { basedOn: version }) }));
  }),
  route(api.suggest, 'article.read', async (ctx, _actor, { query: { audience: writtenFor, locale, ...query } }) => searchArticles(ctx, { ...query, locale, audience: 'internal', limit: suggestions, ...(writtenFor ? { writtenFor } : {}) })),
  route(api.search, null, async (ctx, _actor, { query, request }) => {
    const brandId = await brandAskedBy(ctx, request, query.brand);
    const found = await searchArticles(ctx, { q: query.q, locale: query.locale, audience: 'public', limit: query.limit, brandId, ...(query.product ? { product: query.product } : {}), ...(query.version ? { version: query.version } : {}) });
    await noteSearch(ctx, visitOf(query), { q: query.q, results: found.hits.length });
    return { ...found, answers: answersOffered(ctx) };
  }),
  route(api.answer, null, async (ctx, _actor, { query, request }) => writeAnswer(ctx, { q: query.q, locale: query.locale, audience: 'public', brandId: await brandAskedBy(ctx, request, query.brand), by: request.ip ?? 'unknown' })),
  route(api.popular, null, async (ctx, _actor, { query, request }) => ({ rows: await popularArticles(ctx, { locale: query.locale, audience: 'public', brandId: await brandAskedBy(ctx, request, query.brand) }) })),
  route(api.show, null, async (ctx, _actor, { params, query, request }) => {
    const article = await showArticle(ctx, params.id, { locale: query.locale, audience: 'public', brandId: await brandAskedBy(ctx, request, query.brand) });
    await noteRead(ctx, visitOf(query), params.id);
    return article;
  }),
  route(api.vote, null, async (ctx, _actor, { params, body, request }) => {
    await ctx.limits.take('article-vote', request.ip ?? 'unknown', voteAllowance);
    const { brand, ...vote } = body;
    await voteOn(ctx, params.id, { ...vote, audience: 'public', brandId: await brandAskedBy(ctx, request, brand), front: 'widget' });
    return {};
  }),
  route(api.settings, 'article.read', async (ctx) => ({ ...(await knowledgeSettingsOf(ctx.companyId)), products: await productsOf(ctx.companyId) })),
  route(api.putSettings, 'article.publish', async (ctx, _actor, { body }) => {
    await changeKnowledgeSettings(ctx, body);
    return {};
  }),
];
