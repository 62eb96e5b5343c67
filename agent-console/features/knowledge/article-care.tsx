import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { knowledgeEndpoints, type Article } from '../../../protocol/knowledge';
import { makingEndpoints } from '../../../protocol/making';
import { call } from '../../api/call';
import { queryClient } from '../../api/client';
import { keys } from '../../api/keys';
import { problemText } from '../../api/problem';
import { allows, useAgentName, useAgents } from '../../api/shared';
import { cx } from '../../lib/cx';
import { useTranslation } from '../../lib/i18n';
import { momentOf, wallClock } from '../../lib/wall-clock';
import { Button } from '../../ui/button';
import { DayField } from '../../ui/day-field';
import { Dialog } from '../../ui/dialog';
import { Select, TextField } from '../../ui/field';
import { Chip } from '../../ui/marks';
import { Loaded } from '../../ui/states';
import { Ago, useManner } from '../../ui/time';
import { toast } from '../../ui/toast';

const signs = { same: ' ', gone: '−', new: '+' } as const;
const looks = { same: 'text-muted', gone: 'bg-bad-soft text-bad line-through', new: 'bg-good-soft text-good' } as const;

function useChange(article: Article) {
  const { t } = useTranslation();
  return useMutation({
    mutationFn: (work: () => Promise<Article>) => work(),
    onSuccess: (saved) => { queryClient.setQueryData(keys.article(article.id), saved); void queryClient.invalidateQueries({ queryKey: ['articles'] }); void queryClient.invalidateQueries({ queryKey: ['article-care', article.id] }); },
    onError: (error) => toast(problemText(t, error), { bad: true }),
  });
}

/** What changed since a version, line by line, and the way back to it. */
function Comparison({ article, version, close }: { article: Article; version: number; close: () => void }) {
  const { t } = useTranslation();
  const diff = useQuery({ queryKey: ['article-care', article.id, 'diff', version, article.version], queryFn: () => call(makingEndpoints.diff, { params: { id: article.id, version } }) });
  const change = useChange(article);
  return (
    <Dialog open wide onClose={close} title={t('care.compare', { version })}>
      <Loaded query={diff}>{({ texts }) => texts.map(({ locale, lines }) => (
        <section key={locale} lang={locale} className="mb-4"><h3 className="mb-1 text-sm font-medium text-muted">{locale}</h3>
          <pre className="overflow-x-auto rounded-md bg-sunken p-2 text-sm whitespace-pre-wrap" dir="auto">{lines.map((line, index) => <span key={index} className={cx('block', looks[line.kind])}><span aria-hidden>{signs[line.kind]} </span>{line.kind === 'same' ? null : <span className="sr-only">{t(`care.${line.kind}`)} </span>}{line.text}</span>)}</pre></section>
      ))}</Loaded>
      {allows(article.can, 'article.write') ? <Button look="primary" disabled={change.isPending} onClick={() => change.mutate(() => call(makingEndpoints.restore, { params: { id: article.id, version } }), { onSuccess: () => { toast(t('care.restored', { version })); close(); } })}>{t('care.restore')}</Button> : null}
    </Dialog>
  );
}

function Versions({ article }: { article: Article }) {
  const { t } = useTranslation();
  const nameOf = useAgentName();
  const [open, setOpen] = useState<number | null>(null);
  const versions = useQuery({ queryKey: ['article-care', article.id, 'versions', article.version], queryFn: () => call(makingEndpoints.versions, { params: { id: article.id } }) });
  return (
    <Loaded query={versions} rows={2}>{({ rows }) => (rows.length === 0 ? <p className="text-md text-muted">{t('care.no-versions')}</p> : (
      <ol>{rows.map((row) => <li key={row.version} className="flex items-center gap-3 border-b border-line py-1 text-md"><span className="tnum w-8 text-muted">{row.version}</span><bdi className="min-w-0 flex-1 truncate">{row.title}</bdi><span className="text-sm text-muted">{nameOf(row.by)} <Ago at={row.at} /></span><Button small look="quiet" onClick={() => setOpen(row.version)}>{t('care.look')}</Button></li>)}{open === null ? null : <Comparison article={article} version={open} close={() => setOpen(null)} />}</ol>
    ))}</Loaded>
  );
}

function Flags({ article }: { article: Article }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const change = useChange(article);
  return (
    <>
      <ul>{article.flags.map((flag) => <li key={flag.id} className="flex items-center gap-3 border-b border-line py-1 text-md"><bdi className="min-w-0 flex-1">{flag.text}</bdi><span className="text-sm text-muted"><Ago at={flag.at} /></span>{allows(article.can, 'article.write') ? <Button small look="quiet" onClick={() => change.mutate(() => call(makingEndpoints.unflag, { params: { id: article.id, flagId: flag.id } }))}>{t('care.mended')}</Button> : null}</li>)}</ul>
      <form className="mt-2 flex items-end gap-2" onSubmit={(event) => { event.preventDefault(); change.mutate(() => call(makingEndpoints.flag, { params: { id: article.id }, body: { text } }), { onSuccess: () => setText('') }); }}><div className="flex-1"><TextField label={t('care.flag')} required maxLength={1000} value={text} onChange={(event) => setText(event.target.value)} /></div><Button type="submit">{t('add')}</Button></form>
    </>
  );
}

