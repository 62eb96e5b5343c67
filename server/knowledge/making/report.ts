import type { AuthorRow, Deflection, KnowledgeGap, TeamRow } from '../../../protocol';
import { accountsById, listTeams } from '../../access';
import type { Ctx } from '../../kernel';
import { Articles, type ArticleDoc } from '../article.model';
import { ArticleLinks, type ArticleLinkDoc } from './article-links';
import { cluster, type Asked } from './cluster';
import { HelpSessions, type HelpSessionDoc } from './help-session';
import { makingPorts, type CountedTicket } from './ports';

const dayMs = 86_400_000;
const mostVisits = 20_000;
const mostAsked = 3000;

const sinceOf = (ctx: Ctx, days: number): Date => new Date(ctx.clock.now() - days * dayMs);
const visitsSince = (ctx: Ctx, since: Date): Promise<HelpSessionDoc[]> => HelpSessions.find({ companyId: ctx.companyId, startedAt: { $gt: since } }).sort({ startedAt: -1 }).limit(mostVisits).lean<HelpSessionDoc[]>();

/** Searches of a visit that led nowhere: without a result, or with nothing opened afterwards before the next search. */
export function failedSearches({ searches, reads }: Pick<HelpSessionDoc, 'searches' | 'reads'>): string[] {
  return searches.filter((search, i) => {
    const until = searches[i + 1]?.at.getTime() ?? Infinity;
    return search.results === 0 || !reads.some((read) => read.at.getTime() >= search.at.getTime() && read.at.getTime() < until);
  }).map((search) => search.q);
}

/** How gaps are ranked, in words. */
export const gapFormula = '(tickets without an article + visits that wrote to us) × average handling minutes; then searches that led nowhere';

/** What nobody has written about, what would save most first. */
export async function gapsOf(ctx: Ctx, days: number): Promise<KnowledgeGap[]> {
  const since = sinceOf(ctx, days);
  const [visits, tickets, links, minutes] = await Promise.all([visitsSince(ctx, since), makingPorts().ticketsSince(ctx, since), ArticleLinks.find({ companyId: ctx.companyId, at: { $gt: since } }).select('ticketId').lean<Pick<ArticleLinkDoc, 'ticketId'>[]>(), makingPorts().handlingMinutes(ctx, since)]);
  const answered = new Set(links.map((link) => link.ticketId));
  const wrote = new Set(visits.filter((visit) => visit.ticketId).map((visit) => visit._id));
  const searches = visits.flatMap((visit) => [...new Set(failedSearches(visit))].filter((text) => text !== '').map((text): Asked => ({ text, kind: 'search', id: visit._id })));
  const open = tickets.filter((ticket) => !answered.has(ticket.id) && ticket.subject !== '').map((ticket): Asked => ({ text: ticket.subject, kind: 'ticket', id: ticket.id }));
  const rows = cluster([...searches.slice(0, mostAsked), ...open.slice(0, mostAsked)]).map(({ members, label, words }): KnowledgeGap => {
    const own = members.filter((member) => member.kind === 'ticket').map((member) => member.id);
    const seen = new Set(members.filter((member) => member.kind === 'search').map((member) => member.id));
    const writers = [...seen].filter((id) => wrote.has(id)).length;
    return { label, words, searches: seen.size, wrote: writers, tickets: own.length, saves: Math.round((own.length + writers) * minutes * 10) / 10, ticketIds: own.slice(0, 20), questions: [...new Set(members.map((member) => member.text))].slice(0, 5) };
  });
  return rows.sort((a, b) => b.saves - a.saves || b.searches - a.searches).slice(0, 50);
}

/** How deflection is counted, in words. */
export const deflectionFormula = 'Visits that searched or read, began at least 24 h ago, and were followed by no ticket of the same visit within 24 h, divided by all such visits. Visits of the last 24 h are left out; people who write by other ways without saying where they come from cannot be seen.';

