import { useMutation, useQuery } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { guideEndpoints } from '../../../protocol/guide-endpoints';
import type { GuideView } from '../../../protocol/guides';
import { call } from '../../api/call';
import { queryClient } from '../../api/client';
import { keys } from '../../api/keys';
import { problemText } from '../../api/problem';
import { useMay } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { useInsert } from '../../lib/insert';
import { Button, IconButton } from '../../ui/button';
import { Select, TextField } from '../../ui/field';
import { toast } from '../../ui/toast';
import { SafeHtml } from './safe-html';

/** The path walked: what was asked and answered, by whom and where; one click goes back to any step. */
function Path({ view, rewind }: { view: GuideView; rewind: (keep: number) => void }) {
  const { t } = useTranslation();
  return (
    <ol className="grid gap-1" data-testid="guide-path">
      {view.path.map((step, index) => (
        <li key={`${step.nodeId}${step.at}`} className="group flex items-start gap-2 text-sm">
          <span className="tnum w-4 shrink-0 text-muted">{index + 1}</span>
          <span className="min-w-0 flex-1" dir="auto"><span className="text-soft">{step.title}</span> <strong className="font-medium">{step.said}</strong> <span className="text-xs text-muted">{t(`guide.by.${step.by}`)} · {t(`guide.front.${step.front}`)}</span></span>
          <IconButton small label={t('guide.rewind', { step: index + 1 })} onClick={() => rewind(index)}><Undo2 size={13} className="rtl:-scale-x-100" /></IconButton>
        </li>
      ))}
    </ol>
  );
}

function Hand({ view, answer }: { view: GuideView; answer: (said: string) => void }) {
  const { t } = useTranslation();
  const insert = useInsert((state) => state.insert);
  const [said, setSaid] = useState('');
  const { step } = view;
  const typed = step.entry === 'number' || step.entry === 'text';
  return (
    <div className="mt-2 rounded-md bg-sunken p-3" data-testid="guide-step" data-node={step.nodeId} dir="auto" lang={view.locale}>
      <p className="text-md font-medium">{step.title}</p>
      {step.html ? <SafeHtml html={step.html} /> : null}
      {step.unsure ? <p className="mt-1 text-xs text-bad">{t('guide.unsure')}</p> : null}
      <div className="mt-2 flex flex-wrap gap-1">
        {step.choices.map((choice) => <Button key={choice.answer} small data-answer={choice.answer} onClick={() => answer(choice.answer)}>{choice.label}</Button>)}
        {view.state === 'running' ? <Button small look="quiet" onClick={() => insert([step.title, textOf(step.html)].filter(Boolean).join('\n\n'))}>{t('guide.insert')}</Button> : null}
      </div>
      {typed ? <form className="mt-2 flex items-end gap-2" onSubmit={(event) => { event.preventDefault(); if (said.trim()) answer(said.trim()); }}><div className="flex-1"><TextField label={t('guide.answer')} value={said} onChange={(event) => setSaid(event.target.value)} /></div><Button small type="submit">{t('guide.go')}</Button></form> : null}
    </div>
  );
}

const textOf = (html: string): string => new DOMParser().parseFromString(html, 'text/html').body.innerText.trim();

function Run({ ticketId, view }: { ticketId: string; view: GuideView }) {
  const { t } = useTranslation();
  const change = useMutation({
    mutationFn: (work: () => Promise<GuideView>) => work(),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: keys.guideRuns(ticketId) }),
    onError: (error) => toast(problemText(t, error), { bad: true }),
  });
  const answer = (said: string) => change.mutate(() => call(guideEndpoints.proceed, { params: { id: view.runId }, body: { nodeId: view.step.nodeId, answer: said } }));
  return (
    <li data-testid="guide-run" data-state={view.state}>
      <details open={view.state !== 'solved'}>
        <summary className="fold mb-1 rounded-sm text-sm font-medium"><bdi>{view.title}</bdi> <span className="font-normal text-muted">{t(`guide.state.${view.state}`)} · {t('guide.steps', { count: view.path.length })}</span></summary>
        <Path view={view} rewind={(keep) => change.mutate(() => call(guideEndpoints.rewind, { params: { id: view.runId }, body: { keep } }))} />
        <Hand key={view.step.nodeId} view={view} answer={answer} />
      </details>
    </li>
  );
}

/** What the customer tried already, and the guide at hand: the agent goes on where they stopped. */
export function GuidePanel({ ticketId, version, locale }: { ticketId: string; version: number; locale: string }) {
  const { t } = useTranslation();
  const may = useMay();
  const runs = useQuery({ queryKey: [...keys.guideRuns(ticketId), version], queryFn: () => call(guideEndpoints.ticketRuns, { params: { id: ticketId } }), placeholderData: (before) => before });
  const guides = useQuery({ queryKey: keys.settings('guides'), queryFn: () => call(guideEndpoints.list, { query: { locale } }), enabled: may('article.read') });
  const begin = useMutation({
    mutationFn: (guideId: string) => call(guideEndpoints.begin, { params: { id: ticketId }, body: { guideId, locale } }),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: keys.guideRuns(ticketId) }),
    onError: (error) => toast(problemText(t, error), { bad: true }),
  });
  const rows = runs.data?.rows ?? [];
  const offered = (guides.data?.rows ?? []).filter((guide) => guide.state === 'published');
  if (rows.length === 0 && offered.length === 0) return null;
  return (
    <section className="border-t border-line px-4 py-3" aria-label={t('guide.panel')}>
      <h2 className="mb-2 text-xs font-medium text-muted">{t('guide.panel')}</h2>
      <ul className="grid gap-3">{rows.map((view) => <Run key={view.runId} ticketId={ticketId} view={view} />)}</ul>
      {offered.length > 0 ? (
        <div className="mt-2"><Select label={t('guide.begin')} hideLabel value="" onChange={(event) => event.target.value && begin.mutate(event.target.value)}><option value="">{t('guide.begin')}</option>{offered.map((guide) => <option key={guide.id} value={guide.id}>{guide.title}</option>)}</Select></div>
      ) : null}
    </section>
  );
}
