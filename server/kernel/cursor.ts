import { badInput } from './problem';

/** A place in a list ordered by a date, newest first, then by id. */
export interface Place {
  at: Date;
  id: string;
}

/** A place as a cursor for a client. */
export const writeCursor = ({ at, id }: Place): string => Buffer.from(`${at.getTime()} ${id}`).toString('base64url');

/** Reads what writeCursor made; throws bad-input on anything else. */
export function readCursor(cursor: string): Place {
  const [time, id] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const at = new Date(Number(time));
  if (!id || Number.isNaN(at.getTime())) throw badInput({ after: 'is not a cursor of this list' });
  return { at, id };
}

/** The filter for rows after a place, for lists sorted by {[field]: -1, _id: -1}. */
export const afterPlace = (field: string, { at, id }: Place): Record<string, unknown> => ({ $or: [{ [field]: { $lt: at } }, { [field]: at, _id: { $lt: id } }] });

/** Cuts a list fetched with one row too many into a page. */
export function cutPage<T>(rows: T[], limit: number, placeOf: (row: T) => Place): { rows: T[]; next: string | null } {
  if (rows.length <= limit) return { rows, next: null };
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  return { rows: kept, next: last ? writeCursor(placeOf(last)) : null };
}
