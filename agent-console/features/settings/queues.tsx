import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { workforceEndpoints, type Queue } from '../../../protocol/workforce';
import { call } from '../../api/call';
import { useQueues } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { Button, IconButton } from '../../ui/button';
import { Chip } from '../../ui/marks';
import { Empty, Loaded } from '../../ui/states';
import { QueueDialog } from './queue-dialog';
import { AddByName } from './add-by-name';
import { useSaving } from './saving';

function Line({ queue, edit }: { queue: Queue; edit: () => void }) {
  const { t } = useTranslation();
  const remove = useSaving(() => call(workforceEndpoints.removeQueue, { params: { id: queue.id } }));
  return (
    <li className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2 text-md">
      <span className="min-w-40 flex-1">
        <span className="block font-medium"><bdi>{queue.name}</bdi></span>
        <span className="block text-sm text-muted">{[t(`queue.order.${queue.order}`), t(`queue.select.${queue.select}`), t('queue.agents', { count: queue.agents })].join(' · ')}</span>
      </span>
      {queue.pull ? <Chip>{t('queue.pull.short')}</Chip> : null}
      {queue.autoAccept ? <Chip>{t('queue.auto.short')}</Chip> : null}
      <Button small onClick={edit} aria-label={t('queue.change', { name: queue.name })}>{t('change')}</Button>
      <IconButton label={t('queue.remove', { name: queue.name })} disabled={remove.isPending} onClick={() => remove.mutate(undefined)}><Trash2 size={14} /></IconButton>
    </li>
  );
}

/** Where work waits: who may serve it, in which order, how soon. */
export function QueuesSection() {
  const { t } = useTranslation();
  const queues = useQueues();
  const [editedId, setEditedId] = useState('');
  const edited = queues.data?.find((queue) => queue.id === editedId);
  return (
    <div className="max-w-[720px]">
      <Loaded query={queues}>{(rows) => (rows.length === 0 ? <Empty title={t('queues.empty')} text={t('queues.empty.text')} /> : <ul>{rows.map((queue) => <Line key={queue.id} queue={queue} edit={() => setEditedId(queue.id)} />)}</ul>)}</Loaded>
      <AddByName label={t('queues.new')} add={(name) => call(workforceEndpoints.addQueue, { body: { name } })} done={(made) => setEditedId(made.id)} />
      {edited ? <QueueDialog key={edited.id} queue={edited} onClose={() => setEditedId('')} /> : null}
    </div>
  );
}
