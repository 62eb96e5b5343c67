import type { Model } from 'mongoose';
import { can, happened, newId, problem, type PendingEvent, type Actor, type Ctx } from '../kernel';
import { Macros, seenBy, Views, type MacroDoc, type ViewDoc } from './kept.model';

type Kept = ViewDoc | MacroDoc;
type Fields<T extends Kept> = Omit<T, '_id' | 'companyId' | 'authorId' | 'pending'>;
const most = 500;

/** What may be kept, and what consoles call it when it changes. */
interface Shelf<T extends Kept> {
  model: Model<T>;
  kind: 'views' | 'macros';
}
export const viewShelf: Shelf<ViewDoc> = { model: Views, kind: 'views' };
export const macroShelf: Shelf<MacroDoc> = { model: Macros, kind: 'macros' };

const changed = (ctx: Ctx, actor: Actor, { kind }: { kind: string }): PendingEvent => happened('settings.changed', { kind }, { by: actor, subject: ctx.companyId, at: ctx.clock.now() });
const tell = (ctx: Ctx, { kind, id, event }: { kind: string; id: string; event: PendingEvent }): Promise<unknown> => ctx.relay.publish({ collection: kind, companyId: ctx.companyId, id }, [event]);

function demandShared(actor: Actor, shared: boolean | undefined): void {
  if (shared && !can(actor, 'queue.manage')) throw problem('not-allowed', { ability: 'queue.manage' });
}

/** Mine and the shared ones, by name. */
export async function listKept<T extends Kept>(ctx: Ctx, actor: Actor, { model }: Shelf<T>): Promise<T[]> {
  return model.find({ companyId: ctx.companyId, ...seenBy(actor.id) } as object).sort({ name: 1, _id: 1 }).limit(most).lean<T[]>();
}

/** Keeps something. Throws not-allowed when it is to be shared without queue.manage. */
export async function keep<T extends Kept>(ctx: Ctx, actor: Actor, { shelf, fields }: { shelf: Shelf<T>; fields: Fields<T> }): Promise<T> {
  demandShared(actor, fields.shared);
  const event = changed(ctx, actor, shelf);
  const doc = { ...fields, _id: newId(), companyId: ctx.companyId, authorId: actor.id, pending: [event] } as unknown as T;
  await shelf.model.create(doc);
  await tell(ctx, { kind: shelf.kind, id: doc._id, event });
  return doc;
}

async function own<T extends Kept>(ctx: Ctx, actor: Actor, { shelf, id }: { shelf: Shelf<T>; id: string }): Promise<T> {
  const found = await shelf.model.findOne({ companyId: ctx.companyId, _id: id, ...seenBy(actor.id) } as object).lean<T>();
  if (!found) throw problem('not-found');
  demandShared(actor, found.shared && found.authorId !== actor.id);
  return found;
}

/** Changes what one has kept, or what is shared with queue.manage. Throws not-found, not-allowed. */
export async function changeKept<T extends Kept>(ctx: Ctx, actor: Actor, { shelf, id, fields }: { shelf: Shelf<T>; id: string; fields: Partial<Fields<T>> }): Promise<T> {
  const before = await own(ctx, actor, { shelf, id });
  demandShared(actor, fields.shared);
  const event = changed(ctx, actor, shelf);
  await shelf.model.updateOne({ companyId: ctx.companyId, _id: id } as object, { $set: fields, $push: { pending: event } } as object);
  await tell(ctx, { kind: shelf.kind, id, event });
  return { ...before, ...fields };
}

/** Removes it. Throws not-found, not-allowed. */
export async function removeKept<T extends Kept>(ctx: Ctx, actor: Actor, { shelf, id }: { shelf: Shelf<T>; id: string }): Promise<void> {
  await own(ctx, actor, { shelf, id });
  await shelf.model.deleteOne({ companyId: ctx.companyId, _id: id } as object);
  await tell(ctx, { kind: shelf.kind, id, event: changed(ctx, actor, shelf) });
}
