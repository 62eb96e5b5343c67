import type { SourceSettings } from '../../protocol';
import { audit } from '../access';
import { voiceSettings } from '../channels/voice';
import { formSettings } from '../channels/webform';
import { badInput, problem, readSetting, writeSetting, type Actor, type Ctx } from '../kernel';
import { queueById } from '../workforce';
import { settingsKind } from './channel-host';

/** Where calls and forms go, from the two channels' own settings. */
export async function sourcesOf(ctx: Ctx): Promise<SourceSettings> {
  const [voice, form] = await Promise.all([readSetting(ctx.companyId, settingsKind('voice'), voiceSettings), readSetting(ctx.companyId, settingsKind('webform'), formSettings)]);
  return { callQueueId: voice.queueId, country: voice.country, callTimeZone: voice.timeZone, formQueueId: form.queueId };
}

/** Changes them. Throws unknown-queue and bad-input for a time zone nobody knows. */
export async function changeSources(ctx: Ctx, actor: Actor, change: Partial<SourceSettings>): Promise<SourceSettings> {
  const before = await sourcesOf(ctx);
  const after = { ...before, ...change };
  for (const queueId of [change.callQueueId, change.formQueueId]) if (queueId && !(await queueById(ctx.companyId, queueId))) throw problem('unknown-queue');
  if (!isTimeZone(after.callTimeZone)) throw badInput({ callTimeZone: 'is not a time zone' });
  await writeSetting(ctx.companyId, settingsKind('voice'), { queueId: after.callQueueId, country: after.country, timeZone: after.callTimeZone });
  await writeSetting(ctx.companyId, settingsKind('webform'), { queueId: after.formQueueId });
  await audit(ctx, actor, { action: 'sources.changed', subject: { kind: 'settings', id: null, name: 'sources' }, before: Object.fromEntries(Object.keys(change).map((key) => [key, before[key as keyof SourceSettings]])), after: change });
  return after;
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
