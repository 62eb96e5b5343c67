import type { Ctx } from '../kernel';
import { countAdministrators } from './account.policy';
import { makeLink } from './make-link';

/** The link by which the first administrator of an empty company gets in; null when there is an administrator. */
export async function firstLink(ctx: Ctx): Promise<string | null> {
  return (await countAdministrators(ctx.companyId)) > 0 ? null : makeLink(ctx, { kind: 'first', accountId: null });
}
