import type { TicketFilter } from '../../protocol';
import type { Actor, Ctx } from '../kernel';
import { listTickets } from './list-tickets';
import type { TicketDoc } from './ticket.model';

const columns: [string, (ticket: TicketDoc) => string | number][] = [
  ['number', (ticket) => ticket.number], ['subject', (ticket) => ticket.subject], ['status', (ticket) => ticket.status], ['priority', (ticket) => ticket.priority], ['channel', (ticket) => ticket.channel],
  ['customer', (ticket) => ticket.customerName], ['contact', (ticket) => ticket.customerContact], ['tags', (ticket) => ticket.tags.join(' ')], ['created', (ticket) => ticket.createdAt.toISOString()], ['last message', (ticket) => ticket.lastMessageAt.toISOString()],
];
const pageSize = 200;
const most = 100_000;

/** The tickets of a list as CSV (RFC 4180), up to 100,000 rows. */
export async function exportTickets(ctx: Ctx, actor: Actor, filter: TicketFilter): Promise<string> {
  const lines = [columns.map(([name]) => name).join(',')];
  let after: string | undefined;
  do {
    const page: { rows: TicketDoc[]; next: string | null } = await listTickets(ctx, actor, { filter, limit: pageSize, ...(after === undefined ? {} : { after }) });
    for (const ticket of page.rows) lines.push(columns.map(([, value]) => cell(value(ticket))).join(','));
    after = page.next ?? undefined;
  } while (after !== undefined && lines.length < most);
  return `${lines.join('\r\n')}\r\n`;
}

// A cell that begins like a formula would be run by spreadsheet programs.
function cell(value: string | number): string {
  const plain = String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
