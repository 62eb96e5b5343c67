import type { TicketFilter } from '../../protocol/tickets';

export type { TicketFilter };

/** Names of everything in the query cache, so that broadcasts and components agree. */
export const keys = {
  me: ['me'] as const,
  desk: ['desk'] as const,
  counts: ['ticket-counts'] as const,
  tickets: (filter: TicketFilter) => ['tickets', filter] as const,
  allTickets: ['tickets'] as const,
  listCount: (filter: TicketFilter) => ['tickets-count', filter] as const,
  ticket: (id: string) => ['ticket', id] as const,
  messages: (ticketId: string) => ['messages', ticketId] as const,
  customer: (id: string) => ['customer', id] as const,
  customerTimeline: (id: string) => ['customer', id, 'timeline'] as const,
  customers: (q: string) => ['customers', q] as const,
  board: ['board'] as const,
  workItems: (filter: object) => ['work-items', filter] as const,
  articles: (filter: object) => ['articles', filter] as const,
  article: (id: string) => ['article', id] as const,
  suggestions: (q: string) => ['suggestions', q] as const,
  guideRuns: (ticketId: string) => ['guide-runs', ticketId] as const,
  settings: (kind: string) => ['settings', kind] as const,
};
