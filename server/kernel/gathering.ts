import type { Ctx } from './context';
import type { Relay } from './relay.types';

/**
 * A context whose commands write their events into their documents as ever, but tell them only when `release` is called: all in one batch, in
 * the order they happened. Whoever makes one releases it in any case; what a crash keeps back is found by the sweep.
 */
export function gathering(ctx: Ctx): { ctx: Ctx; release(): Promise<void> } {
  const kept: Parameters<Relay['publish']>[] = [];
  const relay: Relay = {
    publish: async (...published) => void kept.push(published),
    settle: () => ctx.relay.settle(),
  };
  return { ctx: { ...ctx, relay }, release: async () => void (await Promise.all(kept.splice(0).map((published) => ctx.relay.publish(...published)))) };
}
