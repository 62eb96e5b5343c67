import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { workforceEndpoints } from '../../../protocol/workforce';
import { call } from '../../api/call';
import { useDispositions } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { Button, IconButton } from '../../ui/button';
import { TextField } from '../../ui/field';
import { Loaded } from '../../ui/states';
import { useSaving } from './saving';
import { codeOf } from './code';

interface Row { code: string; label: string }

function Editor({ saved }: { saved: Row[] }) {
  const { t } = useTranslation();
  const [rows, setRows] = useState(saved);
  const [label, setLabel] = useState('');
  const save = useSaving((next: Row[]) => call(workforceEndpoints.putDispositions, { body: { rows: next } }));
  const put = (next: Row[]) => {
    setRows(next);
    save.mutate(next);
  };
  const add = () => {
    const code = codeOf(label, rows.map((row) => row.code));
    put([...rows, { code, label: label.trim() }]);
    setLabel('');
  };
  return (
    <div className="max-w-[720px]">
      <ul>{rows.map((row) => (
        <li key={row.code} className="flex min-h-10 items-center gap-3 border-b border-line text-md">
          <input aria-label={t('dispositions.label', { name: row.label })} dir="auto" defaultValue={row.label} maxLength={60} onBlur={(event) => event.target.value.trim() && event.target.value !== row.label && put(rows.map((one) => (one.code === row.code ? { ...one, label: event.target.value.trim() } : one)))} className="h-7 min-w-0 flex-1 rounded-sm bg-transparent -ms-2 px-2 hover:bg-hover" />
          <IconButton label={t('dispositions.remove', { name: row.label })} onClick={() => put(rows.filter((one) => one.code !== row.code))}><Trash2 size={14} /></IconButton>
        </li>
      ))}</ul>
      <form className="mt-4 flex items-end gap-2" onSubmit={(event) => { event.preventDefault(); add(); }}><div className="max-w-72 flex-1"><TextField label={t('dispositions.new')} required maxLength={60} value={label} onChange={(event) => setLabel(event.target.value)} /></div><Button type="submit" disabled={save.isPending}>{t('add')}</Button></form>
    </div>
  );
}

/** What agents may say came of it. */
export function DispositionsSection() {
  const dispositions = useDispositions();
  return <Loaded query={dispositions}>{(rows) => <Editor key={rows.map((row) => row.code + row.label).join()} saved={rows} />}</Loaded>;
}
