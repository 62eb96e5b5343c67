import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { workforceEndpoints, type Agent } from '../../../protocol/workforce';
import { call } from '../../api/call';
import { problemText } from '../../api/problem';
import { useMay, useQueues } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { useReason } from '../../lib/reason';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { TextField } from '../../ui/field';
import { Chip, StateSign } from '../../ui/marks';
import { Since } from '../../ui/time';
import { toast } from '../../ui/toast';
import { AgentHistory } from './agent-history';
import { WorkItems } from './work-items';

/** What one agent is doing, and changing their state. */
export function AgentDialog({ agent, onClose }: { agent: Agent; onClose: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const wordOf = useReason();
  const queues = useQueues().data ?? [];
  const [reason, setReason] = useState('');
  const change = useMutation({
    mutationFn: (state: 'available' | 'away' | 'offline') => call(workforceEndpoints.setAgentState, { params: { id: agent.id }, body: { state, ...(reason.trim() ? { reason: reason.trim() } : {}) } }),
    onSuccess: (changed) => toast(t('done.state', { name: changed.name, state: t(`state.${changed.state}`) })),
    onError: (error) => toast(problemText(t, error), { bad: true }),
  });
  return (
    <Dialog open onClose={onClose} wide title={agent.name}>
      <p className="flex flex-wrap items-center gap-2 text-md">
        <span className="inline-flex items-center gap-2 font-medium"><StateSign state={agent.state} />{t(`state.${agent.state}`)}</span>
        {agent.reason ? <span className="text-muted">{wordOf(agent.reason)}</span> : null}
        <Since at={agent.since} className="text-muted" />
        <span className="text-muted">{t('state.load', { load: agent.load })}</span>
        {agent.queueIds.map((id) => <Chip key={id}>{queues.find((queue) => queue.id === id)?.name ?? id}</Chip>)}
        {agent.over ? <Chip tone="warn">{t('work.over')}</Chip> : null}
        {agent.connected ? null : <Chip tone="warn">{t('board.disconnected')}</Chip>}
      </p>
      {may('agent.set-state') ? (
        <div className="my-4 flex flex-wrap items-end gap-2">
          <div className="w-48"><TextField label={t('board.reason')} maxLength={60} value={reason} onChange={(event) => setReason(event.target.value)} /></div>
          {(['available', 'away', 'offline'] as const).map((state) => <Button key={state} disabled={change.isPending || agent.state === state} onClick={() => change.mutate(state)}><StateSign state={state} />{t(`state.${state}`)}</Button>)}
        </div>
      ) : null}
      <h3 className="mt-6 mb-1 text-md font-semibold">{t('board.in-hand')}</h3>
      <WorkItems filter={{ agentId: agent.id, state: 'live' }} />
      <AgentHistory agent={agent} />
    </Dialog>
  );
}
