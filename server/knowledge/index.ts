// The door of knowledge: articles and the search over them.
import { subscriber, type DomainMount } from '../kernel';
import { refreshArticle } from './knowledge-index';
import { knowledgeRoutes } from './knowledge.routes';

/** What knowledge contributes; every node keeps its index up to date by the events. */
export const mount = (): DomainMount => ({
  routes: knowledgeRoutes,
  subscribers: [subscriber({ name: 'index-article', on: ['article.changed'], kind: 'everywhere', run: (ctx, event) => refreshArticle(ctx, event.subject) })],
  outboxes: ['articles'],
});

export { Articles, type ArticleDoc } from './article.model';
export { renderMarkdown } from './public-article';
export { addArticle } from './write-article';
