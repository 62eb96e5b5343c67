import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import { guideEndpoints } from '../../../protocol/guide-endpoints';
import type { GuideFile, GuideGraph } from '../../../protocol/guides';
import { call } from '../../api/call';
import { queryClient } from '../../api/client';
import { keys } from '../../api/keys';
import { problemText } from '../../api/problem';
import { useMay } from '../../api/shared';
import { cx } from '../../lib/cx';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { BackToList } from '../../ui/list-and-detail';
import { Chip } from '../../ui/marks';
import { SideLabel, SidePane } from '../../ui/side-pane';
import { Empty, Loaded } from '../../ui/states';
import { usePercent } from '../../ui/time';
import { toast } from '../../ui/toast';
import { BrandFilter } from './brands';
import { GuideEditor } from './guide-editor';

const blank = (locale: string): GuideGraph => ({ locales: [locale], title: {}, about: {}, nodes: [{ kind: 'start', id: 'start', title: {}, body: {}, next: 'end' }, { kind: 'outcome', id: 'end', title: {}, body: {}, result: 'solved' }] });

function Making() {
  const { t, language } = useTranslation();
  const [, go] = useLocation();
  const picker = useRef<HTMLInputElement>(null);
  const add = useMutation({
    mutationFn: (file: Omit<GuideFile, 'format'> & { format?: GuideFile['format'] }) => (file.format ? call(guideEndpoints.importOne, { body: { ...file, format: file.format } }) : call(guideEndpoints.add, { body: { category: file.category, audience: file.audience, graph: file.graph } })),
    onSuccess: (guide) => { void queryClient.invalidateQueries({ queryKey: keys.settings('guides') }); go(`/guides/${guide.id}`); },
    onError: (error) => toast(problemText(t, error), { bad: true }),
  });
  const read = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    try {
      add.mutate(JSON.parse(await file.text()) as GuideFile);
    } catch {
      toast(t('guides.no-file'), { bad: true });
    }
  };
  return (
    <div className="mb-2 flex flex-wrap gap-2">
      <Button small onClick={() => add.mutate({ category: '', audience: 'public', graph: blank(language.split('-')[0] ?? 'en') })}>{t('guides.new')}</Button>
      <Button small look="quiet" onClick={() => picker.current?.click()}>{t('guides.import')}</Button>
      <input ref={picker} type="file" accept="application/json" hidden onChange={(event) => { void read(event.target.files?.[0]); event.target.value = ''; }} />
    </div>
  );
}

function Chosen({ id }: { id: string }) {
  const guide = useQuery({ queryKey: ['guide', id], queryFn: () => call(guideEndpoints.read, { params: { id } }) });
  return <Loaded query={guide}>{(found) => <GuideEditor key={`${found.id}`} guide={found} />}</Loaded>;
}

/** Guides: find, write, check, see how they do. */
export function GuidesPage() {
  const { t, language } = useTranslation();
  const percent = usePercent();
  const may = useMay();
  const { id } = useParams<{ id?: string }>();
  const guides = useQuery({ queryKey: keys.settings('guides'), queryFn: () => call(guideEndpoints.list, { query: { locale: language } }) });
  const [brandId, setBrandId] = useState('');
  const list = (
    <>
      {may('guide.write') ? <Making /> : null}
      <Link href="/knowledge" className="flex h-7 items-center rounded-md px-2 text-md text-soft hover:bg-hover">{t('knowledge.all')}</Link>
      <SideLabel>{t('guide.panel')}</SideLabel>
      <BrandFilter chosen={brandId} onChange={setBrandId} />
      {(guides.data?.rows ?? []).filter(({ brandIds }) => brandId === '' || brandIds.length === 0 || brandIds.includes(brandId)).map((guide) => (
        <Link key={guide.id} href={`/guides/${guide.id}`} aria-current={guide.id === id ? 'page' : undefined} className={cx('grid gap-1 rounded-md px-2 py-1 text-md', guide.id === id ? 'bg-hover font-medium' : 'text-soft hover:bg-hover')}>
          <bdi className="truncate">{guide.title || guide.id}</bdi>
          <span className="flex items-center gap-2 text-xs text-muted"><Chip tone={guide.state === 'published' ? 'good' : 'plain'}>{t(`guides.state.${guide.state}`)}</Chip>{guide.solved === null ? null : <span className="tnum">{percent(guide.solved)}</span>}</span>
        </Link>
      ))}
    </>
  );
  return (
    <>
      <SidePane label={t('guide.panel')}>{list}</SidePane>
      <main data-pane tabIndex={-1} className="min-w-0 flex-1 overflow-y-auto bg-surface">
        <h1 className="sr-only">{t('guide.panel')}</h1>
        {id ? <BackToList label={t('guide.panel')} href="/guides" /> : <nav aria-label={t('guide.panel')} className="p-2 sm:hidden">{list}</nav>}
        {id ? <Chosen id={id} /> : <Empty title={t('guides.none-open')} text={t('guides.none-open.text')} className="h-full justify-center max-sm:hidden" />}
      </main>
    </>
  );
}
