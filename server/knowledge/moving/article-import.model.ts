import { model } from 'mongoose';
import type { ArticleImport } from '../../../protocol';
import { houseSchema, withOutbox, type Outbox } from '../../kernel';

/** An import of a folder of Markdown; carries the events that tell of its articles. */
export interface ArticleImportDoc extends Omit<ArticleImport, 'id' | 'startedAt' | 'endedAt'>, Outbox {
  _id: string;
  companyId: string;
  /** For files that do not say. */
  audience: 'internal' | 'partners' | 'customers' | 'public';
  confidence: 'draft' | 'not-validated' | 'validated';
  locale: string;
  by: string | null;
  startedAt: Date;
  endedAt: Date | null;
}

const none = { type: Number, default: 0 };
const schema = houseSchema<ArticleImportDoc>({
  state: { type: String, required: true }, total: none, done: none, added: none, changed: none, same: none, faults: { type: [Object], default: [] }, audience: { type: String, required: true }, confidence: { type: String, required: true }, locale: { type: String, required: true }, by: { type: String, default: null }, startedAt: { type: Date, required: true }, endedAt: { type: Date, default: null },
}, { collection: 'articleimports' });
schema.index({ companyId: 1, startedAt: -1 });
withOutbox(schema as never);

/** The collection of imports. */
export const ArticleImports = model<ArticleImportDoc>('ArticleImport', schema);

/** An import as it crosses the wire. */
export const presentImport = ({ _id, state, total, done, added, changed, same, faults, startedAt, endedAt }: ArticleImportDoc): ArticleImport => ({ id: _id, state, total, done, added, changed, same, faults, startedAt: startedAt.toISOString(), endedAt: endedAt?.toISOString() ?? null });
