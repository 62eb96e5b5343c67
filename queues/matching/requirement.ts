import type { Requirement, WorkItem } from '../work-item';

/** A skill an agent lacks: `has` 0 when they do not have it at all. */
export interface Unmet { skill: string; has: number; needs: number }

/** The first skill (by id) an agent lacks for a requirement, or null. Levels: an agent needs at least the level asked for in every skill. */
export function unmet(requirement: Requirement, skills: Readonly<Record<string, number>>): Unmet | null {
  for (const [skill, needs] of Object.entries(requirement).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const has = skills[skill] ?? 0;
    if (has < needs) return { skill, has, needs };
  }
  return null;
}

/** Whether everyone who satisfies `strict` satisfies `weak` too. */
export function relaxes(strict: Requirement, weak: Requirement): boolean {
  return Object.entries(weak).every(([skill, level]) => (strict[skill] ?? 0) >= level);
}

/** Sum of an agent's levels in the skills a requirement names ('most-skilled'). */
export function levelSum(requirement: Requirement, skills: Readonly<Record<string, number>>): number {
  return Object.keys(requirement).reduce((sum, skill) => sum + (skills[skill] ?? 0), 0);
}

/** The ring open at a moment: the last whose seconds since arrival have passed. */
export function ringAt(item: WorkItem, now: number): number {
  let open = 0;
  item.rings.forEach((ring, i) => { if (i > 0 && item.arrivedAt + ring.afterSeconds * 1000 <= now) open = i; });
  return open;
}

/** Epoch milliseconds at which the next ring opens, or null. */
export function nextRingAt(item: WorkItem, now: number): number | null {
  const next = item.rings.find((ring, i) => i > 0 && item.arrivedAt + ring.afterSeconds * 1000 > now);
  return next ? item.arrivedAt + next.afterSeconds * 1000 : null;
}

/** What a ring asks for. */
export function requirementOf(item: WorkItem, ring: number): Requirement {
  return item.rings[ring]?.requirement ?? {};
}

const name = /^[A-Za-z0-9_-]{1,64}$/;

/** Whether an id may be used in the room: 1-64 of [A-Za-z0-9_-]. */
export function goodId(id: string): boolean {
  return typeof id === 'string' && name.test(id);
}
