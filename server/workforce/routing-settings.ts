import { routingSettings, type RoutingSettings } from '../../protocol';
import { problem, readSetting, writeSetting, type Ctx } from '../kernel';
import { workforcePorts } from './ports';
import { skillsOf } from './skill.model';
import type { Requirement } from '../../queues';

const kind = 'routing';

/** How routing behaves in every queue of the company. */
export const routingSettingsOf = (companyId: string): Promise<RoutingSettings> => readSetting(companyId, kind, routingSettings);

/** Both requirements at once: of a skill asked for twice the higher level. */
export function both(one: Requirement, other: Requirement): Record<string, number> {
  return Object.fromEntries([...new Set([...Object.keys(one), ...Object.keys(other)])].map((skill) => [skill, Math.max(one[skill] ?? 0, other[skill] ?? 0)]));
}

/** What work of a channel and a language asks for besides its queue's skills. */
export function demandsOf(settings: RoutingSettings, { channel, language }: { channel: string; language: string | null }): Record<string, number> {
  return both(settings.channelSkills[channel] ?? {}, settings.languageSkills[language ?? ''] ?? {});
}

/** Whether a channel or a language asks for the skill. */
export const isDemanded = (settings: RoutingSettings, skillId: string): boolean =>
  [...Object.values(settings.channelSkills), ...Object.values(settings.languageSkills)].some((requirement) => skillId in requirement);

/** Replaces the settings. Throws unknown-channel, unknown-skill. */
export async function putRoutingSettings(ctx: Ctx, input: RoutingSettings): Promise<void> {
  demandChannels(Object.keys(input.channelSkills));
  const known = new Set((await skillsOf(ctx.companyId)).map((skill) => skill._id));
  const unknown = [...Object.values(input.channelSkills), ...Object.values(input.languageSkills)].flatMap((requirement) => Object.keys(requirement)).find((id) => !known.has(id));
  if (unknown) throw problem('unknown-skill', { skill: unknown });
  await writeSetting(ctx.companyId, kind, input);
}

/** Throws unknown-channel for the first that is none. */
export function demandChannels(ids: readonly string[]): void {
  const unknown = ids.find((id) => !workforcePorts().channelExists(id));
  if (unknown !== undefined) throw problem('unknown-channel', { channel: unknown });
}
