import type { Account } from '../../protocol';
import type { AccountDoc } from './account.model';

/** An account as the protocol shows it; nothing that opens anything. */
export const presentAccount = (account: AccountDoc): Account => ({
  id: account._id,
  name: account.name,
  email: account.email,
  roles: account.roles,
  teamId: account.teamId,
  locale: account.locale,
  timeZone: account.timeZone,
  secondFactor: account.secondFactor !== null,
  disabled: account.disabled,
  invited: account.passwordHash === null,
  createdAt: account.createdAt.toISOString(),
});
