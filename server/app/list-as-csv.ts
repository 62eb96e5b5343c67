import { z } from 'zod';
import { csvOf, type Cell, type Route } from '../kernel';

const most = 100_000;
const pageSize = 200;
// These have files of their own, for those who may take whole lists away.
const ownExports = new Set(['ticket.list', 'customer.list']);

type Row = Record<string, unknown>;
/** One page of a list, as its endpoint answers it. */
export interface ListPage {
  rows: Row[];
  next?: string | null;
}

const shapeOf = (schema: z.ZodType | undefined): Record<string, unknown> => (schema instanceof z.ZodObject ? schema.shape : {});

/** Whether an endpoint is a list that may be had as a file. */
export const isList = ({ endpoint }: Pick<Route, 'endpoint'>): boolean => endpoint.method === 'GET' && endpoint.audience === 'account' && 'rows' in shapeOf(endpoint.response) && !ownExports.has(endpoint.name);

/** All pages of a list as CSV, up to 100,000 rows: what is nested becomes columns with dots. `read` answers the page that the query asks for. */
export async function listAsCsv({ endpoint }: Pick<Route, 'endpoint'>, query: Row, read: (query: Row) => Promise<ListPage>): Promise<string> {
  const asked = shapeOf(endpoint.query);
  const paged = 'after' in asked && 'limit' in asked;
  const rows: Record<string, Cell>[] = [];
  for (let after = query['after']; ;) {
    const page = await read({ ...query, ...(paged ? { limit: pageSize } : {}), ...(after === undefined ? {} : { after }) });
    rows.push(...page.rows.map((row) => Object.fromEntries(cellsOf(row, ''))));
    if (!paged || !page.next || rows.length >= most) break;
    after = page.next;
  }
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return csvOf(columns, rows.map((row) => columns.map((column) => row[column] ?? null)));
}

function cellsOf(row: Row, before: string): [string, Cell][] {
  return Object.entries(row).flatMap(([name, value]): [string, Cell][] => {
    if (value instanceof Date) return [[before + name, value.toISOString()]];
    if (Array.isArray(value)) return [[before + name, value.map((each) => (typeof each === 'object' && each !== null ? JSON.stringify(each) : String(each))).join(' ')]];
    if (typeof value === 'object' && value !== null) return cellsOf(value as Row, `${before}${name}.`);
    return [[before + name, value as Cell]];
  });
}
