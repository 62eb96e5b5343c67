import { z } from 'zod';
import { routingRule, type RoutingRule, type RoutingTable } from '../../../protocol';
import { problem, readSetting, writeSetting, type Ctx } from '../../kernel';
import { hoursById } from '../../service-levels';
import { queuesOf, skillsOf } from '../../workforce';
import { ticketPorts } from '../ports';

const kind = 'routing-rules';
const stored = z.object({ rows: z.array(routingRule).default([]), version: z.number().default(0) });

/** The company's table of routing rules. */
export const rulesOf = (ctx: Ctx): Promise<RoutingTable> => readSetting(ctx.companyId, kind, stored);

/** Replaces the table. Throws version-conflict, unknown-queue, unknown-skill, unknown-channel, unknown-hours. */
export async function putRules(ctx: Ctx, { rows, version }: RoutingTable): Promise<{ before: RoutingTable; after: RoutingTable }> {
  const before = await rulesOf(ctx);
  if (before.version !== version) throw problem('version-conflict');
  await demandKnown(ctx, rows);
  const after = { rows, version: version + 1 };
  await writeSetting(ctx.companyId, kind, after);
  return { before, after };
}

/** Throws named-by-rule when a rule names a queue, hours or a skill of this id. */
export async function demandUnnamed(ctx: Ctx, id: string): Promise<void> {
  const naming = (await rulesOf(ctx)).rows.filter(({ when, then }) => then.queueId === id || when.hours?.hoursId === id || id in (then.skills ?? {}));
  if (naming.length > 0) throw problem('named-by-rule', { rules: naming.map(({ name }) => name).join(', ') });
}

/** Refuses rules that name something that is not there. Throws unknown-queue, unknown-skill, unknown-channel, unknown-hours. */
export async function demandKnown(ctx: Ctx, rows: readonly RoutingRule[]): Promise<void> {
  const [queues, skills] = await Promise.all([queuesOf(ctx.companyId), skillsOf(ctx.companyId)]);
  for (const { name, when, then } of rows) {
    if (then.queueId && !queues.some((queue) => queue._id === then.queueId)) throw problem('unknown-queue', { rule: name });
    if (Object.keys(then.skills ?? {}).some((id) => !skills.some((skill) => skill._id === id))) throw problem('unknown-skill', { rule: name });
    if ((when.channels ?? []).some((id) => !id.includes('*') && !ticketPorts().manifestOf(id.trim().toLowerCase()))) throw problem('unknown-channel', { rule: name });
    if (when.hours && !(await hoursById(ctx.companyId, when.hours.hoursId))) throw problem('unknown-hours', { rule: name });
  }
}
