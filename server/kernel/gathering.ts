import type { Ctx } from './context';
import type { Relay } from './relay.types';

/**
 * A context whose commands write their events into their documents as ever, but tell them only when `release` is called: all in one batch, in
 * the order they happened; what is released later waits for what was released before. Whoever makes one releases it in any case; what a crash
 * keeps back is found by the sweep.
 */
export function gathering(ctx: Ctx): { ctx: Ctx; release(): Promise<void> } {
  const kept: Parameters<Relay['publish']>[] = [];
  const relay: Relay = {
    publish: async (...published) => void kept.push(published),
    settle: () => ctx.relay.settle(),
  };
  let before = Promise.resolve();
  const release = (): Promise<void> => {
    const rest = kept.splice(0);
    if (rest.length === 0) return Promise.resolve();
    const tell = async (): Promise<void> => void (await Promise.all(rest.map((published) => ctx.relay.publish(...published))));
    before = before.then(tell);
    return before;
  };
  return { ctx: { ...ctx, relay }, release };
}
