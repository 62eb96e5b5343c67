import { Trash2 } from 'lucide-react';
import { workforceEndpoints } from '../../../protocol/workforce';
import { call } from '../../api/call';
import { useAgents, useSkills } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { IconButton } from '../../ui/button';
import { Empty, Loaded } from '../../ui/states';
import { AddByName } from './add-by-name';
import { useSaving } from './saving';

/** What agents can do and queues may ask for. */
export function SkillsSection() {
  const { t } = useTranslation();
  const skills = useSkills();
  const agents = useAgents().data ?? [];
  const remove = useSaving((id: string) => call(workforceEndpoints.removeSkill, { params: { id } }));
  return (
    <div className="max-w-[720px]">
      <Loaded query={skills} rows={3}>
        {(rows) => (rows.length === 0 ? <Empty title={t('skills.empty')} text={t('skills.empty.text')} /> : (
          <ul>{rows.map((skill) => <li key={skill.id} className="flex min-h-10 items-center gap-3 border-b border-line text-md"><span className="flex-1"><bdi>{skill.name}</bdi></span><span className="text-sm text-muted">{t('skills.agents', { count: agents.filter((agent) => skill.id in agent.skills).length })}</span><IconButton label={t('skills.remove', { name: skill.name })} disabled={remove.isPending} onClick={() => remove.mutate(skill.id)}><Trash2 size={14} /></IconButton></li>)}</ul>
        ))}
      </Loaded>
      <AddByName label={t('skills.new')} hint={t('skills.hint')} add={(name) => call(workforceEndpoints.addSkill, { body: { name } })} />
    </div>
  );
}
