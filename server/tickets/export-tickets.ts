import type { TicketFilter } from '../../protocol';
import { csvOf, type Actor, type Cell, type Ctx } from '../kernel';
import { listTickets } from './list-tickets';
import type { TicketDoc } from './ticket.model';

const columns: [string, (ticket: TicketDoc) => Cell][] = [
  ['number', (ticket) => ticket.number], ['subject', (ticket) => ticket.subject], ['status', (ticket) => ticket.status], ['priority', (ticket) => ticket.priority], ['channel', (ticket) => ticket.channel],
  ['customer', (ticket) => ticket.customerName], ['contact', (ticket) => ticket.customerContact], ['tags', (ticket) => ticket.tags.join(' ')], ['created', (ticket) => ticket.createdAt.toISOString()], ['last message', (ticket) => ticket.lastMessageAt.toISOString()],
];
const pageSize = 200;
const most = 100_000;

/** The tickets of a list as CSV (RFC 4180), up to 100,000 rows. */
export async function exportTickets(ctx: Ctx, actor: Actor, filter: TicketFilter): Promise<string> {
  const rows: Cell[][] = [];
  let after: string | undefined;
  do {
    const page: { rows: TicketDoc[]; next: string | null } = await listTickets(ctx, actor, { filter, limit: pageSize, ...(after === undefined ? {} : { after }) });
    for (const ticket of page.rows) rows.push(columns.map(([, value]) => value(ticket)));
    after = page.next ?? undefined;
  } while (after !== undefined && rows.length < most);
  return csvOf(columns.map(([name]) => name), rows);
}
