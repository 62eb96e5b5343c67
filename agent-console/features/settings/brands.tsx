import { useMutation, useQuery } from '@tanstack/react-query';
import { ImagePlus } from 'lucide-react';
import { useState } from 'react';
import { brandEndpoints, type Brand } from '../../../protocol/brands';
import { channelEndpoints } from '../../../protocol/channels';
import { call } from '../../api/call';
import { keys } from '../../api/keys';
import { problemText, ProblemError } from '../../api/problem';
import { useQueues } from '../../api/shared';
import { upload } from '../../api/upload';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { Actions, Dialog } from '../../ui/dialog';
import { ColourField } from '../../ui/colour-field';
import { Select, TextArea, TextField } from '../../ui/field';
import { FileButton } from '../../ui/file-button';
import { Table } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';
import { toast } from '../../ui/toast';
import { codeOf, isCode } from './code';
import { LanguageOptions } from './me';
import { useSaving } from './saving';

type Form = Omit<Brand, 'id'>;
const fresh = (colour: string): Form => ({ key: '', name: '', colour, logoId: null, logoUrl: null, hosts: [], locale: 'en', queueId: '', chatQueueId: '' });

function Logo({ form, set }: { form: Form; set: (change: Partial<Form>) => void }) {
  const { t } = useTranslation();
  const add = useMutation({
    mutationFn: (file: File) => upload(file),
    onSuccess: (file) => set({ logoId: file.id, logoUrl: file.url }),
    onError: (error) => toast(problemText(t, error), { bad: true }),
  });
  return (
    <div className="grid gap-1">
      <span className="text-sm font-medium text-soft">{t('brands.logo')}</span>
      <div className="flex flex-wrap items-center gap-2">
        {form.logoUrl === null ? null : <span className="rounded-md px-3 py-2" style={{ background: form.colour }}><img src={form.logoUrl} alt={form.name} className="h-8 max-w-[160px] object-contain" /></span>}
        <FileButton label={t('brands.logo')} accept="image/png,image/jpeg,image/gif,image/webp" testId="brand-logo" disabled={add.isPending} onPick={([file]) => { if (file) add.mutate(file); }}><ImagePlus size={14} aria-hidden />{t('brands.logo.choose')}</FileButton>
        {form.logoId === null ? null : <Button small look="quiet" onClick={() => set({ logoId: null, logoUrl: null })}>{t('brands.logo.none')}</Button>}
      </div>
      <p className="text-xs text-muted">{t('brands.logo.hint')}</p>
    </div>
  );
}

function BrandDialog({ brand, colour, taken, onClose }: { brand: Brand | null; colour: string; taken: string[]; onClose: () => void }) {
  const { t } = useTranslation();
  const queues = useQueues().data ?? [];
  const [form, setForm] = useState<Form>(brand ?? fresh(colour));
  const [hosts, setHosts] = useState(form.hosts.join('\n'));
  const set = (change: Partial<Form>) => setForm((old) => ({ ...old, ...change }));
  // Until somebody types a short name it follows the name.
  const [typed, setTyped] = useState(brand?.key ?? null);
  const key = typed ?? (form.name.trim() ? codeOf(form.name, taken, 'brand') : '');
  const [tried, setTried] = useState(false);
  const wrongKey = !isCode(key) && (tried || typed !== null) ? t('brands.key.wrong') : undefined;
  const save = useSaving(() => {
    const { name, colour, logoId, locale, queueId, chatQueueId } = form;
    const body = { key, name, colour, logoId, locale, queueId, chatQueueId, hosts: hosts.split(/\s+/).filter(Boolean) };
    return brand ? call(brandEndpoints.change, { params: { id: brand.id }, body }) : call(brandEndpoints.add, { body });
  }, { done: onClose });
  const remove = useSaving((id: string) => call(brandEndpoints.remove, { params: { id } }), { done: onClose, said: 'brands.removed' });
  const fields = save.error instanceof ProblemError ? save.error.fields : {};
  return (
    <Dialog open onClose={onClose} title={t(brand ? 'brands.change' : 'brands.new')}>
      <form className="grid gap-4" onSubmit={(event) => { event.preventDefault(); setTried(true); if (isCode(key)) save.mutate(undefined); }}>
        <TextField label={t('brands.name')} required maxLength={80} value={form.name} error={fields.name} onChange={(event) => set({ name: event.target.value })} />
        <TextField label={t('brands.key')} hint={t('brands.key.hint', { address: `${location.origin}/help/@${key}` })} maxLength={40} value={key} error={wrongKey ?? fields.key} dir="ltr" onChange={(event) => setTyped(event.target.value.toLowerCase())} />
        <ColourField label={t('brands.colour')} value={form.colour} onChange={(colour) => set({ colour })} />
        <Logo form={form} set={set} />
        <TextArea label={t('brands.hosts')} hint={t('brands.hosts.hint')} rows={2} dir="ltr" value={hosts} error={Object.entries(fields).find(([name]) => name.startsWith('hosts'))?.[1]} onChange={(event) => setHosts(event.target.value)} />
        <Select label={t('brands.language')} value={form.locale} onChange={(event) => set({ locale: event.target.value })}><LanguageOptions /></Select>
        {(['queueId', 'chatQueueId'] as const).map((field) => <Select key={field} label={t(field === 'queueId' ? 'brands.queue' : 'widget.queue')} value={form[field]} onChange={(event) => set({ [field]: event.target.value })}><option value="">{t('brands.queue.company')}</option>{queues.map((queue) => <option key={queue.id} value={queue.id}>{queue.name}</option>)}</Select>)}
        <Actions>
          {brand ? <Button look="quiet" className="me-auto -ms-3 text-bad hover:text-bad" disabled={remove.isPending} onClick={() => remove.mutate(brand.id)}>{t('brands.remove')}</Button> : null}
          <Button onClick={onClose}>{t('cancel')}</Button><Button look="primary" type="submit" disabled={save.isPending}>{t('save')}</Button>
        </Actions>
      </form>
    </Dialog>
  );
}

/** The faces of the company. */
export function BrandsSection() {
  const { t } = useTranslation();
  const brands = useQuery({ queryKey: keys.settings('brands'), queryFn: () => call(brandEndpoints.list) });
  const widget = useQuery({ queryKey: keys.settings('widget'), queryFn: () => call(channelEndpoints.widget) });
  const [edited, setEdited] = useState<Brand | 'new' | null>(null);
  return (
    <>
      <Button look="primary" className="mb-4" onClick={() => setEdited('new')}>{t('brands.new')}</Button>
      <Loaded query={brands}>
        {({ rows }) => (rows.length === 0 ? <Empty title={t('brands.empty')} text={t('brands.empty.text')} /> : (
          <Table label={t('settings.brands')} head={[t('brands.name'), t('brands.hosts'), '']}>
            {rows.map((one) => <tr key={one.id} data-testid="brand"><td className="font-medium"><span className="me-2 inline-block size-3 rounded-full align-middle" style={{ background: one.colour }} /><bdi>{one.name}</bdi></td><td className="font-mono text-sm text-muted"><bdi>{one.hosts.join(', ') || `/help/@${one.key}`}</bdi></td><td className="in-corner text-end"><Button small onClick={() => setEdited(one)}>{t('change')}</Button></td></tr>)}
          </Table>
        ))}
      </Loaded>
      {edited && widget.data ? <BrandDialog colour={widget.data.colour} brand={edited === 'new' ? null : edited} taken={brands.data?.rows.map((one) => one.key) ?? []} onClose={() => setEdited(null)} /> : null}
    </>
  );
}
