import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { movingEndpoints, type ArticleImport } from '../../../protocol/moving';
import { call } from '../../api/call';
import { upload } from '../../api/upload';
import { queryClient } from '../../api/client';
import { problemText } from '../../api/problem';
import { useMay } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { Select } from '../../ui/field';
import { FileButton } from '../../ui/file-button';
import { Page, Section } from '../../ui/page';
import { toast } from '../../ui/toast';
import { batchesOf, picturesIn, pathOf, type Batch } from './folder';

const audiences = ['internal', 'partners', 'customers', 'public'] as const;
const confidences = ['draft', 'not-validated', 'validated'] as const;

function Progress({ row }: { row: ArticleImport }) {
  const { t } = useTranslation();
  return (
    <div className="mt-4 max-w-[560px]" data-testid="import-progress" data-state={row.state}>
      <label className="grid gap-1 text-md">{t('moving.progress', { done: row.done, total: row.total })}<progress value={row.done} max={row.total} className="w-full" /></label>
      <p role="status" className="mt-1 text-sm text-muted">{t('moving.counts', { added: row.added, changed: row.changed, same: row.same })}</p>
      {row.faults.length > 0 ? <ul className="mt-2 text-sm text-bad">{row.faults.map((fault) => <li key={fault.path + fault.why}><code dir="ltr">{fault.path}</code>: {t(`moving.fault.${fault.why}`)}</li>)}</ul> : null}
    </div>
  );
}

async function send(id: string, batch: Batch, { known, all }: { known: Map<string, string>; all: ReadonlyMap<string, File> }): Promise<ArticleImport> {
  const files = await Promise.all(batch.map(async (file) => ({ path: pathOf(file), text: await file.text() })));
  for (const path of files.flatMap(picturesIn)) {
    const picture = all.get(path);
    if (picture && !known.has(path)) known.set(path, (await upload(picture)).id);
  }
  const pictures = Object.fromEntries(files.flatMap(picturesIn).flatMap((path) => { const found = known.get(path); return found ? [[path, found]] : []; }));
  return call(movingEndpoints.files, { params: { id }, body: { files, pictures } });
}

/** Brings a folder of Markdown in with its progress, and everything out. */
export function MovingPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [row, setRow] = useState<ArticleImport | null>(null);
  const [chosen, setChosen] = useState<File[]>([]);
  const [busy, setBusy] = useState(false);
  const run = async (form: FormData): Promise<void> => {
    const all = new Map(chosen.map((file) => [pathOf(file), file]));
    const batches = batchesOf(chosen);
    const total = batches.reduce((sum, batch) => sum + batch.length, 0);
    if (total === 0) return toast(t('moving.nothing'), { bad: true });
    const pick = <T extends string>(name: string, of: readonly T[]): T => of.find((one) => one === form.get(name)) ?? (of[0] as T);
    const begun = await call(movingEndpoints.begin, { body: { total, audience: pick('audience', audiences), confidence: pick('confidence', confidences) } });
    setRow(begun);
    const known = new Map<string, string>();
    for (const batch of batches) setRow(await send(begun.id, batch, { known, all }));
    setRow(await call(movingEndpoints.end, { params: { id: begun.id } }));
    await queryClient.invalidateQueries({ queryKey: ['articles'] });
  };
  return (
    <Page title={t('moving.title')} about={t('moving.about')} back={{ href: '/knowledge', text: t('knowledge.all') }} narrow>
      <Section title={t('moving.in')} about={t('moving.in.about')}>
        <form className="grid max-w-[560px] gap-4" onSubmit={(event) => {
          event.preventDefault();
          setBusy(true);
          void run(new FormData(event.currentTarget)).catch((error: unknown) => toast(problemText(t, error), { bad: true })).finally(() => setBusy(false));
        }}>
          <div className="grid justify-items-start gap-1"><span className="text-sm font-medium text-soft">{t('moving.folder')}</span><FileButton label={t('moving.folder')} folder disabled={busy} testId="import-folder" onPick={setChosen}><FolderOpen size={14} aria-hidden />{t('moving.choose')}</FileButton><span className="text-sm text-muted" role="status">{chosen.length > 0 ? t('moving.chosen', { n: batchesOf(chosen).flat().length }) : ''}</span></div>
          <Select label={t('knowledge.audience')} name="audience" hint={t('moving.unless')}>{audiences.map((one) => <option key={one} value={one}>{t(`audience.${one}`)}</option>)}</Select>
          <Select label={t('knowledge.stage')} name="confidence" hint={may('article.publish') ? undefined : t('moving.publish')}>{confidences.map((one) => <option key={one} value={one}>{t(`confidence.${one}`)}</option>)}</Select>
          <div><Button look="primary" type="submit" disabled={busy || chosen.length === 0}>{t('moving.begin')}</Button></div>
        </form>
        {row ? <Progress row={row} /> : null}
      </Section>
      <Section title={t('moving.out')} about={t('moving.out.about')}><a href="/knowledge-export.zip" download className="text-md text-accent hover:underline">{t('moving.download')}</a></Section>
    </Page>
  );
}
