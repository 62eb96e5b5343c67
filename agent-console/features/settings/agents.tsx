import { useState } from 'react';
import { workforceEndpoints, type Agent } from '../../../protocol/workforce';
import { call, listFile } from '../../api/call';
import { useAgents, useChannels, useQueues, useSkills } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { CsvLink } from '../../ui/csv-link';
import { Actions, Dialog } from '../../ui/dialog';
import { TextField, Tick } from '../../ui/field';
import { Chip } from '../../ui/marks';
import { Table } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';
import { Requirement } from './requirement';
import { useSaving } from './saving';

function AgentDialog({ agent, onClose }: { agent: Agent; onClose: () => void }) {
  const { t } = useTranslation();
  const queues = useQueues().data ?? [];
  const channels = useChannels().data ?? [];
  const [form, setForm] = useState({ queueIds: agent.queueIds, skills: agent.skills, maxima: agent.maxima, capacity: agent.capacity });
  const save = useSaving(() => call(workforceEndpoints.changeAgent, { params: { id: agent.id }, body: form }), { done: onClose });
  const toggle = (id: string, on: boolean) => setForm({ ...form, queueIds: on ? [...form.queueIds, id] : form.queueIds.filter((one) => one !== id) });
  const most = (channel: string, value: string) => setForm({ ...form, maxima: value === '' ? Object.fromEntries(Object.entries(form.maxima).filter(([id]) => id !== channel)) : { ...form.maxima, [channel]: Number(value) } });
  return (
    <Dialog open onClose={onClose} wide title={agent.name}>
      <form className="grid gap-6" onSubmit={(event) => { event.preventDefault(); save.mutate(undefined); }}>
        <fieldset><legend className="mb-1 text-sm font-medium text-soft">{t('agents.queues')}</legend>{queues.map((queue) => <Tick key={queue.id} label={queue.name} checked={form.queueIds.includes(queue.id)} onChange={(event) => toggle(queue.id, event.target.checked)} />)}</fieldset>
        <Requirement label={t('agents.skills')} value={form.skills} onChange={(skills) => setForm({ ...form, skills })} />
        <fieldset><legend className="mb-1 text-sm font-medium text-soft">{t('agents.most')}</legend><div className="flex flex-wrap gap-4"><div className="w-28"><TextField label={t('agents.capacity')} type="number" required min={0} max={1000} value={form.capacity} onChange={(event) => setForm({ ...form, capacity: Number(event.target.value) })} /></div>{channels.map((channel) => <div key={channel.id} className="w-28"><TextField label={channel.name} type="number" min={0} max={25} value={form.maxima[channel.id] ?? ''} onChange={(event) => most(channel.id, event.target.value)} /></div>)}</div></fieldset>
        <Actions><Button onClick={onClose}>{t('cancel')}</Button><Button look="primary" type="submit" disabled={save.isPending}>{t('save')}</Button></Actions>
      </form>
    </Dialog>
  );
}

/** Which queues each agent serves, what they can do, how much at once. */
export function AgentsSection() {
  const { t } = useTranslation();
  const agents = useAgents();
  const queues = useQueues().data ?? [];
  const skills = useSkills().data ?? [];
  const [edited, setEdited] = useState<Agent | null>(null);
  return (
    <>
      <CsvLink href={listFile(workforceEndpoints.agents)} />
      <Loaded query={agents}>
        {(rows) => (rows.length === 0 ? <Empty title={t('agents.empty')} text={t('agents.empty.text')} /> : (
          <Table label={t('settings.agents')} head={[t('accounts.who'), t('agents.queues'), t('agents.skills'), '']}>
            {rows.map((agent) => (
              <tr key={agent.id}>
                <td className="font-medium whitespace-nowrap"><bdi>{agent.name}</bdi></td>
                <td><span className="flex flex-wrap gap-1">{agent.queueIds.map((id) => <Chip key={id}>{queues.find((queue) => queue.id === id)?.name ?? id}</Chip>)}</span></td>
                <td><span className="flex flex-wrap gap-1">{Object.entries(agent.skills).map(([id, level]) => <Chip key={id}>{skills.find((skill) => skill.id === id)?.name ?? id} {level}</Chip>)}</span></td>
                <td className="in-corner text-end"><Button small onClick={() => setEdited(agent)}>{t('change')}</Button></td>
              </tr>
            ))}
          </Table>
        ))}
      </Loaded>
      {edited ? <AgentDialog agent={edited} onClose={() => setEdited(null)} /> : null}
    </>
  );
}
