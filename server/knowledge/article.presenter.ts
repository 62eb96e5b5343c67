import type { Article } from '../../protocol';
import { can, type Actor } from '../kernel';
import type { ArticleDoc } from './article.model';

export function presentArticle(actor: Actor, article: ArticleDoc): Article {
  const abilities = (['article.write', 'article.publish'] as const).filter((ability) => can(actor, ability));
  return {
    id: article._id, slug: article.slug, category: article.category, audience: article.audience, confidence: article.confidence, governance: article.governance ?? 'experience', products: article.products ?? [], versions: article.versions ?? [], brandIds: article.brandIds ?? [], texts: article.texts, version: article.version, ownerId: article.ownerId, updatedAt: article.updatedAt.toISOString(),
    views: article.views, helpful: article.helpful, unhelpful: article.unhelpful, reused: article.reused ?? 0, reviewAt: article.reviewAt?.toISOString() ?? null, reviewedAt: article.reviewedAt?.toISOString() ?? null, publishAt: article.publishAt?.toISOString() ?? null,
    flags: (article.flags ?? []).map((flag) => ({ ...flag, at: flag.at.toISOString() })), can: abilities,
  };
}
