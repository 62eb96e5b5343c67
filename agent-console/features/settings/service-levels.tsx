import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { serviceLevelEndpoints, type ServiceLevel, type TargetSet } from '../../../protocol/service-levels';
import { call } from '../../api/call';
import { keys } from '../../api/keys';
import { useQueues } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { Select, TextField } from '../../ui/field';
import { Loaded } from '../../ui/states';
import { useSaving } from './saving';

const priorities = ['urgent', 'high', 'normal', 'low'] as const;
const kinds = ['firstResponse', 'nextResponse', 'resolution'] as const;
const none: TargetSet = { firstResponse: null, nextResponse: null, resolution: null };

function Editor({ queueId, saved }: { queueId: string; saved: ServiceLevel['targets'] | undefined }) {
  const { t } = useTranslation();
  const [targets, setTargets] = useState<ServiceLevel['targets']>(saved ?? { low: none, normal: none, high: none, urgent: none });
  const save = useSaving(() => call(serviceLevelEndpoints.putServiceLevel, { params: { queueId }, body: { targets } }));
  const set = (priority: (typeof priorities)[number], kind: (typeof kinds)[number], value: string) => setTargets({ ...targets, [priority]: { ...targets[priority], [kind]: value === '' ? null : Number(value) } });
  return (
    <form className="grid gap-4" onSubmit={(event) => { event.preventDefault(); save.mutate(undefined); }}>
      <table className="w-full text-md">
        <thead><tr className="text-xs text-muted"><th scope="col" className="text-start font-medium">{t('ticket.priority')}</th>{kinds.map((kind) => <th key={kind} scope="col" className="h-8 pe-3 text-start font-medium">{t(`levels.${kind}`)}</th>)}</tr></thead>
        <tbody>{priorities.map((priority) => (
          <tr key={priority}>
            <th scope="row" className="pe-3 text-start font-normal">{t(`priority.${priority}`)}</th>
            {kinds.map((kind) => <td key={kind} className="py-1 pe-3"><TextField hideLabel label={`${t(`priority.${priority}`)} ${t(`levels.${kind}`)}`} type="number" min={1} max={525_600} value={targets[priority][kind] ?? ''} onChange={(event) => set(priority, kind, event.target.value)} /></td>)}
          </tr>
        ))}</tbody>
      </table>
      <Button look="primary" type="submit" className="justify-self-start" disabled={save.isPending}>{t('save')}</Button>
    </form>
  );
}

/** How soon customers are to be answered and helped, by queue and priority, in minutes of the queue's hours. */
export function ServiceLevelsSection() {
  const { t } = useTranslation();
  const queues = useQueues().data ?? [];
  const levels = useQuery({ queryKey: keys.settings('service-levels'), queryFn: () => call(serviceLevelEndpoints.serviceLevels), select: (data) => data.rows });
  const [chosen, setChosen] = useState('');
  const queueId = chosen || queues[0]?.id || '';
  return (
    <div className="grid max-w-[720px] gap-6">
      <div className="w-72"><Select label={t('board.queue')} value={queueId} onChange={(event) => setChosen(event.target.value)}>{queues.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</Select></div>
      <Loaded query={levels}>{(rows) => <Editor key={queueId} queueId={queueId} saved={rows.find((row) => row.queueId === queueId)?.targets} />}</Loaded>
    </div>
  );
}
