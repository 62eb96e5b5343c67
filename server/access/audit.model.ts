import { model } from 'mongoose';
import type { AuditEntry } from '../../protocol';
import { afterPlace, cutPage, houseSchema, newId, readCursor, type Actor, type Ctx } from '../kernel';

/** Who changed what; written once, never changed. */
interface AuditDoc {
  _id: string;
  companyId: string;
  at: Date;
  by: { kind: string; id: string | null; name: string };
  action: string;
  subject: { kind: string; id: string | null; name: string };
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}

const schema = houseSchema<AuditDoc>({
  at: { type: Date, required: true },
  by: { type: Object, required: true },
  action: { type: String, required: true },
  subject: { type: Object, required: true },
  before: { type: Object, required: true },
  after: { type: Object, required: true },
}, { collection: 'audit' });
schema.index({ companyId: 1, at: -1, _id: -1 });
schema.pre(['updateOne', 'updateMany', 'findOneAndUpdate', 'findOneAndReplace', 'replaceOne', 'deleteOne', 'deleteMany', 'findOneAndDelete'], () => {
  throw new Error('The audit log is only ever added to');
});

const AuditModel = model<AuditDoc>('Audit', schema);

/** An administrative change as its command tells it: changed fields only, never a secret. */
export interface Audited {
  /** noun.past-tense, e.g. queue.changed. */
  action: string;
  subject: { kind: string; id: string | null; name: string };
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
}

/** Adds to the audit log. */
export async function audit(ctx: Ctx, actor: Actor, { action, subject, before = {}, after = {} }: Audited): Promise<void> {
  await AuditModel.create({ _id: newId(), companyId: ctx.companyId, at: new Date(ctx.clock.now()), by: { kind: actor.kind, id: actor.id, name: actor.name }, action, subject, before, after });
}

/** The fields of `next` whose value differs from that in `now`, before and after; ready for `audit`. */
export function changedFields(now: object, next: object): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const old = now as Record<string, unknown>;
  const keys = Object.entries(next).filter(([key, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(old[key])).map(([key]) => key);
  const pick = (from: Record<string, unknown>) => Object.fromEntries(keys.map((key) => [key, from[key] ?? null]));
  return { before: pick(old), after: pick(next as Record<string, unknown>) };
}

/** A page of the audit log, newest first. */
export async function listAudit(ctx: Ctx, { after, limit }: { after?: string; limit: number }): Promise<{ rows: AuditEntry[]; next: string | null }> {
  const older = after === undefined ? {} : afterPlace('at', readCursor(after));
  const found = await AuditModel.find({ companyId: ctx.companyId, ...older }).sort({ at: -1, _id: -1 }).limit(limit + 1).lean<AuditDoc[]>();
  const { rows, next } = cutPage(found, limit, (entry) => ({ at: entry.at, id: entry._id }));
  return { rows: rows.map(present), next };
}

const present = ({ _id, at, by, action, subject, before, after }: AuditDoc): AuditEntry => ({ id: _id, at: at.toISOString(), by, action, subject, before, after });
