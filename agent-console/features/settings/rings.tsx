import { Plus, Trash2 } from 'lucide-react';
import type { Queue } from '../../../protocol/workforce';
import { useSkills } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { Button, IconButton } from '../../ui/button';
import { TextField, Tick } from '../../ui/field';
import { Requirement } from './requirement';

type Ring = Queue['rings'][number];
interface RingsProps { rings: Ring[]; requirement: Record<string, number>; onChange: (rings: Ring[]) => void }

function RingLine({ ring, requirement, set, remove }: { ring: Ring; requirement: Record<string, number>; set: (change: Partial<Ring>) => void; remove: () => void }) {
  const { t } = useTranslation();
  const skills = useSkills().data ?? [];
  return (
    <li className="grid gap-3 rounded-lg bg-canvas p-3 ring-1 ring-line">
      <div className="flex items-end gap-3">
        <div className="w-36"><TextField label={t('ring.after')} type="number" min={1} max={86_400} required value={ring.afterSeconds} onChange={(event) => set({ afterSeconds: Number(event.target.value) })} /></div>
        <Tick label={t('ring.anyone')} className="flex-1 pb-1" checked={ring.anyone} onChange={(event) => set({ anyone: event.target.checked })} />
        <IconButton label={t('ring.remove')} onClick={remove}><Trash2 size={14} /></IconButton>
      </div>
      {ring.anyone ? null : (
        <>
          <div className="flex flex-wrap gap-4">{Object.keys(requirement).map((id) => <Tick key={id} label={t('ring.drop', { name: skills.find((skill) => skill.id === id)?.name ?? id })} checked={ring.drop.includes(id)} onChange={(event) => set({ drop: event.target.checked ? [...ring.drop, id] : ring.drop.filter((one) => one !== id) })} />)}</div>
          <Requirement label={t('ring.lower')} value={ring.lower} onChange={(lower) => set({ lower })} />
        </>
      )}
    </li>
  );
}

/** How the requirement is relaxed the longer something waits. */
export function Rings({ rings, requirement, onChange }: RingsProps) {
  const { t } = useTranslation();
  const add = () => onChange([...rings, { afterSeconds: (rings.at(-1)?.afterSeconds ?? 0) + 60, drop: [], lower: {}, anyone: false }]);
  return (
    <section>
      <h3 className="mb-1 text-sm font-medium text-soft">{t('queue.rings')}</h3>
      <ol className="grid gap-2">{rings.map((ring, at) => <RingLine key={at} ring={ring} requirement={requirement} set={(change) => onChange(rings.map((one, index) => (index === at ? { ...one, ...change } : one)))} remove={() => onChange(rings.filter((_one, index) => index !== at))} />)}</ol>
      {rings.length < 6 ? <Button small look="quiet" className="mt-2" onClick={add}><Plus size={14} aria-hidden />{t('ring.add')}</Button> : null}
    </section>
  );
}
