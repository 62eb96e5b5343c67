// The door of knowledge: articles, guides and the search over them.
import { contextOf, subscriber, type DomainMount } from '../kernel';
import { embedArticles } from './embed-articles';
import { guideOutboxes, guideRoutes, guideRunRoutes, setGuidePorts, sweepLeft, type GuidePorts } from './guides';
import { publishDue } from './from-ticket';
import { refreshArticle, refreshArticles, refreshGuide } from './knowledge-index';
import { knowledgeRoutes } from './knowledge.routes';
import { setMakingPorts, type MakingPorts } from './making';
import { makingRoutes } from './making.routes';
import { exportPages, movingRoutes } from './moving';
import { setSortingPorts, sortingRoutes, sweepSorters, trainSorters, type SortingPorts } from './sorting';

/** What knowledge contributes; every node keeps its index up to date by the events. `ports` is what it needs from above. */
export function mount(ports: GuidePorts & MakingPorts & SortingPorts): DomainMount {
  setGuidePorts(ports);
  setMakingPorts(ports);
  setSortingPorts(ports);
  return {
    routes: [...knowledgeRoutes, ...guideRoutes, ...guideRunRoutes, ...makingRoutes, ...sortingRoutes, ...movingRoutes],
    raw: [exportPages],
    jobs: { 'sorting.train': (ctx) => trainSorters(ctx) },
    subscribers: [
      subscriber({ name: 'index-article', on: ['article.changed'], kind: 'everywhere', run: (ctx, event) => refreshArticle(ctx, event.subject) }),
      subscriber({ name: 'index-imported', on: ['articles.imported'], kind: 'everywhere', run: (ctx, event) => refreshArticles(ctx, event.data['articleIds'] as string[]) }),
      subscriber({ name: 'index-guide', on: ['guide.changed'], kind: 'everywhere', run: (ctx, event) => refreshGuide(ctx, event.subject) }),
    ],
    sweeps: [{ name: 'sorters', everyMs: 60_000, run: (services) => sweepSorters((companyId) => contextOf(services, companyId), services) }, { name: 'articles-due', everyMs: 15_000, run: (services) => publishDue((companyId) => contextOf(services, companyId), services.clock.now()) }, { name: 'guide-runs-left', everyMs: 3_600_000, run: sweepLeft },
      { name: 'article-vectors', everyMs: 30_000, run: (services) => embedArticles({ ids: ports.companyIds, of: (companyId) => contextOf(services, companyId) }, services) }],
    outboxes: ['articles', 'articleimports', ...guideOutboxes],
  };
}

export { answersOffered, writeAnswer } from './answers';
export { Articles, type ArticleDoc } from './article.model';
export { addGuide, answerRun, attributesOf, linkRun, publicGuides, publishGuide, resumeRun, rewindRun, runById, runOfToken, say, startRun, tokenOf, triedText, viewOf, type GuideDoc, type GuidePorts, type GuideRunDoc, type GuideTicket } from './guides';
export type { CountedTicket, MakingPorts, SolvedTicket } from './making';
export { forgetVisits } from './forget-visits';
export { noteRead, noteSearch, noteWrote, type Visit } from './making';
export { searchArticles, type Question } from './knowledge-index';
export { personalFields } from './personal';
export { openArticle, openProducts, publicArticles, publicCategories, renderMarkdown, showArticle, type ListedArticle } from './public-article';
export { audienceOf, type Reader } from './readers';
export { voteOn } from './vote';
export { addArticle } from './write-article';
export { exportKnowledge, importFolder, zip, type ZipFile } from './moving';
export { createSearchIndex, guessLanguage, type SearchDocument, type SearchIndex } from './search';
export { askTraining, sortRequest, type Sorted, type SortedTicket, type SortingPorts } from './sorting';
