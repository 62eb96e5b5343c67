import { useQuery } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { workforceEndpoints } from '../../../protocol/workforce';
import { call } from '../../api/call';
import { keys } from '../../api/keys';
import { useTranslation } from '../../lib/i18n';
import { Button, IconButton } from '../../ui/button';
import { TextField } from '../../ui/field';
import { Loaded } from '../../ui/states';
import { useSaving } from './saving';

interface Reasons { away: string[]; decline: string[] }

function List({ title, rows, onChange }: { title: string; rows: string[]; onChange: (rows: string[]) => void }) {
  const { t } = useTranslation();
  const [fresh, setFresh] = useState('');
  const add = () => {
    const reason = fresh.trim();
    if (reason && !rows.includes(reason)) onChange([...rows, reason]);
    setFresh('');
  };
  return (
    <section aria-label={title} className="mb-8 max-w-[720px]">
      <h2 className="mb-1 text-md font-semibold">{title}</h2>
      <ul>{rows.map((row) => (
        <li key={row} className="flex min-h-10 items-center gap-3 border-b border-line text-md"><span className="min-w-0 flex-1 truncate" dir="auto">{row}</span><IconButton label={t('reasons.remove', { name: row })} onClick={() => onChange(rows.filter((one) => one !== row))}><Trash2 size={14} /></IconButton></li>
      ))}</ul>
      <form className="mt-4 flex items-end gap-2" onSubmit={(event) => { event.preventDefault(); add(); }}><div className="max-w-72 flex-1"><TextField label={t('reasons.new')} required maxLength={60} value={fresh} onChange={(event) => setFresh(event.target.value)} /></div><Button type="submit">{t('add')}</Button></form>
    </section>
  );
}

/** What agents may give as the reason for being away and for declining. */
export function ReasonsSection() {
  const { t } = useTranslation();
  const reasons = useQuery({ queryKey: keys.settings('reasons'), queryFn: () => call(workforceEndpoints.reasons) });
  const save = useSaving((body: Reasons) => call(workforceEndpoints.putReasons, { body }));
  return (
    <Loaded query={reasons}>{(saved) => (
      <>
        <List title={t('reasons.away')} rows={saved.away} onChange={(away) => save.mutate({ ...saved, away })} />
        <List title={t('reasons.decline')} rows={saved.decline} onChange={(decline) => save.mutate({ ...saved, decline })} />
      </>
    )}</Loaded>
  );
}
