import { z } from 'zod';
import { endpoint } from './endpoint';
import { count, flag, id, line, moment, nothing, text } from './fields';
import { article } from './knowledge';

const byId = z.strictObject({ id: id('Article') });
const byTicket = z.strictObject({ id: id('Ticket') });
const versioned = z.strictObject({ id: id('Article'), version: z.coerce.number().int().min(1).describe('Version') });
const days = z.coerce.number().int().min(1).max(366).default(30).describe('How far back');

/** One line of a comparison of two texts. */
export const diffLine = z.object({ kind: z.enum(['same', 'gone', 'new']).describe('In both, only in the older, only in the newer'), text: z.string().describe('The line') });
export type DiffLine = z.output<typeof diffLine>;

/** What nobody has written about yet. */
export const knowledgeGap = z.object({
  label: z.string().describe('The question nearest to the middle of the group'), words: z.array(z.string().describe('Word')).describe('What the group is about'), searches: count('Searches without a result or without anything opened'), wrote: count('Of these visits, how many wrote to us'), tickets: count('Tickets without an article'),
  saves: z.number().describe('Minutes an article would save: (tickets + visits that wrote) × average handling time'), ticketIds: z.array(id('Ticket')).describe('Up to 20 of them'), questions: z.array(z.string().describe('Question')).describe('Up to 5 as they were asked'),
});
export type KnowledgeGap = z.output<typeof knowledgeGap>;

/** How often self-service kept somebody from having to write. */
export const deflection = z.object({
  visits: count('Visits that searched or read and are over for 24 h'), quiet: count('Of these, no ticket within 24 h'), wrote: count('Of these, a ticket within 24 h'), rate: z.number().nullable().describe('quiet / visits, null without any'), formula: z.string().describe('How it is counted'),
  read: count('Visits that opened an article or guide'), readQuiet: count('Of these, no ticket within 24 h'), without: count('Tickets without a visit before'),
});
export type Deflection = z.output<typeof deflection>;

const done = { solved: count('Tickets solved'), linked: count('Of these, with an article'), linkRate: z.number().nullable().describe('linked / solved'), created: count('Articles begun'), reused: count('Times their articles were linked'), helpful: z.number().nullable().describe('Share of votes on their articles that were good'), flags: count('Open flags on their articles') };
/** What one person did for the knowledge base. */
export const authorRow = z.object({ accountId: id('Account').nullable(), ...done });
/** What the people of a team did together. */
export const teamRow = z.object({ teamId: id('Team'), name: z.string().describe('Its name'), ...done });
export type TeamRow = z.output<typeof teamRow>;
export type AuthorRow = z.output<typeof authorRow>;

/** Endpoints of making knowledge better. */
export const makingEndpoints = {
  versions: endpoint({ name: 'article.versions', method: 'GET', path: '/articles/:id/versions', summary: 'Earlier versions, newest first', audience: 'account', params: byId, response: z.object({ rows: z.array(z.object({ version: count('Version'), at: moment('When it was replaced'), by: id('Who replaced it').nullable(), title: z.string().describe('Title then') })).describe('Newest first') }) }),
  diff: endpoint({ name: 'article.diff', method: 'GET', path: '/articles/:id/versions/:version', summary: 'What changed between a version and today', audience: 'account', params: versioned, response: z.object({ texts: z.array(z.object({ locale: z.string().describe('Language'), lines: z.array(diffLine) })).describe('By language') }) }),
  restore: endpoint({ name: 'article.restore', method: 'POST', path: '/articles/:id/versions/:version/restore', summary: 'Make an earlier version today\'s', audience: 'account', params: versioned, response: article }),
  flag: endpoint({ name: 'article.flag', method: 'POST', path: '/articles/:id/flags', summary: 'Say that something is wrong with an article', audience: 'account', params: byId, body: z.strictObject({ text: line(1000, 'What is wrong'), ticketId: id('Where it came up').exactOptional() }), response: article }),
  unflag: endpoint({ name: 'article.unflag', method: 'DELETE', path: '/articles/:id/flags/:flagId', summary: 'The fault is mended', audience: 'account', params: z.strictObject({ id: id('Article'), flagId: id('Flag') }), response: article }),
  feedback: endpoint({ name: 'article.feedback', method: 'GET', path: '/articles/:id/feedback', summary: 'What readers said, and whether they wrote to us within a day', audience: 'account', params: byId,
    response: z.object({ rows: z.array(z.object({ helpful: flag('It helped'), reason: z.string().nullable().describe('What was wrong'), comment: z.string().describe('In their words'), at: moment('When'), wrote: flag('Wrote to us within 24 h') })).describe('Newest first') }) }),
  linked: endpoint({ name: 'ticket.articles', method: 'GET', path: '/tickets/:id/articles', summary: 'Articles linked to a ticket', audience: 'account', params: byTicket, response: z.object({ rows: z.array(z.object({ articleId: id('Article'), title: z.string().describe('Title'), how: z.enum(['linked', 'created']).describe('Used, or made from this ticket'), at: moment('When') })).describe('Newest first') }) }),
  link: endpoint({ name: 'ticket.link-article', method: 'POST', path: '/tickets/:id/articles', summary: 'Say that an article answers a ticket; counts as reuse and as a review', audience: 'account', params: byTicket, body: z.strictObject({ articleId: id('Article') }), response: nothing }),
  draft: endpoint({ name: 'ticket.draft-article', method: 'POST', path: '/tickets/:id/article-draft', summary: 'Begin an article from the solution of a ticket, personal data masked', audience: 'account', params: byTicket, response: article }),
  gaps: endpoint({ name: 'knowledge.gaps', method: 'GET', path: '/knowledge/gaps', summary: 'Missing articles, the one that would save most first', audience: 'account', query: z.strictObject({ days }), response: z.object({ rows: z.array(knowledgeGap), formula: z.string().describe('How they are ranked') }) }),
  deflection: endpoint({ name: 'knowledge.deflection', method: 'GET', path: '/knowledge/deflection', summary: 'Self-service that was enough, counted honestly', audience: 'account', query: z.strictObject({ days }), response: deflection }),
  authors: endpoint({ name: 'knowledge.authors', method: 'GET', path: '/knowledge/authors', summary: 'Link rate, creation, reuse and quality by person and by team', audience: 'account', query: z.strictObject({ days }), response: z.object({ rows: z.array(authorRow).describe('People'), teams: z.array(teamRow).describe('Teams') }) }),
  brokenLinks: endpoint({ name: 'knowledge.broken-links', method: 'GET', path: '/knowledge/broken-links', summary: 'Links of articles to articles, guides or files that are not there', audience: 'account', response: z.object({ rows: z.array(z.object({ articleId: id('Article'), locale: z.string().describe('Language'), href: text(2000, 'Where it leads') })).describe('By article'), checked: count('Links looked at'), outside: count('Links to other sites, not looked at') }) }),
};
