import type { DailyRow } from '../../../protocol/board';

const added = ['arrived', 'accepted', 'handled', 'abandoned', 'declined', 'expired', 'replies', 'waitSeconds', 'handleSeconds'] as const;
export type Sums = Record<(typeof added)[number], number>;

/** Everything that may be added up, added up. */
export function sum(rows: readonly DailyRow[]): Sums {
  return Object.fromEntries(added.map((name) => [name, rows.reduce((total, row) => total + row[name], 0)])) as Sums;
}
