// What a benchmark prints: a table for people, JSON for machines.
import { rounded } from './statistics';

export interface Row {
  metric: string;
  value: number;
  unit: string;
  /** What it is compared with in the same run, in words. */
  limit?: string;
  limit_value?: number;
  /** ours ÷ limit. */
  ratio?: number;
  /** What is promised, such as "≤ 4" or "≥ 1000"; compared with the ratio when there is one, else with the value. Not part of the JSON. */
  bar?: string;
}

export interface Report {
  name: string;
  at: string;
  node: string;
  rows: Omit<Row, 'bar'>[];
  /** Only when something was lost or wrong. */
  faults?: string[];
}

/** True when a row keeps its promise, null when it makes none. */
export function keepsBar(row: Row): boolean | null {
  const [, sign, text] = /^(≤|≥|=)\s*([\d.,]+)/.exec(row.bar ?? '') ?? [];
  if (sign === undefined || text === undefined) return null;
  const bar = Number(text.replaceAll(',', ''));
  const value = row.ratio ?? row.value;
  return sign === '≤' ? value <= bar : sign === '≥' ? value >= bar : value === bar;
}

const number = (value: number | undefined) => (value === undefined ? '' : String(rounded(value)));
const word = (kept: boolean | null) => (kept === null ? '' : kept ? 'kept' : 'MISSED');

export function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => [row.metric, number(row.value), row.unit, row.limit ?? '', number(row.limit_value), number(row.ratio), row.bar ?? '', word(keepsBar(row))]);
  const all = [['metric', 'value', 'unit', 'limit', 'limit value', 'ratio', 'bar', ''], ...cells];
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((line) => (line[column] ?? '').length)));
  const right = new Set([1, 4, 5]);
  return all.map((line) => line.map((cell, i) => (right.has(i) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))).join('  ').trimEnd()).join('\n');
}

export function reportOf(name: string, rows: readonly Row[], faults: readonly string[]): Report {
  const plain = rows.map(({ metric, value, unit, limit, limit_value, ratio }) => ({
    metric, value: rounded(value, 6), unit, ...(limit === undefined ? {} : { limit }), ...(limit_value === undefined ? {} : { limit_value: rounded(limit_value, 6) }), ...(ratio === undefined ? {} : { ratio: rounded(ratio) }),
  }));
  return { name, at: new Date().toISOString(), node: process.versions.node, rows: plain, ...(faults.length > 0 ? { faults: [...faults] } : {}) };
}
