import { badInput, type Actor, type BlobInfo, type Ctx } from '../kernel';
import { ownDraft } from './draft.model';

/** Files an actor may put into something they write: what they uploaded, what their own draft holds, and what is on the ticket already. Throws bad-input for any other, such as another ticket's. */
export async function usableFiles(ctx: Ctx, actor: Actor, { ids, ticketId }: { ids: readonly string[]; ticketId: string | null }): Promise<BlobInfo[]> {
  const infos = await Promise.all(ids.map((id) => ctx.blobs.info(ctx.companyId, id)));
  const usable = await Promise.all(infos.map(async (info) => info !== null && (await isUsable(ctx, actor, { info, ticketId }))));
  if (usable.includes(false)) throw badInput({ attachmentIds: 'names a file that is not there any more; upload it again' });
  return infos.filter((info) => info !== null);
}

/** Whether a file without a ticket is the actor's own: uploaded by them, or held by their draft. */
export async function isOwnFile(ctx: Ctx, actor: Actor, { owner }: Pick<BlobInfo, 'owner'>): Promise<boolean> {
  if (actor.id === null) return false;
  return owner.kind === 'draft' ? ownDraft(ctx, actor, owner.id) : owner.kind === 'pending' && owner.id === actor.id;
}

async function isUsable(ctx: Ctx, actor: Actor, { info, ticketId }: { info: BlobInfo; ticketId: string | null }): Promise<boolean> {
  return (info.owner.kind === 'ticket' && info.owner.id === ticketId) || actor.kind === 'system' || isOwnFile(ctx, actor, info);
}
