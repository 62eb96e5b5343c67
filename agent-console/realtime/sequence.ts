import type { Broadcast } from '../../protocol/sockets';

const remembered = 2000;
/** Rooms travel apart, so a lower number can arrive after a higher one: after an outage we ask again from a little before the last. */
const overlap = 25;

/** Lets every broadcast through once, and holds what arrives while the missed ones are being fetched, so that all are applied in order. */
export function makeSequence(deliver: (broadcast: Broadcast) => void) {
  let highest = 0;
  let held: Broadcast[] | null = null;
  const seen = new Set<string>();

  const pass = (broadcast: Broadcast) => {
    // One event may be told in several ways, each of which counts.
    const told = `${broadcast.id} ${broadcast.name}`;
    if (seen.has(told)) return;
    seen.add(told);
    if (seen.size > remembered) seen.delete(seen.values().next().value as string);
    highest = Math.max(highest, broadcast.n);
    deliver(broadcast);
  };

  return {
    /** From where to ask for missed events; 0 before the first. */
    from: () => Math.max(0, highest - overlap),
    hold: () => {
      held ??= [];
    },
    take: (broadcast: Broadcast) => {
      if (held) held.push(broadcast);
      else pass(broadcast);
    },
    /** Applies what was missed together with what was held, in order. */
    catchUp: (missed: readonly Broadcast[], last: number) => {
      const all = [...missed, ...(held ?? [])].sort((one, other) => one.n - other.n);
      held = null;
      all.forEach(pass);
      highest = Math.max(highest, last);
    },
  };
}
