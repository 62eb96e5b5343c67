import { newId, type Ctx } from '../kernel';
import { LinkModel, type LinkDoc } from './link.model';
import { hashOf, newToken } from './tokens';

const hour = 3_600_000;
const lifeMs: Record<LinkDoc['kind'], number> = { invitation: 7 * 24 * hour, reset: hour, first: 7 * 24 * hour };

export interface NewLink {
  kind: LinkDoc['kind'];
  accountId: string | null;
  endsSecondFactor?: boolean;
}

/** Makes a one-time link; an account's earlier links stop working. */
export async function makeLink(ctx: Ctx, { kind, accountId, endsSecondFactor = false }: NewLink): Promise<string> {
  const token = newToken(ctx.companyId);
  if (accountId !== null) await endLinks(ctx.companyId, accountId);
  await LinkModel.create({ _id: newId(), companyId: ctx.companyId, tokenHash: hashOf(token), kind, accountId, endsSecondFactor, expiresAt: new Date(ctx.clock.now() + lifeMs[kind]) });
  return `${ctx.publicUrl}/link#token=${token}`;
}

/** Makes all links of an account useless. */
export async function endLinks(companyId: string, accountId: string): Promise<void> {
  await LinkModel.deleteMany({ companyId, accountId });
}
