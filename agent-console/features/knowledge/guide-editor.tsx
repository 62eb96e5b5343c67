import { useMutation, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { guideEndpoints } from '../../../protocol/guide-endpoints';
import type { Guide, GuideFault, GuideGraph, GuideNode } from '../../../protocol/guides';
import { call } from '../../api/call';
import { queryClient } from '../../api/client';
import { keys } from '../../api/keys';
import { problemText } from '../../api/problem';
import { cx } from '../../lib/cx';
import { languageName, useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { Select, TextField } from '../../ui/field';
import { Sign } from '../../ui/marks';
import { toast } from '../../ui/toast';
import { BrandTicks, useBrands } from './brands';
import { GuideGraphView } from './guide-graph';
import { useFaultWords, useStepNames } from './guide-names';
import { GuideReportView } from './guide-report';
import { GuideStep } from './guide-step';
import { SafeHtml } from './safe-html';

const kinds = ['question', 'guidance', 'action', 'outcome'] as const;

/** A new step of a kind, with a name nobody has. */
function fresh(kind: (typeof kinds)[number], nodes: readonly GuideNode[]): GuideNode {
  let n = nodes.length;
  while (nodes.some((node) => node.id === `${kind}-${n}`)) n += 1;
  const common = { id: `${kind}-${n}`, title: {}, body: {} };
  const to = nodes.find((node) => node.kind === 'outcome')?.id ?? common.id;
  if (kind === 'question') return { ...common, kind, ask: 'yesno', edges: [{ answer: 'yes', to }, { answer: 'no', to }] };
  if (kind === 'guidance') return { ...common, kind, edges: [{ answer: 'solved', to }, { answer: 'not-solved', to }] };
  if (kind === 'action') return { ...common, kind, action: 'open-ticket', edges: [{ answer: 'done', to }] };
  return { ...common, kind, result: 'solved' };
}

/** The guide as its readers meet it, answer by answer; nothing is kept. */
function Preview({ graph, locale }: { graph: GuideGraph; locale: string }) {
  const { t } = useTranslation();
  const [answers, setAnswers] = useState<string[]>([]);
  const shown = useDeferredValue(graph);
  const preview = useQuery({ queryKey: ['guide-preview', shown, answers, locale], queryFn: () => call(guideEndpoints.preview, { body: { graph: shown, answers, locale } }), placeholderData: (before) => before, gcTime: 0 });
  const view = preview.data;
  return (
    <section aria-label={t('guides.preview')} className="rounded-lg border border-line p-4" data-testid="guide-preview">
      <header className="mb-2 flex items-center gap-2"><h2 className="flex-1 text-sm font-medium text-muted">{t('guides.preview')}</h2><Button small look="quiet" onClick={() => setAnswers(answers.slice(0, -1))} disabled={answers.length === 0}>{t('guides.back')}</Button><Button small look="quiet" onClick={() => setAnswers([])}>{t('guides.again')}</Button></header>
      {view ? (
        <div lang={view.locale} dir="auto">
          <p className="text-md font-semibold">{view.step.title}</p>
          {view.step.html ? <SafeHtml html={view.step.html} /> : null}
          <div className="mt-3 grid gap-1">{view.step.choices.map((choice) => <Button key={choice.answer} onClick={() => setAnswers([...answers, choice.answer])}>{choice.label}</Button>)}</div>
          {view.step.entry === 'none' ? null : <form className="mt-2" onSubmit={(event) => { event.preventDefault(); const said = String(new FormData(event.currentTarget).get('said') ?? ''); setAnswers([...answers, view.step.entry === 'ticket' || view.step.entry === 'call-back' ? 'done' : said]); }}><TextField label={t('guide.answer')} name="said" /></form>}
        </div>
      ) : null}
    </section>
  );
}

function Faults({ faults, nameOf, choose }: { faults: GuideFault[]; nameOf: (id: string) => string; choose: (id: string) => void }) {
  const words = useFaultWords(nameOf);
  if (faults.length === 0) return null;
  return <ul className="grid gap-1 text-sm" data-testid="guide-faults">{faults.map((fault, index) => <li key={index}><button type="button" className={cx('flex min-h-6 items-center gap-2 rounded-sm text-start', fault.severe ? 'text-bad' : 'text-soft')} onClick={() => fault.nodeId && choose(fault.nodeId)}><Sign shape={fault.severe ? 'square' : 'diamond'} className="size-2" />{words(fault)}</button></li>)}</ul>;
}

function download(guide: Guide, brands: string[]): void {
  const blob = new Blob([JSON.stringify({ format: 'trunkline-guide-1', category: guide.category, audience: guide.audience, ...(brands.length > 0 ? { brands } : {}), graph: guide.graph }, null, 1)], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `${Object.values(guide.graph.title)[0] ?? 'guide'}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}

function useGuideSaving(guide: Guide, { graph, brandIds }: Pick<Guide, 'graph' | 'brandIds'>) {
  const { t } = useTranslation();
  const take = (saved: Guide) => {
    queryClient.setQueryData(['guide', guide.id], saved);
    void queryClient.invalidateQueries({ queryKey: keys.settings('guides') });
    toast(t('done.saved'));
  };
  const onError = (error: unknown) => toast(problemText(t, error), { bad: true });
  const store = () => call(guideEndpoints.change, { params: { id: guide.id }, body: { graph, brandIds, revision: guide.revision } });
  const save = useMutation({ mutationFn: store, onSuccess: take, onError });
  const publish = useMutation({ mutationFn: async () => { queryClient.setQueryData(['guide', guide.id], await store()); return call(guideEndpoints.publish, { params: { id: guide.id } }); }, onSuccess: take, onError });
  return { save, publish };
}

/** Writes one guide: the picture, the step chosen, how it looks to readers, and what is wrong with it. */
export function GuideEditor({ guide }: { guide: Guide }) {
  const { t } = useTranslation();
  const [graph, setGraph] = useState(guide.graph);
  const [locale, setLocale] = useState(guide.graph.locales[0] ?? 'en');
  const [chosen, setChosen] = useState<string | undefined>(guide.graph.nodes[0]?.id);
  const [brandIds, setBrandIds] = useState(guide.brandIds);
  const brands = useBrands() ?? [];
  const { save, publish } = useGuideSaving(guide, { graph, brandIds });
  const asked = useDeferredValue(graph);
  const check = useQuery({ queryKey: ['guide-check', guide.id, asked], queryFn: () => call(guideEndpoints.check, { body: { guideId: guide.id, graph: asked } }), placeholderData: (before) => before, gcTime: 0 });
  const faults = check.data?.faults ?? guide.faults;
  const node = graph.nodes.find((each) => each.id === chosen);
  const nameOf = useStepNames(graph, locale);
  const put = (nodes: GuideNode[]) => setGraph({ ...graph, nodes });
  const may = guide.can.includes('guide.write');
  return (
    <div className="mx-auto grid max-w-[1240px] gap-4 px-4 py-6 sm:px-8">
      <header className="flex flex-wrap items-end gap-3">
        <div className="min-w-48 flex-1"><TextField label={t('guides.title')} dir="auto" value={graph.title[locale] ?? ''} onChange={(event) => setGraph({ ...graph, title: { ...graph.title, [locale]: event.target.value } })} /></div>
        <Select label={t('guides.language')} value={locale} onChange={(event) => setLocale(event.target.value)}>{graph.locales.map((tag) => <option key={tag} value={tag}>{languageName(tag)}</option>)}</Select>
        <Button onClick={() => download({ ...guide, graph }, brands.flatMap(({ id, key }) => (brandIds.includes(id) ? [key] : [])))}>{t('guides.export')}</Button>
        {may ? <Button onClick={() => save.mutate()} disabled={save.isPending}>{t('save')}</Button> : null}
        {may ? <Button look="primary" onClick={() => publish.mutate()} disabled={publish.isPending || faults.some((fault) => fault.severe)}>{t('guides.publish')}</Button> : null}
      </header>
      {may ? <BrandTicks chosen={brandIds} onChange={setBrandIds} /> : null}
      <p className="text-sm text-muted">{t('guides.facts', { version: guide.version, steps: graph.nodes.length })}{(check.data?.savings ?? guide.savings).map((saving) => ` · ${t('guides.saving', { step: nameOf(saving.nodeId), chosen: saving.chosen, authored: saving.authored })}`)}{faults.length === 0 ? ` · ${t('guides.no-faults')}` : ''}</p>
      <Faults faults={faults} nameOf={nameOf} choose={setChosen} />
      <GuideGraphView graph={graph} chosen={chosen} faulty={new Set(faults.filter((fault) => fault.severe).flatMap((fault) => (fault.nodeId ? [fault.nodeId] : [])))} nameOf={nameOf} choose={setChosen} />
      {may ? <div className="flex flex-wrap gap-2">{kinds.map((kind) => <Button key={kind} small look="quiet" onClick={() => { const one = fresh(kind, graph.nodes); put([...graph.nodes, one]); setChosen(one.id); }}>{t('guides.add', { kind: t(`guides.kind.${kind}`) })}</Button>)}</div> : null}
      <div className="grid gap-6 lg:grid-cols-2">
        {node ? <GuideStep key={node.id} graph={graph} node={node} nameOf={nameOf} locale={locale} change={(changed) => put(graph.nodes.map((each) => (each.id === node.id ? changed : each)))} remove={() => put(graph.nodes.filter((each) => each.id !== node.id))} /> : <span />}
        <Preview graph={graph} locale={locale} />
      </div>
      <GuideReportView guideId={guide.id} locale={locale} />
    </div>
  );
}
