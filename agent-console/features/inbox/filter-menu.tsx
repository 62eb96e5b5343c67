import { ListFilter } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { listEndpoints, type SavedView } from '../../../protocol/lists';
import { call } from '../../api/call';
import { queryClient } from '../../api/client';
import { keys, type TicketFilter } from '../../api/keys';
import { problemText } from '../../api/problem';
import { useAgents, useChannels, useMay, useQueues, useViews } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { Button, IconButton } from '../../ui/button';
import { Select, TextField, Tick } from '../../ui/field';
import { Popover } from '../../ui/popover';
import { toast } from '../../ui/toast';
import { addressOf, narrowness, type Narrowing } from './filter';

interface FilterProps { filter: TicketFilter; saved: string | undefined }

function useChoices(): { field: Narrowing; label: string; options: { value: string; label: string }[] }[] {
  const { t } = useTranslation();
  const queues = useQueues().data ?? [];
  const channels = useChannels().data ?? [];
  const agents = useAgents().data ?? [];
  return [
    { field: 'status', label: t('ticket.status'), options: (['new', 'open', 'pending', 'on-hold'] as const).map((value) => ({ value, label: t(`status.${value}`) })) },
    { field: 'priority', label: t('ticket.priority'), options: (['urgent', 'high', 'normal', 'low'] as const).map((value) => ({ value, label: t(`priority.${value}`) })) },
    { field: 'queueId', label: t('new.queue'), options: queues.map(({ id, name }) => ({ value: id, label: name })) },
    { field: 'channel', label: t('queue.channel'), options: channels.map(({ id, name }) => ({ value: id, label: name })) },
    { field: 'ownerId', label: t('filter.owner'), options: agents.map(({ id, name }) => ({ value: id, label: name })) },
  ];
}

/** Keeps what is shown under a name, or changes and removes what was kept. */
function Keep({ filter, view, done }: { filter: TicketFilter; view: SavedView | undefined; done: (id: string | undefined) => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const [name, setName] = useState(view?.name ?? '');
  const [shared, setShared] = useState(view?.shared ?? false);
  const mine = view === undefined || view.mine || may('queue.manage');
  const save = async (work: Promise<{ id?: string }>, after: (kept: { id?: string }) => void) => {
    try {
      const kept = await work;
      await queryClient.invalidateQueries({ queryKey: keys.settings('views') });
      toast(t('done.saved'));
      after(kept);
    } catch (error) {
      toast(problemText(t, error), { bad: true });
    }
  };
  const fields = { name: name.trim(), filter, shared };
  const submit = () => void save(view && mine ? call(listEndpoints.changeView, { params: { id: view.id }, body: fields }) : call(listEndpoints.addView, { body: fields }), ({ id }) => done(id));
  return (
    <form className="grid gap-2 border-t border-line pt-3" onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <TextField label={t('filter.name')} required maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
      {may('queue.manage') ? <Tick label={t('filter.share')} checked={shared} onChange={(event) => setShared(event.target.checked)} /> : null}
      <div className="flex justify-end gap-2">
        {view && mine ? <Button small look="quiet" onClick={() => void save(call(listEndpoints.removeView, { params: { id: view.id } }), () => done(undefined))}>{t('filter.remove')}</Button> : null}
        <Button small look="primary" type="submit" disabled={!name.trim()}>{t(view && mine ? 'save' : 'filter.save')}</Button>
      </div>
    </form>
  );
}

/** Narrows the list, and keeps what one looks at often. */
export function FilterMenu({ filter, saved }: FilterProps) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [open, setOpen] = useState(false);
  const choices = useChoices();
  const view = useViews().data?.find(({ id }) => id === saved);
  const count = narrowness(filter);
  const set = (field: Narrowing, value: string) => {
    const { [field]: _old, ...rest } = filter;
    go(addressOf({ ...rest, ...(value ? { [field]: value } : {}) } as TicketFilter, { saved }), { replace: true });
  };
  return (
    <Popover open={open} onOpenChange={setOpen} align="end" label={t('filter.title')}
      trigger={<IconButton label={count > 0 ? t('filter.on', { count }) : t('filter.title')} aria-pressed={count > 0} data-testid="filter"><ListFilter size={16} /></IconButton>}>
      <div className="grid gap-3">
        <div className="grid grid-cols-2 gap-2">
          {choices.map(({ field, label, options }) => (
            <Select key={field} label={label} value={filter[field] ?? ''} onChange={(event) => set(field, event.target.value)}>
              <option value="">{t('filter.any')}</option>
              {options.map((one) => <option key={one.value} value={one.value}>{one.label}</option>)}
            </Select>
          ))}
          <TextField label={t('filter.tag')} defaultValue={filter.tag ?? ''} maxLength={60} onBlur={(event) => set('tag', event.target.value.trim())} onKeyDown={(event) => event.key === 'Enter' && set('tag', event.currentTarget.value.trim())} />
        </div>
        <Tick label={t('filter.unread')} checked={filter.unread === 'yes'} onChange={(event) => set('unread', event.target.checked ? 'yes' : '')} />
        {count > 0 ? <Button small look="quiet" className="justify-self-start" onClick={() => go(addressOf({ view: filter.view }))}>{t('filter.clear')}</Button> : null}
        <Keep key={saved} filter={filter} view={view} done={(id) => { setOpen(false); go(id ? addressOf(filter, { saved: id }) : addressOf({ view: filter.view })); }} />
      </div>
    </Popover>
  );
}
