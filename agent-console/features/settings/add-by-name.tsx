import { useState } from 'react';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/field';
import { useSaving } from './saving';

interface AddByNameProps<R> { label: string; hint?: string; add: (name: string) => Promise<R>; done?: (made: R) => void }

/** One line below a list: a name, and what is made of it. */
export function AddByName<R>({ label, hint, add, done }: AddByNameProps<R>) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const adding = useSaving(add, { done: (made) => {
    setName('');
    done?.(made);
  } });
  return (
    <form className="mt-4 flex items-end gap-2" onSubmit={(event) => { event.preventDefault(); adding.mutate(name); }}>
      <div className="max-w-72 flex-1"><TextField label={label} {...(hint ? { hint } : {})} required maxLength={60} value={name} onChange={(event) => setName(event.target.value)} /></div>
      <Button type="submit" className={hint ? 'mb-5' : ''} disabled={adding.isPending}>{t('add')}</Button>
    </form>
  );
}
