import { readSetting, type Ctx } from '../kernel';
import { channelWeights } from '../workforce';
import { manifestOf } from './ports';

/** What an item of the channel costs of an agent's capacity: as the administrator set it, else as the channel says. */
export async function costOf(ctx: Ctx, channel: string): Promise<{ weight: number; interruptible: boolean }> {
  const { weight, interruptible } = manifestOf(channel);
  const { weights } = await readSetting(ctx.companyId, 'channel-weights', channelWeights);
  return { weight: weights[channel] ?? weight, interruptible };
}
