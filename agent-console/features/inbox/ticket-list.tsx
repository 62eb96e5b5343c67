import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from '../../lib/i18n';
import type { TicketSummary } from '../../../protocol/tickets';
import type { TicketFilter } from '../../api/keys';
import { useListCount, useTickets } from '../../api/tickets';
import { usePreferences } from '../../lib/preferences';
import { run, useCommand } from '../../lib/shortcuts';
import { Empty, Failed, Skeleton, troubleOf } from '../../ui/states';
import { BulkBar } from './bulk-bar';
import { useSelection } from './selection';
import { TicketRow } from './ticket-row';

interface ListProps { filter: TicketFilter; openId: string | undefined; open: (id: string) => void }

function useKeys(rows: TicketSummary[], active: string | undefined, move: { to: (id: string) => void; open: (id: string) => void }): void {
  const step = (by: number) => {
    const at = rows.findIndex((row) => row.id === active);
    return rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
  };
  const to = (by: number, then: (id: string) => void) => {
    const row = step(by);
    if (row) then(row.id);
  };
  useCommand('list.next', () => to(1, move.to));
  useCommand('list.previous', () => to(-1, move.to));
  useCommand('list.open', () => active && move.open(active));
  useCommand('list.next-mine', () => to(1, move.open));
  useCommand('list.previous-mine', () => to(-1, move.open));
}

function NothingHere({ filter }: { filter: TicketFilter }) {
  const { t } = useTranslation();
  if (filter.q) return <Empty title={t('list.none-found')} text={t('list.none-found.text', { q: filter.q })} />;
  return <Empty title={t(`list.empty.${filter.view}`)} text={t(`list.empty.${filter.view}.text`)} />;
}

/** The loaded rows as a listbox of which only the visible part is in the page. */
export function TicketList({ filter, openId, open }: ListProps) {
  const { t } = useTranslation();
  const query = useTickets(filter);
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data]);
  const [chosen, setActive] = useState<string | undefined>(openId);
  const active = rows.some((row) => row.id === chosen) ? chosen : openId;
  const activeIndex = rows.findIndex((row) => row.id === active);
  const selection = useSelection(rows, active);
  const { toggle } = selection;
  const onToggle = useCallback((id: string) => toggle(id), []);
  const scroller = useRef<HTMLDivElement>(null);
  const density = usePreferences((state) => state.density);
  const total = useListCount(filter, query.hasNextPage).data ?? -1;
  const height = density === 'compact' ? 36 : 56;
  const list = useVirtualizer({
    count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => height, overscan: 8, getItemKey: (index) => rows[index]?.id ?? index,
    rangeExtractor: (range: Range) => {
      const seen = defaultRangeExtractor(range);
      return activeIndex >= 0 && !seen.includes(activeIndex) ? [...seen, activeIndex].sort((one, other) => one - other) : seen;
    },
  });
  useEffect(() => list.measure(), [height, list]);
  useEffect(() => setActive(openId), [openId]);
  const items = list.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last > rows.length - 40) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, last, rows.length]);
  useKeys(rows, active, {
    open,
    to: (id) => {
      setActive(id);
      list.scrollToIndex(rows.findIndex((row) => row.id === id), { align: 'auto' });
    },
  });
  if (!query.data) return troubleOf(query) ? <Failed error={troubleOf(query)} retry={() => void query.refetch()} /> : <Skeleton rows={8} />;
  if (rows.length === 0) return <NothingHere filter={filter} />;
  return (
    <>
    {selection.ids.length > 0 ? <BulkBar selection={selection} loaded={rows.length} /> : null}
    <div ref={scroller} role="listbox" aria-multiselectable tabIndex={0} aria-label={t('list.label')} data-testid="ticket-list" {...(activeIndex >= 0 ? { 'aria-activedescendant': `row-${active}` } : {})}
      onKeyDown={(event) => arrowKeys(event, list)} className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
      <div className="relative" role="presentation" style={{ height: list.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          return row ? <TicketRow key={row.id} ticket={row} top={item.start} height={item.size} place={item.index + 1} total={hasNextPage ? total : rows.length} open={row.id === openId} mine={filter.view === 'mine'} active={row.id === active} chosen={selection.ids.length > 0 ? selection.has(row.id) : undefined} onOpen={open} onToggle={onToggle} /> : null;
        })}
      </div>
    </div>
    </>
  );
}

function arrowKeys(event: React.KeyboardEvent, list: { scrollToIndex: (index: number) => void }): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.code === 'ArrowDown' || event.code === 'ArrowUp') {
    event.preventDefault();
    run(event.code === 'ArrowDown' ? 'list.next' : 'list.previous');
  }
  if (event.code === 'Home') list.scrollToIndex(0);
}
