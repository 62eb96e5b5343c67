/** A code out of a name for people: lower case, hyphens, at most 40 characters, not taken yet; `otherwise` for a name without Latin letters and digits. */
export function codeOf(label: string, taken: readonly string[], otherwise = 'code'): string {
  const base = label.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 36) || otherwise;
  if (!taken.includes(base)) return base;
  for (let n = 2; ; n++) if (!taken.includes(`${base}-${n}`)) return `${base}-${n}`;
}

/** What a code somebody types looks like. */
export const isCode = (text: string): boolean => /^[a-z0-9][a-z0-9-]{0,39}$/.test(text);

/** A key for a field: as a code, but with underscores and a letter first. */
export function keyOf(label: string, taken: readonly string[]): string {
  const key = codeOf(label, []).replace(/-/g, '_').replace(/^[^a-z]+/, '') || 'field';
  if (!taken.includes(key)) return key;
  for (let n = 2; ; n++) if (!taken.includes(`${key}_${n}`)) return `${key}_${n}`;
}
