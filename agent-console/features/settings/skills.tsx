import { useState } from 'react';
import { Trash2 } from 'lucide-react';
import { workforceEndpoints } from '../../../protocol/workforce';
import { call } from '../../api/call';
import { useAgents, useSkills } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { Button, IconButton } from '../../ui/button';
import { TextField } from '../../ui/field';
import { Empty, Loaded } from '../../ui/states';
import { useSaving } from './saving';

/** What agents can do and queues may ask for. */
export function SkillsSection() {
  const { t } = useTranslation();
  const skills = useSkills();
  const agents = useAgents().data ?? [];
  const [name, setName] = useState('');
  const add = useSaving(() => call(workforceEndpoints.addSkill, { body: { name } }), { done: () => setName('') });
  const remove = useSaving((id: string) => call(workforceEndpoints.removeSkill, { params: { id } }));
  return (
    <div className="max-w-[560px]">
      <Loaded query={skills} rows={3}>
        {(rows) => (rows.length === 0 ? <Empty title={t('skills.empty')} text={t('skills.empty.text')} /> : (
          <ul>{rows.map((skill) => <li key={skill.id} className="flex min-h-10 items-center gap-3 border-b border-line text-md"><span className="flex-1"><bdi>{skill.name}</bdi></span><span className="text-sm text-muted">{t('skills.agents', { count: agents.filter((agent) => skill.id in agent.skills).length })}</span><IconButton label={t('skills.remove', { name: skill.name })} disabled={remove.isPending} onClick={() => remove.mutate(skill.id)}><Trash2 size={14} /></IconButton></li>)}</ul>
        ))}
      </Loaded>
      <form className="mt-4 flex items-end gap-2" onSubmit={(event) => { event.preventDefault(); add.mutate(undefined); }}><div className="flex-1"><TextField label={t('skills.new')} hint={t('skills.hint')} required maxLength={60} value={name} onChange={(event) => setName(event.target.value)} /></div><Button type="submit" className="mb-5" disabled={add.isPending}>{t('add')}</Button></form>
    </div>
  );
}
