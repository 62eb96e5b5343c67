// The door of access: who may come in, what they may do, and what was changed by whom.
import type { DomainMount } from '../kernel';
import { accountRoutes } from './account.routes';
import type { AccessPorts } from './ports';
import { sessionRoutes } from './session.routes';
import { settingsRoutes } from './settings.routes';

/** Everything access contributes; mails with links are sent by the port. */
export const mount = (ports: AccessPorts): DomainMount => ({
  routes: [...sessionRoutes, ...accountRoutes(ports), ...settingsRoutes],
  outboxes: ['companies', 'accounts', 'roles', 'teams', 'apikeys'],
});

export { accountByEmail, accountName, accountsById, accountsWith, listAccounts } from './account-lookup';
export { addApiKey } from './api-keys';
export { addTeam } from './add-team';
export { audit, changedFields, type Audited } from './audit.model';
export { actorOf, authenticate, authenticateSocket, sessionLives, type Asking, type Authenticated } from './authenticate';
export { changeAccount } from './change-account';
export type { Company } from './company.model';
export { createAccount, type NewAccount } from './create-account';
export { companyById, companyIds, createCompany, ensureCompany, theCompany } from './create-company';
export { firstLink } from './first-link';
export { inviteAccount } from './invite-account';
export { personalFields, type PersonalFields } from './personal';
export type { AccessPorts, LinkMail, SendMail } from './ports';
export { putRole } from './put-role';
export { listTeams } from './team.model';
