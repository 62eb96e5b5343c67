import type { Me } from '../../protocol';
import { problem } from '../kernel';
import type { AccountDoc } from './account.model';
import { presentAccount } from './account.presenter';
import { presentCompany } from './company.presenter';
import { companyById } from './create-company';
import { powerOf, rolesOf } from './role.model';

/** What the console needs to start: who reads, what they may do, and how to prove that changes come from it. */
export async function presentMe({ account, csrf }: { account: AccountDoc; csrf: string }): Promise<Me> {
  const [roles, company] = await Promise.all([rolesOf(account.companyId), companyById(account.companyId)]);
  if (!company) throw problem('not-logged-in');
  const { abilities, scope } = powerOf(roles, account.roles);
  return { account: presentAccount(account), abilities: [...abilities], scope, csrf, company: presentCompany(company) };
}
