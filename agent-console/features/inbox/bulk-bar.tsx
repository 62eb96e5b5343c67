import { useMutation } from '@tanstack/react-query';
import { ChevronDown, X } from 'lucide-react';
import { useState } from 'react';
import type { TicketAction } from '../../../protocol/lists';
import { ProblemError, problemText } from '../../api/problem';
import { useMacros, useMay, useQueues } from '../../api/shared';
import { act } from '../../api/tickets';
import { useTranslation } from '../../lib/i18n';
import { Button, IconButton } from '../../ui/button';
import { Menu, MenuItem, MenuLabel, MenuLine } from '../../ui/menu';
import { toast } from '../../ui/toast';
import type { Selection } from './selection';

/** What can be done to all that is chosen. */
export function BulkBar({ selection, loaded }: { selection: Selection; loaded: number }) {
  const { t } = useTranslation();
  const may = useMay();
  const queues = useQueues().data ?? [];
  const macros = useMacros().data ?? [];
  const [tag, setTag] = useState<string | null>(null);
  const { ids } = selection;
  const work = useMutation({
    mutationFn: (actions: TicketAction[]) => act(ids, actions),
    onSuccess: ({ done, refused }) => {
      toast(t('bulk.done', { count: done.length }));
      if (refused[0]) toast(`${t('bulk.refused', { count: refused.length })} ${problemText(t, new ProblemError({ code: refused[0].code as ProblemError['code'] }))}`, { bad: true });
      selection.clear();
    },
    onError: (error) => toast(problemText(t, error), { bad: true }),
  });
  const item = (label: string, ...actions: TicketAction[]) => <MenuItem key={label} onSelect={() => work.mutate(actions)}>{label}</MenuItem>;
  return (
    <div role="toolbar" aria-label={t('bulk.label')} data-testid="bulk" className="flex flex-wrap items-center gap-1 border-b border-line bg-accent-soft px-2 py-1">
      <span role="status" className="ps-1 text-sm font-medium tnum">{t('bulk.chosen', { count: ids.length })}</span>
      <Button small look="quiet" onClick={selection.all}>{t(ids.length === loaded ? 'bulk.none' : 'bulk.all')}</Button>
      <span className="flex-1" />
      <Menu align="end" label={t('bulk.label')} trigger={<Button small disabled={work.isPending}>{t('bulk.do')}<ChevronDown size={14} aria-hidden /></Button>}>
        {may('ticket.assign') ? item(t('ticket.take'), { kind: 'assign', to: 'me' }) : null}
        {may('ticket.assign') ? item(t('ticket.unassign'), { kind: 'assign', to: 'nobody' }) : null}
        {may('ticket.solve') ? item(t('solve.confirm'), { kind: 'status', status: 'solved' }) : null}
        {may('ticket.edit') ? <MenuItem onSelect={() => setTag('')}>{t('tags.add')}</MenuItem> : null}
        {may('ticket.edit') ? <MenuLabel>{t('ticket.status')}</MenuLabel> : null}
        {may('ticket.edit') ? (['open', 'pending', 'on-hold'] as const).map((status) => item(t(`status.${status}`), { kind: 'status', status })) : null}
        {may('ticket.edit') ? <MenuLabel>{t('ticket.priority')}</MenuLabel> : null}
        {may('ticket.edit') ? (['urgent', 'high', 'normal', 'low'] as const).map((priority) => item(t(`priority.${priority}`), { kind: 'priority', priority })) : null}
        {may('ticket.assign') ? <MenuLabel>{t('transfer.queue')}</MenuLabel> : null}
        {may('ticket.assign') ? queues.map((queue) => item(queue.name, { kind: 'transfer', queueId: queue.id })) : null}
        {macros.length > 0 ? <MenuLabel>{t('macros.title')}</MenuLabel> : null}
        {macros.map((macro) => item(macro.name, ...macro.actions))}
        <MenuLine />
        {may('ticket.spam') ? item(t('ticket.spam'), { kind: 'spam' }) : null}
        {may('ticket.trash') ? item(t('ticket.trash'), { kind: 'trash' }) : null}
      </Menu>
      <IconButton small label={t('bulk.clear')} onClick={selection.clear}><X size={14} /></IconButton>
      {tag === null ? null : (
        <form className="flex w-full gap-1 py-1" onSubmit={(event) => { event.preventDefault(); if (tag.trim()) work.mutate([{ kind: 'add-tags', tags: [tag.trim()] }]); setTag(null); }}>
          <input autoFocus aria-label={t('tags.add')} placeholder={t('tags.add')} maxLength={60} value={tag} onChange={(event) => setTag(event.target.value)} onKeyDown={(event) => event.key === 'Escape' && setTag(null)} className="h-7 min-w-0 flex-1 rounded-md bg-surface px-2 text-sm ring-1 ring-line ring-inset" />
          <Button small type="submit">{t('add')}</Button>
        </form>
      )}
    </div>
  );
}
