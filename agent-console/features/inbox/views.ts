import type { TicketFilter } from '../../api/keys';

export type View = TicketFilter['view'];

/** Views in the order they are shown; the first four have live counts. */
export const views: { view: View; counted: 'mine' | 'team' | 'unassigned' | 'all' | null }[] = [
  { view: 'mine', counted: 'mine' }, { view: 'team', counted: 'team' }, { view: 'unassigned', counted: 'unassigned' }, { view: 'all', counted: 'all' },
  { view: 'following', counted: null },  { view: 'at-risk', counted: null }, { view: 'snoozed', counted: null }, { view: 'solved', counted: null }, { view: 'spam', counted: null }, { view: 'trash', counted: null },
];

/** The view an address names; mine when it names none. */
export const viewOf = (name: string | undefined): View => views.find(({ view }) => view === name)?.view ?? 'mine';