/** Visits that needed nobody against those that wrote anyway. */
export async function deflectionOf(ctx: Ctx, days: number): Promise<Deflection> {
  const since = sinceOf(ctx, days);
  const over = (await visitsSince(ctx, since)).filter((visit) => visit.startedAt.getTime() < ctx.clock.now() - dayMs && visit.searches.length + visit.reads.length > 0);
  const quiet = over.filter((visit) => !wroteWithinDay(visit));
  const read = over.filter((visit) => visit.reads.length > 0);
  const tickets = await makingPorts().ticketsSince(ctx, since);
  const known = new Set(over.map((visit) => visit.ticketId));
  return {
    visits: over.length, quiet: quiet.length, wrote: over.length - quiet.length, rate: over.length === 0 ? null : quiet.length / over.length, formula: deflectionFormula,
    read: read.length, readQuiet: read.filter((visit) => !wroteWithinDay(visit)).length, without: tickets.filter((ticket) => ticket.createdAt.getTime() < ctx.clock.now() - dayMs && !known.has(ticket.id)).length,
  };
}

/** Whether a visit ended in a ticket within 24 h of its last search or reading. */
export const wroteWithinDay = ({ wroteAt, lastAt, startedAt, searches, reads }: HelpSessionDoc): boolean => {
  const last = Math.max(startedAt.getTime(), ...searches.map((search) => search.at.getTime()), ...reads.map((read) => read.at.getTime()));
  return wroteAt !== null && lastAt.getTime() >= startedAt.getTime() && wroteAt.getTime() - last < dayMs;
};

/** Link rate, creation, reuse and quality, by person and by team. Somebody without a team, or who left, counts for none. */
export async function authorsOf(ctx: Ctx, days: number): Promise<{ rows: AuthorRow[]; teams: TeamRow[] }> {
  const { companyId } = ctx;
  const since = sinceOf(ctx, days);
  const [tickets, links, articles] = await Promise.all([makingPorts().ticketsSince(ctx, since), ArticleLinks.find({ companyId, at: { $gt: since } }).lean<ArticleLinkDoc[]>(), Articles.find({ companyId }).select('ownerId helpful unhelpful flags createdAt').lean<ArticleDoc[]>()]);
  const withArticle = new Set(links.map((link) => link.ticketId));
  const solved = tickets.filter((ticket) => ticket.solved);
  const people = [...new Set([...solved.map((ticket) => ticket.ownerId), ...articles.map((article) => article.ownerId)])].filter((person) => person !== null);
  const [accounts, teams] = await Promise.all([accountsById(ctx, people), listTeams(companyId)]);
  const done = (who: (ownerId: string | null) => boolean): Done => {
    const own = articles.filter((article) => who(article.ownerId));
    const ids = new Set(own.map((article) => article._id));
    return countDone({ solved: solved.filter((ticket) => who(ticket.ownerId)), withArticle, own, links: links.filter((link) => link.how === 'linked' && ids.has(link.articleId)), since });
  };
  const order = (a: Done, b: Done): number => b.solved - a.solved || b.created - a.created;
  const teamOf = (ownerId: string | null): string | null => accounts.get(ownerId ?? '')?.teamId ?? null;
  return {
    rows: people.map((accountId) => ({ accountId, ...done((ownerId) => ownerId === accountId) })).sort(order),
    teams: teams.filter(({ id }) => people.some((person) => teamOf(person) === id)).map(({ id, name }) => ({ teamId: id, name, ...done((ownerId) => teamOf(ownerId) === id) })).sort(order),
  };
}

type Done = Omit<TeamRow, 'teamId' | 'name'>;

function countDone({ solved, withArticle, own, links, since }: { solved: CountedTicket[]; withArticle: ReadonlySet<string>; own: ArticleDoc[]; links: ArticleLinkDoc[]; since: Date }): Done {
  const linked = solved.filter((ticket) => withArticle.has(ticket.id)).length;
  const [good, bad] = [own.reduce((sum, article) => sum + article.helpful, 0), own.reduce((sum, article) => sum + article.unhelpful, 0)];
  return {
    solved: solved.length, linked, linkRate: solved.length === 0 ? null : linked / solved.length, created: own.filter((article) => article.createdAt > since).length, reused: links.length,
    helpful: good + bad === 0 ? null : good / (good + bad), flags: own.reduce((sum, article) => sum + article.flags.length, 0),
  };
}
