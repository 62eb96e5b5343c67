import { createHash } from 'node:crypto';

// How items and agents are kept: one JSON list per record, whose places are named here, once, for the script and for reads.

const shared = ['rs', 'kp', 'x'] as const;
/** A work item: state, version, queue, offer milliseconds, arrival, …; see 60-items.lua. What agents have too comes first, so that a name stands for one place. */
export const itemFields = [...shared, 's', 'v', 'q', 'os', 'at', 'aa', 'pm', 'sp', 'du', 'pa', 'pu', 'on', 'to', 'rg', 'sid', 'k', 'tr', 'qd', 'ew', 'ag', 'of', 'ex'] as const;
/** An agent: state, reason, since, idle since, profile, capacity, firm and soft load, …; `c` and `m`: items and maxima per channel. */
export const agentFields = [...shared, 'st', 'sc', 'id', 'p', 'cap', 'fl', 'sl', 'ms', 'tn', 'wk', 'li', 'h', 'c', 'm'] as const;

type Texts<F extends readonly string[]> = Record<F[number], string>;
/** An item as kept; never written is ''. */
export type ItemRecord = Texts<typeof itemFields>;
/** An agent as kept. */
export type AgentRecord = Omit<Texts<typeof agentFields>, 'c' | 'm'> & { c: Record<string, string>; m: Record<string, string> };

function named(fields: readonly string[], text: string): object {
  const row = JSON.parse(text) as unknown[];
  return Object.fromEntries(fields.map((name, i) => [name, row[i]]));
}
/** Reads an item's record. */
export const readItem = (text: string): ItemRecord => named(itemFields, text) as ItemRecord;
/** Reads an agent's record. */
export const readAgent = (text: string): AgentRecord => named(agentFields, text) as AgentRecord;

const placed = [itemFields, agentFields].flatMap((fields) => fields.map((name, i): [string, number] => [name, i + 1]));
const places: ReadonlyMap<string, number> = new Map(placed);
const blank = (fields: readonly string[]): string => fields.map((name) => (name === 'c' || name === 'm' ? '{}' : "''")).join(', ');

function place(name: string): number {
  const at = places.get(name);
  if (at === undefined) throw new Error(`No record has a field ${name}`);
  return at;
}

/**
 * The script with its records' fields by place instead of by name: `it.f.ag`, `R.set(it, 'ag', …)`, `R.place.ag`. A list is a third of the size of a
 * named record, is looked into without searching, and is what Redis keeps.
 */
export const withPlaces = (lua: string): string => lua
  .replace(/\.f\.([a-z]+)\b/g, (_, name: string) => `.f[${place(name)}]`)
  .replace(/\bR\.place\.([a-z]+)\b/g, (_, name: string) => String(place(name)))
  .replace(/\b(R\.(?:set|setNumber|setUnless|num)\((?:[^(),']|\([^()]*\))+, )'([a-z]+)'/g, (_, before: string, name: string) => `${before}${place(name)}`);

/** Makes empty records in Lua, and names how records are laid out: \`R.layout\`. */
export const recordLua = `R.layout = '${createHash('sha1').update(JSON.stringify(placed)).digest('hex').slice(0, 8)}'
R.itemsKind = { blank = function() return { ${blank(itemFields)} } end }
R.agentsKind = { blank = function() return { ${blank(agentFields)} } end }`;
