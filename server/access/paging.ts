import { badInput } from '../kernel';

/** What a list query asks for: where to go on, and how many rows. */
export interface PageAsked {
  after?: string;
  limit: number;
}

/** Makes a cursor of what the last row was sorted by. */
export const cursorOf = (...keys: (string | number)[]): string => Buffer.from(JSON.stringify(keys)).toString('base64url');

/** Reads a cursor of as many keys; throws bad-input when somebody made it up. */
export function readCursor(after: string | undefined, count: number): (string | number)[] | null {
  if (after === undefined) return null;
  try {
    const keys: unknown = JSON.parse(Buffer.from(after, 'base64url').toString('utf8'));
    if (Array.isArray(keys) && keys.length === count && keys.every((key) => typeof key === 'string' || typeof key === 'number')) return keys;
  } catch {
    // Falls through to the refusal.
  }
  throw badInput({ after: 'must be the `next` of a page' });
}

/** Cuts the row that was read beyond the limit and makes the cursor of the next page. */
export function pageOf<D, R>(found: D[], limit: number, as: { row(document: D): R; keys(document: D): (string | number)[] }): { rows: R[]; next: string | null } {
  const kept = found.slice(0, limit);
  const last = kept.at(-1);
  return { rows: kept.map(as.row), next: found.length > limit && last !== undefined ? cursorOf(...as.keys(last)) : null };
}
