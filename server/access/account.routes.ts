import { accessEndpoints as api } from '../../protocol';
import { route, type Route } from '../kernel';
import { listAccounts } from './account-lookup';
import { presentAccount } from './account.presenter';
import { askReset } from './ask-reset';
import { changeAccount } from './change-account';
import { inviteAccount } from './invite-account';
import { presentMe } from './me.presenter';
import type { AccessPorts } from './ports';
import { resetAccount } from './reset-account';
import { sessionCookie } from './session-cookie';
import { fromOf } from './session.routes';
import { readLink, useLink } from './use-link';

/** Accounts and the links by which people get in. */
export const accountRoutes = ({ sendMail }: AccessPorts): Route[] => [
  route(api.askReset, null, async (ctx, actor, { body, request }) => {
    await askReset(ctx, actor, { email: body.email, address: fromOf(request).address, sendMail });
    return {};
  }),
  route(api.readLink, null, (ctx, actor, { body, request }) => readLink(ctx, actor, { token: body.token, address: fromOf(request).address })),
  route(api.useLink, null, async (ctx, actor, { body, request, response }) => {
    const opened = await useLink(ctx, actor, { ...body, from: fromOf(request) });
    response.append('Set-Cookie', sessionCookie(ctx, opened.token));
    return { me: await presentMe({ account: opened.account, csrf: opened.session.csrf }) };
  }),
  route(api.accounts, 'account.read', (ctx, _actor, { query }) => listAccounts(ctx, query)),
  route(api.invite, 'account.manage', async (ctx, actor, { body }) => {
    const { account, link } = await inviteAccount(ctx, actor, body);
    if (body.sendMail) await sendMail(ctx, { to: account.email, kind: 'invitation', name: account.name, link, locale: account.locale });
    return { account: presentAccount(account), link };
  }),
  route(api.changeAccount, 'account.manage', async (ctx, actor, { params, body }) => presentAccount(await changeAccount(ctx, actor, { id: params.id, ...body }))),
  route(api.resetAccount, 'account.manage', async (ctx, actor, { params }) => ({ link: await resetAccount(ctx, actor, params) })),
];
