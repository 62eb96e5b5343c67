import { model } from 'mongoose';
import type { Guide, GuideGraph } from '../../../protocol';
import { houseSchema, withOutbox, type Outbox } from '../../kernel';
import { belongsTo } from '../search';

/** A guide with the draft its authors work on. */
export interface GuideDoc extends Outbox {
  _id: string;
  companyId: string;
  category: string;
  audience: Guide['audience'];
  /** Brands it belongs to; none: all, and the company itself. */
  brandIds: string[];
  state: Guide['state'];
  draft: GuideGraph;
  revision: number;
  /** Last published version, 0 for none. */
  version: number;
  /** Revision of the draft that is published. */
  publishedRevision: number;
  /** How often it was begun, for the order in which guides are offered. */
  begun: number;
  createdAt: Date;
  updatedAt: Date;
}

/** A published version; never changed, so that a run can stay on its own. */
export interface GuideVersionDoc {
  _id: string;
  companyId: string;
  guideId: string;
  version: number;
  graph: GuideGraph;
  at: Date;
  by: string | null;
}

const guides = houseSchema<GuideDoc>({
  category: { type: String, default: '' }, audience: { type: String, required: true }, brandIds: { type: [String], default: [] }, state: { type: String, required: true }, draft: { type: Object, required: true }, revision: { type: Number, required: true }, version: { type: Number, required: true },
  publishedRevision: { type: Number, default: 0 }, begun: { type: Number, default: 0 }, createdAt: { type: Date, required: true }, updatedAt: { type: Date, required: true },
}, { collection: 'guides' });
guides.index({ companyId: 1, updatedAt: -1 });
withOutbox(guides as never);
const versions = houseSchema<GuideVersionDoc>({ guideId: { type: String, required: true }, version: { type: Number, required: true }, graph: { type: Object, required: true }, at: { type: Date, required: true }, by: { type: String, default: null } }, { collection: 'guideversions' });
versions.index({ companyId: 1, guideId: 1, version: 1 }, { unique: true });

/** The collection of guides. */
export const Guides = model<GuideDoc>('Guide', guides);
export const GuideVersions = model<GuideVersionDoc>('GuideVersion', versions);

export const guideById = (companyId: string, id: string): Promise<GuideDoc | null> => Guides.findOne({ companyId, _id: id }).lean<GuideDoc>();

/** A published graph; null when there is no such version. */
export async function publishedGraph(companyId: string, guideId: string, version: number): Promise<GuideGraph | null> {
  const found = await GuideVersions.findOne({ companyId, guideId, version }).lean<GuideVersionDoc>();
  return found?.graph ?? null;
}

/** Every guide that customers or colleagues may use, with what is published of it. */
export async function publishedGuides(companyId: string): Promise<{ guide: GuideDoc; graph: GuideGraph }[]> {
  const rows = await Guides.find({ companyId, state: 'published' }).sort({ begun: -1, _id: 1 }).lean<GuideDoc[]>();
  const found = await Promise.all(rows.map(async (guide) => ({ guide, graph: await publishedGraph(companyId, guide._id, guide.version) })));
  return found.flatMap(({ guide, graph }) => (graph ? [{ guide, graph }] : []));
}

/** Those of them that customers of a brand may use; null: customers of the company itself. */
export const publicGuides = async (companyId: string, brandId: string | null): Promise<{ guide: GuideDoc; graph: GuideGraph }[]> =>
  (await publishedGuides(companyId)).filter(({ guide }) => guide.audience === 'public' && belongsTo(guide.brandIds, brandId));
