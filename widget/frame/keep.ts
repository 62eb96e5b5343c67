/** The part of Storage that is used; absent where the browser refuses storage. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

export interface Keep {
  readonly prefix: string;
  get(name: string): string | null;
  set(name: string, value: string | null): void;
  /** Names below a prefix, in no order. */
  names(prefix: string): string[];
  /** Until the visitor agrees everything stays in memory; then what was collected is written down. */
  allow(agreed: boolean): void;
  readonly allowed: boolean;
}

const attempt = <T>(work: () => T): T | undefined => {
  try {
    return work();
  } catch {
    return undefined;
  }
};

/** A drawer in the browser's storage that works without storage as well, then for as long as the page lives. */
export function createKeep(prefix: string, open: () => Shelf | undefined, agreed: boolean): Keep {
  const memory = new Map<string, string>();
  const shelf = attempt(open);
  let allowed = agreed;
  const full = (name: string) => `${prefix}:${name}`;
  const write = (name: string, value: string | null) => attempt(() => (value === null ? shelf?.removeItem(full(name)) : shelf?.setItem(full(name), value)));
  const stored = () => (allowed && shelf ? attempt(() => Array.from({ length: shelf.length }, (_, n) => shelf.key(n) ?? '')) : undefined) ?? [];
  return {
    prefix,
    get allowed() {
      return allowed;
    },
    get: (name) => (allowed ? attempt(() => shelf?.getItem(full(name))) : null) ?? memory.get(name) ?? null,
    set(name, value) {
      if (value === null) memory.delete(name);
      else memory.set(name, value);
      if (allowed) write(name, value);
    },
    names: (start) => [...new Set([...memory.keys(), ...stored().filter((name) => name.startsWith(`${prefix}:`)).map((name) => name.slice(prefix.length + 1))])].filter((name) => name.startsWith(start)),
    allow(now) {
      if (!now) {
        for (const name of stored()) if (name.startsWith(`${prefix}:`)) write(name.slice(prefix.length + 1), null);
        memory.clear();
      }
      allowed = now;
      if (now) memory.forEach((value, name) => write(name, value));
    },
  };
}
