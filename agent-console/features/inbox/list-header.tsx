import { ChevronDown, Download, Ellipsis, Search, SquarePen } from 'lucide-react';
import { useContext, useEffect, useRef, useState } from 'react';
import { useTranslation } from '../../lib/i18n';
import { useLocation } from 'wouter';
import { ticketEndpoints } from '../../../protocol/tickets';
import { fileAddress } from '../../api/call';
import type { TicketFilter } from '../../api/keys';
import { useCounts, useMay, useQueues, useViews } from '../../api/shared';
import { usePreferences } from '../../lib/preferences';
import { useAriaKeys, useCommand } from '../../lib/shortcuts';
import { Button, IconButton } from '../../ui/button';
import { Menu, MenuItem, MenuLabel, MenuLine } from '../../ui/menu';
import { SideTop } from '../../ui/side-pane';
import { addressOf } from './filter';
import { FilterMenu } from './filter-menu';
import { views } from './views';

function SearchField({ filter }: { filter: TicketFilter }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [words, setWords] = useState(filter.q ?? '');
  const field = useRef<HTMLInputElement>(null);
  const keys = useAriaKeys('go.search');
  useCommand('go.search', () => field.current?.focus());
  useEffect(() => {
    if (words.trim() === (filter.q ?? '')) return undefined;
    const timer = setTimeout(() => {
      const { q: _old, ...rest } = filter;
      go(addressOf({ ...rest, ...(words.trim() ? { q: words.trim() } : {}) }), { replace: true });
    }, 250);
    return () => clearTimeout(timer);
  }, [words, filter, go]);
  return (
    <div className="relative min-w-0 flex-1">
      <Search size={14} aria-hidden className="pointer-events-none absolute start-2 top-2 text-faint" />
      <input ref={field} type="search" value={words} onChange={(event) => setWords(event.target.value)} aria-label={t('list.search')} placeholder={t('list.search')} {...keys}
        onKeyDown={(event) => event.key === 'Escape' && field.current?.blur()}
        className="h-[30px] w-full rounded-md bg-sunken ps-7 pe-2 text-md" />
    </div>
  );
}

/** Which view, search in it, write a new ticket, take it away as a file. */
export function ListHeader({ filter, saved, onNew }: { filter: TicketFilter; saved: string | undefined; onNew: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const [, go] = useLocation();
  const counts = useCounts().data;
  const queue = useQueues().data?.find((one) => one.id === filter.queueId);
  const kept = useViews().data?.find(({ id }) => id === saved);
  const { density, set } = usePreferences();
  const top = useContext(SideTop);
  const newKeys = useAriaKeys('list.new');
  const { view, ...rest } = filter;
  return (
    <header className="grid gap-1 border-b border-line px-2 py-2">
      <div className="empty:hidden sm:hidden">{top}</div>
      <div className="flex items-center gap-1">
        <Menu label={t('inbox.views')} trigger={<Button look="quiet" className="min-w-0 px-2 font-semibold"><span className="truncate">{kept?.name ?? queue?.name ?? t(`view.${view}`)}</span><ChevronDown size={14} aria-hidden className="text-muted" /></Button>}>
          {views.map((one) => <MenuItem key={one.view} checked={one.view === view && !queue} hint={one.counted ? counts?.[one.counted] : undefined} onSelect={() => go(`/inbox/${one.view}`)}>{t(`view.${one.view}`)}</MenuItem>)}
        </Menu>
        <span className="flex-1" />
        <FilterMenu filter={filter} saved={saved} />
        {may('ticket.open') ? <IconButton label={t('new.title')} onClick={onNew} {...newKeys}><SquarePen size={16} /></IconButton> : null}
        <Menu align="end" label={t('list.more')} trigger={<IconButton label={t('list.more')}><Ellipsis size={16} /></IconButton>}>
          <MenuLabel>{t('look.density')}</MenuLabel>
          <MenuItem checked={density === 'comfortable'} onSelect={() => set({ density: 'comfortable' })}>{t('look.comfortable')}</MenuItem>
          <MenuItem checked={density === 'compact'} onSelect={() => set({ density: 'compact' })}>{t('look.compact')}</MenuItem>
          {may('ticket.export') ? <MenuLine /> : null}
          {may('ticket.export') ? <MenuItem icon={<Download size={14} />} onSelect={() => location.assign(fileAddress(ticketEndpoints.exportCsv, { view, ...rest }))}>{t('list.csv')}</MenuItem> : null}
        </Menu>
      </div>
      <SearchField key={`${view}${filter.queueId ?? ''}`} filter={filter} />
    </header>
  );
}
