import type { Ctx } from '../kernel';
import { SessionModel } from './session.model';

/** Ends log-ins: all of an account, all but one, or just one. Answers how many. */
export async function endSessions(ctx: Ctx, which: { accountId: string; only?: string; but?: string }): Promise<number> {
  const id = which.only !== undefined ? { _id: which.only } : which.but !== undefined ? { _id: { $ne: which.but } } : {};
  const { deletedCount } = await SessionModel.deleteMany({ companyId: ctx.companyId, accountId: which.accountId, ...id });
  return deletedCount;
}
