import { afterPlace, cutPage, problem, readCursor, readWhole, type Ctx } from '../kernel';
import { Intakes, type IntakeDoc } from './intake.model';

/** Deliveries that could not be made messages, newest first, as stored. */
export async function listQuarantine(ctx: Ctx, { after, limit }: { after?: string; limit: number }): Promise<{ rows: IntakeDoc[]; next: string | null }> {
  const older = after === undefined ? {} : afterPlace('at', readCursor(after));
  const rows = await Intakes.find({ companyId: ctx.companyId, state: 'failed', ...older }).sort({ at: -1, _id: -1 }).limit(limit + 1).lean<IntakeDoc[]>();
  return cutPage(rows, limit, (row) => ({ at: row.at, id: row._id }));
}

/** The delivery as it came. */
export async function originalOf(ctx: Ctx, intake: IntakeDoc): Promise<Buffer> {
  if (intake.content) return Buffer.from((intake.content as unknown as { buffer: Uint8Array }).buffer ?? intake.content);
  return readWhole(ctx.blobs, ctx.companyId, intake.blobId ?? '');
}

/** A stored delivery. Throws not-found. */
export async function intakeById(ctx: Ctx, id: string): Promise<IntakeDoc> {
  const intake = await Intakes.findOne({ companyId: ctx.companyId, _id: id }).lean<IntakeDoc>();
  if (!intake) throw problem('not-found');
  return intake;
}

/** Tries to read it again. Throws not-found unless it is in quarantine. */
export async function releaseQuarantined(ctx: Ctx, id: string): Promise<void> {
  const intake = await Intakes.findOneAndUpdate({ companyId: ctx.companyId, _id: id, state: 'failed' }, { $set: { state: 'stored', reason: '' }, $inc: { tries: 1 }, $unset: { 'meta.fault': 1 } }, { returnDocument: 'after' }).lean<IntakeDoc>();
  if (!intake) throw problem('not-found');
  await ctx.jobs.add('intake.receive', { companyId: ctx.companyId, channel: intake.channel, intakeId: id, version: intake.tries ?? 1 });
}

/** Erases it; the same mail coming again is still recognised. Throws not-found unless it is in quarantine. */
export async function discardQuarantined(ctx: Ctx, id: string): Promise<void> {
  const intake = await Intakes.findOneAndUpdate({ companyId: ctx.companyId, _id: id, state: 'failed' }, { $set: { state: 'done', content: null, blobId: null } }).lean<IntakeDoc>();
  if (!intake) throw problem('not-found');
  if (intake.blobId) await ctx.blobs.remove(ctx.companyId, [intake.blobId]);
}
