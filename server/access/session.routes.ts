import type { Request } from 'express';
import { accessEndpoints as api, type Session } from '../../protocol';
import { problem, route, type Actor, type Ctx, type Route } from '../kernel';
import { findAccount, writeAccount, type AccountDoc } from './account.model';
import { demandAccount } from './account.policy';
import { changePassword } from './change-password';
import { endSessions } from './end-sessions';
import { logIn } from './log-in';
import { presentMe } from './me.presenter';
import type { From } from './open-session';
import { confirmSecondFactor, endSecondFactor, startSecondFactor } from './second-factor';
import { noSessionCookie, sessionCookie } from './session-cookie';
import { SessionModel, type SessionDoc } from './session.model';
import { demandTimeZone } from './time-zone';

/** Where a request comes from. */
export const fromOf = (request: Request): From => ({ address: request.ip ?? '', agentText: request.headers['user-agent'] ?? '' });

/** Log in and out, and everything about oneself. */
export const sessionRoutes: Route[] = [
  route(api.logIn, null, async (ctx, actor, { body, request, response }) => {
    const opened = await logIn(ctx, actor, { ...body, from: fromOf(request) });
    response.append('Set-Cookie', sessionCookie(ctx, opened.token));
    return { me: await presentMe({ account: opened.account, csrf: opened.session.csrf }) };
  }),
  route(api.logOut, null, async (ctx, actor, { response }) => {
    const { id, sessionId } = demandAccount(actor);
    await endSessions(ctx, { accountId: id, only: sessionId });
    // Every node forgets it, and open connections of the log-in end.
    await writeAccount(ctx, actor, { id, set: {} });
    response.append('Set-Cookie', noSessionCookie(ctx));
    return {};
  }),
  route(api.me, null, async (ctx, actor) => presentMe(await own(ctx, actor))),
  route(api.changeMe, null, async (ctx, actor, { body }) => {
    demandTimeZone(body.timeZone);
    const { csrf } = await own(ctx, actor);
    const account = await writeAccount(ctx, actor, { id: demandAccount(actor).id, set: body });
    if (!account) throw problem('not-logged-in');
    return presentMe({ account, csrf });
  }),
  route(api.changePassword, null, async (ctx, actor, { body }) => {
    await changePassword(ctx, actor, body);
    return {};
  }),
  route(api.sessions, null, async (ctx, actor) => ({ rows: await listSessions(ctx, actor) })),
  route(api.endSessions, null, async (ctx, actor) => {
    const { id, sessionId } = demandAccount(actor);
    // Written to the account too, so that open connections of the ended log-ins hear of it.
    if ((await endSessions(ctx, { accountId: id, but: sessionId })) > 0) await writeAccount(ctx, actor, { id, set: {} });
    return {};
  }),
  route(api.startSecondFactor, null, (ctx, actor) => startSecondFactor(ctx, actor)),
  route(api.confirmSecondFactor, null, async (ctx, actor, { body }) => ({ recoveryCodes: await confirmSecondFactor(ctx, actor, body) })),
  route(api.endSecondFactor, null, async (ctx, actor, { body }) => {
    await endSecondFactor(ctx, actor, body);
    return {};
  }),
];

async function own(ctx: Ctx, actor: Actor): Promise<{ account: AccountDoc; csrf: string }> {
  const { id, sessionId } = demandAccount(actor);
  const [account, session] = await Promise.all([findAccount(ctx, id), SessionModel.findOne({ companyId: ctx.companyId, _id: sessionId }).lean<SessionDoc>()]);
  if (!account || !session) throw problem('not-logged-in');
  return { account, csrf: session.csrf };
}

async function listSessions(ctx: Ctx, actor: Actor): Promise<Session[]> {
  const { id, sessionId } = demandAccount(actor);
  const found = await SessionModel.find({ companyId: ctx.companyId, accountId: id, expiresAt: { $gt: new Date(ctx.clock.now()) } }).sort({ lastSeenAt: -1 }).limit(100).lean<SessionDoc[]>();
  return found.map((each) => ({ id: each._id, current: each._id === sessionId, createdAt: each.createdAt.toISOString(), lastSeenAt: each.lastSeenAt.toISOString(), agentText: each.agentText, address: each.address }));
}
