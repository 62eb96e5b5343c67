// How items and agents are kept: one JSON list per record, whose places are named here, once, for the script and for reads.

/** A work item: state, version, queue, offer milliseconds, arrival, …; see 60-items.lua. */
export const itemFields = ['s', 'v', 'q', 'os', 'at', 'aa', 'pm', 'sp', 'du', 'pa', 'pu', 'rs', 'x', 'on', 'to', 'rg', 'sid', 'k', 'kp', 'tr', 'qd', 'ew', 'ag', 'of', 'ex'] as const;
/** An agent: state, reason, since, idle since, profile, capacity, firm and soft load, …; `c` and `m`: items and maxima per channel. */
export const agentFields = ['st', 'rs', 'sc', 'id', 'p', 'cap', 'fl', 'sl', 'ms', 'tn', 'kp', 'wk', 'li', 'h', 'x', 'c', 'm'] as const;

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

function functionsFor(kind: string, fields: readonly string[]): string {
  const table = (value: (name: string, i: number) => string): string => `{ ${fields.map((name, i) => `${name} = ${value(name, i)}`).join(', ')} }`;
  const blank = table((name) => (kind === 'agents' && (name === 'c' || name === 'm') ? '{}' : "''"));
  return `R.${kind}Kind = {
  blank = function() return ${blank} end,
  named = function(r) return ${table((_, i) => `r[${i + 1}]`)} end,
  row = function(f) return { ${fields.map((name) => `f.${name}`).join(', ')} } end,
}`;
}
/** The same in Lua: \`R.itemsKind\` and \`R.agentsKind\` make, name and list records. */
export const recordLua = `${functionsFor('items', itemFields)}\n${functionsFor('agents', agentFields)}`;
