import { useState } from 'react';
import type { TicketSummary } from '../../../protocol/tickets';
import { useCommand } from '../../lib/shortcuts';

export interface Selection {
  ids: string[];
  has: (id: string) => boolean;
  toggle: (id: string) => void;
  all: () => void;
  clear: () => void;
}

/** Several tickets of the list, chosen for the same thing. Those that have left the list are no longer among them. */
export function useSelection(rows: TicketSummary[], active: string | undefined): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const ids = chosen.size === 0 ? [] : rows.filter(({ id }) => chosen.has(id)).map(({ id }) => id);
  const toggle = (id: string) => setChosen((old) => new Set(old.has(id) ? [...old].filter((one) => one !== id) : [...old, id]));
  const all = () => setChosen(new Set(ids.length === rows.length ? [] : rows.map(({ id }) => id)));
  useCommand('list.select', () => active && toggle(active));
  useCommand('list.select-all', all);
  return { ids, has: (id) => chosen.has(id), toggle, all, clear: () => setChosen(new Set()) };
}
