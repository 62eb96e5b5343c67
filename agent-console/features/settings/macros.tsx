import { Trash2, Users } from 'lucide-react';
import { useState } from 'react';
import { listEndpoints, type Macro } from '../../../protocol/lists';
import { call } from '../../api/call';
import { useMacros, useMay } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { Button, IconButton } from '../../ui/button';
import { Empty, Loaded } from '../../ui/states';
import { useStepWords } from '../../ui/step-words';
import { MacroEditor } from './macro-dialog';
import { useSaving } from './saving';

/** Steps that are often done together, under one name. */
export function MacrosSection() {
  const { t } = useTranslation();
  const may = useMay();
  const macros = useMacros();
  const words = useStepWords();
  const [open, setOpen] = useState<Macro | 'new' | null>(null);
  const remove = useSaving((id: string) => call(listEndpoints.removeMacro, { params: { id } }));
  return (
    <div className="max-w-[720px]">
      <Button look="primary" className="mb-4" onClick={() => setOpen('new')}>{t('macros.new')}</Button>
      <Loaded query={macros} rows={3}>
        {(rows) => (rows.length === 0 ? <Empty title={t('macros.empty')} text={t('macros.empty.text')} /> : (
          <ul>{rows.map((macro) => (
            <li key={macro.id} className="flex min-h-12 items-center gap-3 border-b border-line py-1">
              <span className="min-w-0 flex-1">
                <span className="flex items-center gap-2 text-md font-medium"><bdi className="truncate">{macro.name}</bdi>{macro.shared ? <Users size={12} aria-label={t('view.shared')} className="text-faint" /> : null}</span>
                <span className="block truncate text-sm text-muted">{macro.actions.map(words).join(' · ')}</span>
              </span>
              {macro.mine || may('queue.manage') ? <Button small aria-label={t('macros.change-one', { name: macro.name })} onClick={() => setOpen(macro)}>{t('change')}</Button> : null}
              {macro.mine || may('queue.manage') ? <IconButton label={t('macros.remove', { name: macro.name })} disabled={remove.isPending} onClick={() => remove.mutate(macro.id)}><Trash2 size={14} /></IconButton> : null}
            </li>
          ))}</ul>
        ))}
      </Loaded>
      {open ? <MacroEditor macro={open === 'new' ? null : open} onClose={() => setOpen(null)} /> : null}
    </div>
  );
}
