import type { BoardQueue } from '../../../protocol/board';
import type { Queue } from '../../../protocol/workforce';

export type Risk = 'fine' | 'at-risk' | 'breached';

/** Where a share stands against its aim: breached below it, at risk within five points above. */
export function levelRisk(share: number | null, target: number | null): Risk {
  if (share === null || target === null) return 'fine';
  return share < target ? 'breached' : share < target + 0.05 && share < 1 ? 'at-risk' : 'fine';
}

/** Where the longest wait stands against the strictest target of the channels that wait: at risk from three quarters on. */
export function waitRisk(queue: BoardQueue, targets: Queue['targets'], now: number): Risk {
  if (!queue.oldestArrivedAt) return 'fine';
  const limits = Object.entries(queue.waitingByChannel).filter(([, count]) => count > 0).flatMap(([channel]) => targets[channel]?.withinSeconds ?? []);
  if (limits.length === 0) return 'fine';
  const share = (now - Date.parse(queue.oldestArrivedAt)) / 1000 / Math.min(...limits);
  return share > 1 ? 'breached' : share > 0.75 ? 'at-risk' : 'fine';
}

/** Both together. */
export const riskOf = (queue: BoardQueue, targets: Queue['targets'], now: number): { wait: Risk; level: Risk } => ({ wait: waitRisk(queue, targets, now), level: levelRisk(queue.withinTarget, queue.target) });

const rank: Record<Risk, number> = { breached: 0, 'at-risk': 1, fine: 2 };

/** Queues below their service level first, then by name, so that rows rarely move. */
export const byRisk = (one: BoardQueue, other: BoardQueue): number =>
  rank[levelRisk(one.withinTarget, one.target)] - rank[levelRisk(other.withinTarget, other.target)] || one.name.localeCompare(other.name);
