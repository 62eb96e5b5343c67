/** Reads a Date header; null when it is none. Comments and double spaces are dropped, two-digit years widened by the platform. */
export function parseDate(value: string | null): Date | null {
  if (value === null) return null;
  const clean = value.slice(0, 200).replace(/\([^()]*\)/g, ' ').replace(/\s+/g, ' ').replace(/(\d\d:\d\d) ?(UT|Z)$/, '$1 GMT').trim();
  const at = Date.parse(clean);
  return Number.isNaN(at) ? null : new Date(at);
}
