/** What an agent carries: weights in units, items by channel. */
export interface Carried { firmLoad: number; softLoad: number; counts: Readonly<Record<string, number>> }
/** What an agent may carry. */
export interface Limits { capacity: number; maxima: Readonly<Record<string, number>> }
/** What an item costs. */
export interface Cost { channel: string; weight: number; interruptible?: boolean }

/**
 * Whether there is room for one more item, and if so whether interruptible work is put aside for it.
 * Firm work must fit beside firm work, interruptible work beside everything; a channel's maximum counts both.
 */
export function roomFor(carried: Carried, limits: Limits, cost: Cost): 'fits' | 'aside' | 'full' {
  const most = limits.maxima[cost.channel];
  if (most !== undefined && (carried.counts[cost.channel] ?? 0) + 1 > most) return 'full';
  const all = carried.firmLoad + carried.softLoad + cost.weight;
  if (carried.firmLoad >= limits.capacity) return 'full';
  if (cost.interruptible) return all > limits.capacity ? 'full' : 'fits';
  if (carried.firmLoad + cost.weight > limits.capacity) return 'full';
  return all > limits.capacity ? 'aside' : 'fits';
}

/** Takes an item up (sign 1) or lets it go (sign -1). */
export function carry<C extends Carried>(carried: C, cost: Cost, sign: 1 | -1): C {
  const counts = { ...carried.counts, [cost.channel]: (carried.counts[cost.channel] ?? 0) + sign };
  return cost.interruptible
    ? { ...carried, counts, softLoad: carried.softLoad + sign * cost.weight }
    : { ...carried, counts, firmLoad: carried.firmLoad + sign * cost.weight };
}

/** Beyond the limits: only a customer who came back to a sleeping chat can cause it, by one item. */
export function isOver(carried: Carried, limits: Limits): boolean {
  return carried.firmLoad > limits.capacity || Object.entries(limits.maxima).some(([channel, most]) => (carried.counts[channel] ?? 0) > most);
}
