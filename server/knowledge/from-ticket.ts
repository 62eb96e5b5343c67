import { partHeadings } from '../../protocol';
import { demand, happened, newId, problem, system, type Actor, type Ctx } from '../kernel';
import { articleById, Articles, type ArticleDoc } from './article.model';
import { addLink, kernelOf, makingPorts, mask } from './making';
import { guessLanguage } from './search';
import { addArticle, changeArticle } from './write-article';

/** Begins an article from a solved ticket: the question as the issue, the last answer as the resolution, personal data masked. */
export async function draftFromTicket(ctx: Ctx, actor: Actor, ticketId: string): Promise<ArticleDoc> {
  demand(actor, 'article.write');
  const ticket = await makingPorts().solvedTicket(ctx, actor, ticketId);
  const locale = guessLanguage(`${ticket.subject} ${ticket.question}`) ?? ticket.locale;
  const [last = ''] = ticket.answers;
  const clean = (text: string): string => kernelOf(mask(text, ticket.people));
  const body = `## {issue}\n${clean(ticket.question)}\n\n## {cause}\n\n\n## {resolution}\n${clean(last)}`;
  const title = mask(ticket.subject.replace(/^((re|aw|fwd?|sv|回复|답장)\s*[:：]\s*)+/i, ''), ticket.people).slice(0, 300) || partHeadings(locale)[0];
  const article = await addArticle(ctx, actor, { category: '', audience: 'internal', confidence: 'draft', texts: [{ locale, title, body, keywords: [] }] });
  await addLink(ctx, actor, { ticketId, articleId: article._id, how: 'created' });
  return article;
}

/** Links an article that answers a ticket. Reuse is review: the article counts as looked at today. */
export async function linkArticle(ctx: Ctx, actor: Actor, { ticketId, articleId }: { ticketId: string; articleId: string }): Promise<void> {
  await makingPorts().solvedTicket(ctx, actor, ticketId);
  if (!(await articleById(ctx.companyId, articleId))) throw problem('not-found');
  await addLink(ctx, actor, { ticketId, articleId, how: 'linked' });
  await Articles.updateOne({ companyId: ctx.companyId, _id: articleId }, { $set: { reviewedAt: new Date(ctx.clock.now()) }, $inc: { reused: 1 } });
}

/** Says that something is wrong with an article. */
export async function flagArticle(ctx: Ctx, actor: Actor, { id, text, ticketId }: { id: string; text: string; ticketId?: string }): Promise<ArticleDoc> {
  const flag = { id: newId(), text, ticketId: ticketId ?? null, by: actor.id, at: new Date(ctx.clock.now()) };
  return touch(ctx, actor, { id, update: { $push: { flags: flag } } });
}

/** The fault is mended. */
export const unflagArticle = (ctx: Ctx, actor: Actor, { id, flagId }: { id: string; flagId: string }): Promise<ArticleDoc> => touch(ctx, actor, { id, update: { $pull: { flags: { id: flagId } }, $set: { reviewedAt: new Date(ctx.clock.now()) } } });

// What is said about an article does not change its text: no new version, but lists are told.
async function touch(ctx: Ctx, actor: Actor, { id, update }: { id: string; update: { $push?: object; $pull?: object; $set?: object } }): Promise<ArticleDoc> {
  const event = happened('article.changed', { articleId: id }, { by: actor, subject: id, at: ctx.clock.now() });
  const after = await Articles.findOneAndUpdate({ companyId: ctx.companyId, _id: id }, { ...update, $push: { ...update.$push, pending: event } }, { returnDocument: 'after' }).lean<ArticleDoc>();
  if (!after) throw problem('not-found');
  await ctx.relay.publish({ collection: 'articles', companyId: ctx.companyId, id }, [event]);
  return after;
}

/** Publishes what was scheduled and is due. A second node that comes at the same moment finds it done. */
export async function publishDue(contextOf: (companyId: string) => Ctx, now: number): Promise<void> {
  const rows = await Articles.find({ publishAt: { $lte: new Date(now) } }).setOptions({ acrossCompanies: true }).limit(200).lean<ArticleDoc[]>();
  for (const article of rows) await changeArticle(contextOf(article.companyId), system('schedule'), { id: article._id, input: { confidence: 'validated', publishAt: null }, basedOn: article.version }).catch(() => undefined);
}
