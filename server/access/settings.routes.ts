import { accessEndpoints as api } from '../../protocol';
import { route, type Route } from '../kernel';
import { addTeam } from './add-team';
import { listApiKeys } from './api-key.model';
import { addApiKey, endApiKey } from './api-keys';
import { listAudit } from './audit.model';
import { changeCompany } from './change-company';
import { presentCompany } from './company.presenter';
import { putRole } from './put-role';
import { presentRole, rolesOf } from './role.model';
import { listTeams } from './team.model';

/** Roles, teams, keys, the audit log and the company itself. */
export const settingsRoutes: Route[] = [
  route(api.roles, 'account.read', async (ctx) => ({ rows: [...(await rolesOf(ctx.companyId))].map(([name, role]) => presentRole(name, role)) })),
  route(api.putRole, 'account.manage', (ctx, actor, { params, body }) => putRole(ctx, actor, { ...params, ...body })),
  route(api.teams, 'account.read', async (ctx) => ({ rows: await listTeams(ctx.companyId) })),
  route(api.addTeam, 'account.manage', (ctx, actor, { body }) => addTeam(ctx, actor, body)),
  route(api.apiKeys, 'api-key.manage', async (ctx) => ({ rows: await listApiKeys(ctx.companyId) })),
  route(api.addApiKey, 'api-key.manage', (ctx, actor, { body }) => addApiKey(ctx, actor, body)),
  route(api.endApiKey, 'api-key.manage', async (ctx, actor, { params }) => {
    await endApiKey(ctx, actor, params);
    return {};
  }),
  route(api.audit, 'audit.read', (ctx, _actor, { query }) => listAudit(ctx, query)),
  route(api.company, 'company.manage', async (ctx, actor, { body }) => presentCompany(await changeCompany(ctx, actor, body))),
];
