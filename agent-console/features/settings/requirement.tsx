import { X } from 'lucide-react';
import { useSkills } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { IconButton } from '../../ui/button';

type Levels = Record<string, number>;

/** Skills with a level from 1 to 5 each. */
export function Requirement({ label, value, onChange }: { label: string; value: Levels; onChange: (value: Levels) => void }) {
  const { t } = useTranslation();
  const skills = useSkills().data ?? [];
  const left = skills.filter((skill) => !(skill.id in value));
  const nameOf = (id: string) => skills.find((skill) => skill.id === id)?.name ?? id;
  const without = (id: string) => Object.fromEntries(Object.entries(value).filter(([one]) => one !== id));
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium text-soft">{label}</legend>
      <div className="flex flex-wrap items-center gap-2">
        {Object.entries(value).map(([id, level]) => (
          <span key={id} className="flex h-8 items-center gap-1 rounded-md bg-sunken ps-2 text-md">
            <bdi>{nameOf(id)}</bdi>
            <select aria-label={t('level.of', { name: nameOf(id) })} value={level} onChange={(event) => onChange({ ...value, [id]: Number(event.target.value) })} className="h-6 rounded-sm bg-surface text-sm">{[1, 2, 3, 4, 5].map((one) => <option key={one}>{one}</option>)}</select>
            <IconButton small label={t('level.remove', { name: nameOf(id) })} onClick={() => onChange(without(id))}><X size={12} /></IconButton>
          </span>
        ))}
        {left.length > 0 ? <select aria-label={t('level.add', { name: label })} value="" onChange={(event) => onChange({ ...value, [event.target.value]: 3 })} className="h-8 rounded-md bg-surface px-2 text-md ring-1 ring-edge ring-inset"><option value="">{t('level.choose')}</option>{left.map((skill) => <option key={skill.id} value={skill.id}>{skill.name}</option>)}</select> : null}
      </div>
    </fieldset>
  );
}
