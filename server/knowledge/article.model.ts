import { model } from 'mongoose';
import type { Article, ArticleText } from '../../protocol';
import { houseSchema, withOutbox, type Outbox } from '../kernel';

/** One article in all its languages. */
export interface ArticleDoc extends Outbox {
  _id: string;
  companyId: string;
  slug: string;
  category: string;
  audience: Article['audience'];
  confidence: Article['confidence'];
  governance: Article['governance'];
  /** Products and versions it is about; none: it fits all. */
  products: string[];
  versions: string[];
  /** Brands it belongs to; none: all, and the company itself. */
  brandIds: string[];
  texts: ArticleText[];
  version: number;
  ownerId: string | null;
  views: number;
  helpful: number;
  unhelpful: number;
  /** How often it answered a ticket. */
  reused: number;
  reviewAt: Date | null;
  reviewedAt: Date | null;
  publishAt: Date | null;
  flags: { id: string; text: string; ticketId: string | null; by: string | null; at: Date }[];
  createdAt: Date;
  updatedAt: Date;
}

const schema = houseSchema<ArticleDoc>({
  slug: { type: String, required: true }, category: { type: String, default: '' }, audience: { type: String, required: true }, confidence: { type: String, required: true }, governance: { type: String, default: 'experience' }, products: { type: [String], default: [] }, versions: { type: [String], default: [] }, brandIds: { type: [String], default: [] }, texts: { type: [Object], required: true }, version: { type: Number, required: true },
  ownerId: { type: String, default: null }, views: { type: Number, default: 0 }, helpful: { type: Number, default: 0 }, unhelpful: { type: Number, default: 0 }, reused: { type: Number, default: 0 }, reviewAt: { type: Date, default: null }, reviewedAt: { type: Date, default: null }, publishAt: { type: Date, default: null }, flags: { type: [Object], default: [] }, createdAt: { type: Date, required: true }, updatedAt: { type: Date, required: true },
}, { collection: 'articles' });
schema.index({ companyId: 1, slug: 1 }, { unique: true });
schema.index({ companyId: 1, updatedAt: -1, _id: -1 });
schema.index({ companyId: 1, views: -1 });
schema.index({ publishAt: 1 }, { sparse: true });
withOutbox(schema as never);

/** The collection of articles. */
export const Articles = model<ArticleDoc>('Article', schema);
export const articleById = (companyId: string, id: string): Promise<ArticleDoc | null> => Articles.findOne({ companyId, _id: id }).lean<ArticleDoc>();

/** Products that articles are about, by name. */
export async function productsOf(companyId: string, conditions: Record<string, unknown> = {}): Promise<string[]> {
  const rows = await Articles.aggregate<{ _id: string }>([{ $match: { companyId, 'products.0': { $exists: true }, ...conditions } }, { $unwind: '$products' }, { $group: { _id: '$products' } }, { $sort: { _id: 1 } }, { $limit: 500 }]);
  return rows.map((row) => row._id);
}
