import { newId, newSecret, type Ctx } from '../kernel';
import type { AccountDoc } from './account.model';
import { idleMs, SessionModel, type SessionDoc } from './session.model';
import { hashOf, newToken } from './tokens';

/** Where a log-in comes from. */
export interface From {
  /** Network address. */
  address: string;
  /** How the browser called itself. */
  agentText: string;
}

/** A log-in that just began; the token is the cookie's value and is not stored. */
export interface Opened {
  account: AccountDoc;
  session: SessionDoc;
  token: string;
}

/** Begins a log-in. */
export async function openSession(ctx: Ctx, account: AccountDoc, { address, agentText }: From): Promise<Opened> {
  const token = newToken(ctx.companyId);
  const now = ctx.clock.now();
  const session: SessionDoc = {
    _id: newId(), companyId: ctx.companyId, accountId: account._id, tokenHash: hashOf(token), csrf: newSecret(),
    createdAt: new Date(now), lastSeenAt: new Date(now), expiresAt: new Date(now + idleMs), agentText: agentText.slice(0, 300), address: address.slice(0, 60),
  };
  await SessionModel.create(session);
  return { account, session, token };
}
