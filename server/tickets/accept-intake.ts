import { contextOf, findTogether, insertPromised, isDuplicate, newId, readWhole, updateLater, type Ctx, type Services } from '../kernel';
import { Intakes, type IntakeDoc } from './intake.model';

/** What a channel hands over. */
export interface RawInput {
  sourceId: string;
  content: Buffer | AsyncIterable<Buffer>;
  type: string;
  meta?: Record<string, string>;
}

const inlineBytes = 200 * 1024;

/** Stores what came in, waits for the disk, then lets a job work on it. Resolving is the promise not to lose it. */
export async function acceptIntake(ctx: Ctx, channel: string, raw: RawInput): Promise<{ duplicate: boolean }> {
  const { companyId } = ctx;
  const id = newId();
  const small = Buffer.isBuffer(raw.content) && raw.content.length <= inlineBytes ? raw.content : null;
  const blobId = small ? null : (await ctx.blobs.put({ companyId, owner: { kind: 'intake', id }, name: 'original', type: raw.type, content: raw.content }))._id;
  const intake: IntakeDoc = { _id: id, companyId, channel, sourceId: raw.sourceId, content: small, blobId, type: raw.type, meta: raw.meta ?? {}, state: 'stored', reason: '', at: new Date(ctx.clock.now()) };
  try {
    await insertPromised(Intakes, intake);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    if (blobId) await ctx.blobs.remove(companyId, [blobId]);
    return { duplicate: true };
  }
  if (small && small.length <= freshBytes) remember(intake);
  // Redis may be away: what is stored is found by the sweep.
  await ctx.jobs.add('intake.receive', { companyId, channel, intakeId: id }).catch((error: unknown) => ctx.log.warn({ err: error }, 'intake waits for the sweep'));
  return { duplicate: false };
}

// What this process took a moment ago and most often works on itself; looked at once, since a second try reads the truth.
const fresh = new Map<string, IntakeDoc>();
const mostFresh = 100;
const freshBytes = 32 * 1024;

function remember(intake: IntakeDoc): void {
  fresh.set(intake._id, intake);
  if (fresh.size > mostFresh) fresh.delete(fresh.keys().next().value ?? '');
}

/** A stored original with its content, if it still has to be worked on. */
export async function pendingIntake(ctx: Ctx, intakeId: string): Promise<{ intake: IntakeDoc; content: Buffer } | null> {
  const own = fresh.get(intakeId);
  fresh.delete(intakeId);
  const intake = own?.companyId === ctx.companyId ? own : await findTogether(Intakes, ctx.companyId, intakeId);
  if (!intake || intake.state !== 'stored') return null;
  const content = intake.content ? bytesOf(intake.content) : await readWhole(ctx.blobs, ctx.companyId, intake.blobId ?? '');
  return { intake, content };
}

// The driver hands its own kind of binary out.
const bytesOf = (content: Buffer): Buffer => (Buffer.isBuffer(content) ? content : Buffer.from((content as unknown as { buffer: Uint8Array }).buffer));

/** Notes that an original was worked on, or given up with a reason. */
export async function closeIntake(ctx: Ctx, id: string, { state, reason }: { state: 'done' | 'failed'; reason: string }): Promise<void> {
  await updateLater(Intakes, { companyId: ctx.companyId, _id: id }, { $set: { state, reason: reason.slice(0, 1000) } });
}

const overdueMs = 5000;

/** Adds the jobs of originals that were stored but never worked on. */
export async function sweepIntakes(services: Services): Promise<void> {
  const rows = await Intakes.find({ state: 'stored', at: { $lt: new Date(services.clock.now() - overdueMs) } }).setOptions({ acrossCompanies: true }).limit(500).select('companyId channel tries').lean<IntakeDoc[]>();
  for (const row of rows) await contextOf(services, row.companyId).jobs.add('intake.receive', { companyId: row.companyId, channel: row.channel, intakeId: row._id, ...(row.tries ? { version: row.tries } : {}) });
}
