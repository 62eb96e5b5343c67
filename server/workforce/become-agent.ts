import { accountsWith } from '../access';
import { system, type Ctx } from '../kernel';
import { agentById, Agents } from './agent.model';
import { changeAgent, enrolAgent } from './configure-agent';
import { queuesOf } from './queue.model';

/** Makes an account one that takes work, unless it is one already. Where there is one queue they serve it, there being nothing to choose. Answers whether they are new. */
export async function becomeAgent(ctx: Ctx, account: { id: string; name: string }): Promise<boolean> {
  const known = await agentById(ctx.companyId, account.id);
  if (known?.name === account.name) return false;
  const queues = await queuesOf(ctx.companyId);
  await enrolAgent(ctx, account, queues.length === 1 ? queues.map((queue) => queue._id) : []);
  if (known) return false;
  await changeAgent(ctx, system('workforce'), { id: account.id, input: {} });
  return true;
}

/** Whose roles let them take work is an agent from then on. Administrators may do everything, and become one when they first say that they are available. */
export async function enrolWhoTakesWork(ctx: Ctx, accountId: string): Promise<void> {
  const may = async (ability: 'work.take' | 'account.manage') => (await accountsWith(ctx, ability)).find(({ id }) => id === accountId);
  const account = await may('work.take');
  if (account && !(await may('account.manage'))) await becomeAgent(ctx, account);
  else if (account) await Agents.updateOne({ companyId: ctx.companyId, _id: accountId }, { $set: { name: account.name } });
}
