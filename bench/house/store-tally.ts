// What the document store was asked to do, by its own count.
import type { mongo } from 'mongoose';

/** Commands so far. */
export interface Tally {
  /** "command collection" → how often, such as "insert messages". */
  commands: Record<string, number>;
  /** Write transactions, and how often the disk was waited for. */
  commits: number;
  flushes: number;
}

const writing = new Set(['insert', 'update', 'delete', 'findAndModify', 'bulkWrite']);
const reading = new Set(['find', 'aggregate', 'count', 'distinct', 'getMore']);

export async function readTally(db: mongo.Db): Promise<Tally> {
  const { metrics } = await db.command({ serverStatus: 1 }) as { metrics: { collections: Record<string, number>; commits: number; flushes: number } };
  return { commands: metrics.collections, commits: metrics.commits, flushes: metrics.flushes };
}

/** What came between two counts. */
export function difference(before: Tally, after: Tally): Tally {
  const commands = Object.entries(after.commands).map(([name, count]): [string, number] => [name, count - (before.commands[name] ?? 0)]).filter(([, count]) => count > 0);
  return { commands: Object.fromEntries(commands), commits: after.commits - before.commits, flushes: after.flushes - before.flushes };
}

/** Write and read commands for each of so many units of work, everything the server did meanwhile included. */
export function perUnit({ commands }: Tally, units: number): { writes: number; reads: number; lines: string[] } {
  const sum = (kind: Set<string>): number => Object.entries(commands).reduce((total, [name, count]) => total + (kind.has(name.split(' ')[0] ?? '') ? count : 0), 0);
  const lines = Object.entries(commands).sort(([, one], [, other]) => other - one).map(([name, count]) => `${name}: ${(count / units).toFixed(2)}`);
  return { writes: sum(writing) / units, reads: sum(reading) / units, lines };
}
