import { makingEndpoints as api } from '../../protocol';
import { problem, route, type Ctx, type Route } from '../kernel';
import { articleById, Articles, type ArticleDoc } from './article.model';
import { presentArticle } from './article.presenter';
import { brokenLinks } from './broken-links';
import { draftFromTicket, flagArticle, linkArticle, unflagArticle } from './from-ticket';
import { ArticleLinks, ArticleVersions, authorsOf, deflectionOf, diffLines, gapFormula, gapsOf, HelpSessions, makingPorts, wroteWithinDay, type ArticleLinkDoc, type ArticleVersionDoc, type HelpSessionDoc } from './making';
import { Feedback, type FeedbackDoc } from './vote';
import { changeArticle } from './write-article';

async function versionOf(ctx: Ctx, articleId: string, version: number): Promise<{ now: ArticleDoc; then: ArticleVersionDoc }> {
  const [now, then] = await Promise.all([articleById(ctx.companyId, articleId), ArticleVersions.findOne({ companyId: ctx.companyId, articleId, version }).lean<ArticleVersionDoc>()]);
  if (!now || !then) throw problem('not-found');
  return { now, then };
}

async function feedbackOf(ctx: Ctx, articleId: string) {
  const rows = await Feedback.find({ companyId: ctx.companyId, articleId }).sort({ at: -1 }).limit(200).lean<FeedbackDoc[]>();
  const visits = await HelpSessions.find({ companyId: ctx.companyId, key: { $in: rows.map((row) => row.session).filter((key) => key !== null) } }).lean<HelpSessionDoc[]>();
  const wrote = new Set(visits.filter(wroteWithinDay).map((visit) => visit.key));
  return rows.map((row) => ({ helpful: row.helpful, reason: row.reason, comment: row.comment, at: row.at.toISOString(), wrote: row.session !== null && wrote.has(row.session) }));
}

async function linkedTo(ctx: Ctx, ticketId: string) {
  const links = await ArticleLinks.find({ companyId: ctx.companyId, ticketId }).sort({ at: -1 }).limit(50).lean<ArticleLinkDoc[]>();
  const articles = await Articles.find({ companyId: ctx.companyId, _id: { $in: links.map((link) => link.articleId) } }).lean<ArticleDoc[]>();
  return links.map((link) => ({ articleId: link.articleId, title: articles.find((article) => article._id === link.articleId)?.texts[0]?.title ?? '', how: link.how, at: link.at.toISOString() }));
}

const versionRoutes: Route[] = [
  route(api.versions, 'article.read', async (ctx, _actor, { params }) => ({ rows: (await ArticleVersions.find({ companyId: ctx.companyId, articleId: params.id }).sort({ version: -1 }).limit(200).lean<ArticleVersionDoc[]>()).map((row) => ({ version: row.version, at: row.at.toISOString(), by: row.by, title: row.texts[0]?.title ?? '' })) })),
  route(api.diff, 'article.read', async (ctx, _actor, { params }) => {
    const { now, then } = await versionOf(ctx, params.id, params.version);
    const whole = (texts: ArticleDoc['texts'], locale: string): string => { const text = texts.find((each) => each.locale === locale); return text ? `${text.title}\n${text.body}` : ''; };
    return { texts: [...new Set([...then.texts, ...now.texts].map((text) => text.locale))].map((locale) => ({ locale, lines: diffLines(whole(then.texts, locale), whole(now.texts, locale)) })) };
  }),
  route(api.restore, 'article.write', async (ctx, actor, { params }) => {
    const { now, then } = await versionOf(ctx, params.id, params.version);
    return presentArticle(actor, await changeArticle(ctx, actor, { id: params.id, input: { texts: then.texts, category: then.category }, basedOn: now.version }));
  }),
];

/** REST routes by which knowledge becomes better. */
export const makingRoutes: Route[] = [
  ...versionRoutes,
  route(api.flag, 'article.read', async (ctx, actor, { params, body }) => presentArticle(actor, await flagArticle(ctx, actor, { id: params.id, ...body }))),
  route(api.unflag, 'article.write', async (ctx, actor, { params }) => presentArticle(actor, await unflagArticle(ctx, actor, params))),
  route(api.feedback, 'article.read', async (ctx, _actor, { params }) => ({ rows: await feedbackOf(ctx, params.id) })),
  route(api.linked, 'ticket.read', async (ctx, actor, { params }) => {
    await makingPorts().solvedTicket(ctx, actor, params.id);
    return { rows: await linkedTo(ctx, params.id) };
  }),
  route(api.link, 'article.read', async (ctx, actor, { params, body }) => {
    await linkArticle(ctx, actor, { ticketId: params.id, articleId: body.articleId });
    return {};
  }),
  route(api.draft, 'article.write', async (ctx, actor, { params }) => presentArticle(actor, await draftFromTicket(ctx, actor, params.id))),
  route(api.gaps, 'article.write', async (ctx, _actor, { query }) => ({ rows: await gapsOf(ctx, query.days), formula: gapFormula })),
  route(api.deflection, 'article.read', (ctx, _actor, { query }) => deflectionOf(ctx, query.days)),
  route(api.authors, 'report.read', (ctx, _actor, { query }) => authorsOf(ctx, query.days)),
  route(api.brokenLinks, 'article.write', (ctx) => brokenLinks(ctx)),
];