function Voices({ article }: { article: Article }) {
  const { t } = useTranslation();
  const voices = useQuery({ queryKey: ['article-care', article.id, 'feedback'], queryFn: () => call(makingEndpoints.feedback, { params: { id: article.id } }) });
  return (
    <Loaded query={voices} rows={2}>{({ rows }) => (rows.length === 0 ? <p className="text-md text-muted">{t('care.no-feedback')}</p> : (
      <ul>{rows.map((row, index) => <li key={index} className="flex flex-wrap items-center gap-2 border-b border-line py-1 text-md"><Chip tone={row.helpful ? 'good' : 'warn'}>{t(row.helpful ? 'care.helped' : 'care.not-helped')}</Chip>{row.reason ? <span>{t(`care.reason.${row.reason}`)}</span> : null}<bdi className="min-w-0 flex-1">{row.comment}</bdi>{row.wrote ? <Chip tone="bad">{t('care.wrote')}</Chip> : null}<span className="text-sm text-muted"><Ago at={row.at} /></span></li>)}</ul>
    ))}</Loaded>
  );
}

/** A moment that is kept when its field is left. */
function Moment({ label, at, keep }: { label: string; at: string | null; keep: (at: string | null) => void }) {
  const { timeZone } = useManner();
  const kept = at ? wallClock(new Date(at), timeZone) : '';
  const [value, setValue] = useState(kept);
  return <DayField label={label} time value={value} onChange={setValue} onBlur={() => value !== kept && keep(value ? momentOf(value, timeZone).toISOString() : null)} />;
}

function Plan({ article }: { article: Article }) {
  const { t } = useTranslation();
  const agents = useAgents().data ?? [];
  const nameOf = useAgentName();
  const change = useChange(article);
  const put = (body: { ownerId?: string | null; reviewAt?: string | null; publishAt?: string | null; confidence?: Article['confidence'] }) => change.mutate(() => call(knowledgeEndpoints.change, { params: { id: article.id }, body: { ...body, version: article.version } }));
  const waits = article.confidence === 'draft' || article.confidence === 'not-validated';
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <Select label={t('care.owner')} value={article.ownerId ?? ''} onChange={(event) => put({ ownerId: event.target.value || null })}><option value="">–</option>{article.ownerId && !agents.some((agent) => agent.id === article.ownerId) ? <option value={article.ownerId}>{nameOf(article.ownerId) || t('authors.unknown')}</option> : null}{agents.map((agent) => <option key={agent.id} value={agent.id}>{agent.name}</option>)}</Select>
      <Moment label={t('care.review')} at={article.reviewAt} keep={(reviewAt) => put({ reviewAt })} />
      {allows(article.can, 'article.publish') && waits ? <Moment label={t('care.publish')} at={article.publishAt} keep={(publishAt) => put({ publishAt })} /> : null}
      {waits ? <p className="flex items-center gap-3 text-md sm:col-span-3">{t('care.waits')}{allows(article.can, 'article.publish') ? <Button small data-testid="approve" onClick={() => put({ confidence: 'validated' })}>{t('care.approve')}</Button> : <span className="text-muted">{t('care.asks')}</span>}</p> : null}
    </div>
  );
}

/** What an article needs besides its text: owner, review, approval and schedule; flags; what readers said; earlier versions. */
export function ArticleCare({ article }: { article: Article }) {
  const { t } = useTranslation();
  const parts = [{ name: 'flags', shown: <Flags article={article} />, count: article.flags.length }, { name: 'feedback', shown: <Voices article={article} />, count: article.helpful + article.unhelpful }, { name: 'versions', shown: <Versions article={article} />, count: article.version - 1 }];
  return (
    <section aria-label={t('care.title')} className="mx-auto grid max-w-[1040px] gap-4 border-t border-line px-4 py-6 sm:px-8" data-testid="article-care">
      {allows(article.can, 'article.write') ? <Plan key={article.version} article={article} /> : null}
      {parts.map(({ name, shown, count }) => <details key={name} className="rounded-md border border-line px-4 py-2"><summary className="fold rounded-sm text-md font-medium">{t(`care.${name}`)} <span className="font-normal text-muted tnum">{count}</span></summary><div className="pt-2">{shown}</div></details>)}
    </section>
  );
}
