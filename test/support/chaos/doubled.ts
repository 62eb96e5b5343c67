import type { ToldAt } from './told';

interface Release { from: number; to: number; item: string | undefined; agent: string | undefined }

/**
 * Items two agents were told to have at once: the second became the owner though nobody was taking the item from the first at any moment
 * between the first's acceptance and the second's. A call whose process died may have had its effect at any time.
 */
export function doubled(told: readonly ToldAt[]): string[] {
  const ends = new Map(told.flatMap((row) => (row.kind === 'released' ? [[row.call, row.at] as const] : [])));
  const releases = told.flatMap((row): Release[] => (row.kind === 'release' ? [{ from: row.at, to: ends.get(row.call) ?? Infinity, item: row.item, agent: row.agent }] : []));
  const owners = new Map<string, { agent: string; since: number }>();
  const faults: string[] = [];
  for (const row of told) {
    if (row.kind !== 'own') continue;
    const before = owners.get(row.item);
    const freed = before && releases.some((each) => (each.item === row.item || each.agent === before.agent) && each.to >= before.since && each.from <= row.at);
    if (before && before.agent !== row.agent && !freed) faults.push(`${row.item}: ${before.agent} from ${before.since}, ${row.agent} from ${row.since}`);
    owners.set(row.item, { agent: row.agent, since: row.since });
  }
  return faults;
}
