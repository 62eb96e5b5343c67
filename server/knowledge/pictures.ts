import type { Ctx } from '../kernel';

const address = /\/files\/([0-9a-f]{24})/g;

/** Ids of the files a text shows. */
export const filesIn = (text: string): string[] => [...new Set([...text.matchAll(address)].map((match) => match[1] ?? ''))];

/** Gives the pictures and files a text shows to the knowledge base, so that its readers may fetch them. Only what somebody just uploaded: what belongs to a ticket, or comes in with a mail, stays there. */
export async function ownFiles(ctx: Ctx, texts: readonly string[], owner: string): Promise<void> {
  const ids = [...new Set(texts.flatMap(filesIn))];
  const infos = await Promise.all(ids.map((id) => ctx.blobs.info(ctx.companyId, id)));
  const fresh = infos.filter((info) => info?.owner.kind === 'pending' && info.owner.id !== '').flatMap((info) => (info ? [info._id] : []));
  if (fresh.length > 0) await ctx.blobs.own(ctx.companyId, fresh, { kind: 'knowledge', id: owner });
}
