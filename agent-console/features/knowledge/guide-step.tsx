import { Plus, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { GuideEdge, GuideGraph, GuideNode } from '../../../protocol/guides';
import { useTranslation } from '../../lib/i18n';
import { Button, IconButton } from '../../ui/button';
import { Select, TextArea, TextField } from '../../ui/field';
import { fixedAnswers } from './guide-names';

interface StepProps { graph: GuideGraph; node: GuideNode; nameOf: (id: string) => string; locale: string; change: (node: GuideNode) => void; remove: () => void }

function Target({ graph, nameOf, value, onChange, label }: { graph: GuideGraph; nameOf: (id: string) => string; value: string; onChange: (to: string) => void; label: string }) {
  return <Select label={label} value={value} onChange={(event) => onChange(event.target.value)}>{graph.nodes.some((node) => node.id === value) ? null : <option value={value}>{nameOf(value)}</option>}{graph.nodes.filter((node) => node.kind !== 'start').map((node) => <option key={node.id} value={node.id}>{nameOf(node.id)}</option>)}</Select>;
}

/** One way out: the answer, as the guide knows it or in the reader's words, and the step it leads to. */
function Way({ edge, locale, target, set, remove }: { edge: GuideEdge; locale: string; target: ReactNode; set: (more: Partial<GuideEdge>) => void; remove: () => void }) {
  const { t } = useTranslation();
  const fixed = fixedAnswers.includes(edge.answer);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-2 rounded-md bg-sunken p-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto]">
      <div className="grid gap-2 max-sm:col-span-2">
        {fixed ? null : <TextField label={t('guides.answer')} value={edge.answer} onChange={(event) => set({ answer: event.target.value })} />}
        <TextField label={fixed ? t(`guides.said.${edge.answer}`) : t('guides.label')} {...(fixed ? { placeholder: t(`guides.said.${edge.answer}`) } : {})} dir="auto" value={edge.label?.[locale] ?? ''} onChange={(event) => set({ label: { ...edge.label, [locale]: event.target.value } })} />
      </div>
      {target}
      <IconButton label={t('remove')} onClick={remove}><Trash2 size={14} /></IconButton>
    </div>
  );
}

function Ways({ graph, nameOf, edges, locale, change }: { graph: GuideGraph; nameOf: (id: string) => string; edges: GuideEdge[]; locale: string; change: (edges: GuideEdge[]) => void }) {
  const { t } = useTranslation();
  const set = (at: number, more: Partial<GuideEdge>) => change(edges.map((edge, index) => (index === at ? { ...edge, ...more } : edge)));
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm font-medium text-soft">{t('guides.ways')}</legend>
      {edges.map((edge, index) => (
        <Way key={index} edge={edge} locale={locale} set={(more) => set(index, more)} remove={() => change(edges.filter((_edge, at) => at !== index))}
          target={<Target graph={graph} nameOf={nameOf} label={t('guides.to')} value={edge.to} onChange={(to) => set(index, { to })} />} />
      ))}
      <div><Button small look="quiet" className="-ms-2" onClick={() => change([...edges, { answer: `answer-${edges.length + 1}`, to: graph.nodes.at(-1)?.id ?? 'end' }])}><Plus size={14} aria-hidden />{t('guides.add-way')}</Button></div>
    </fieldset>
  );
}

/** What one step says and where it leads. A diagnosing step's table of likelihoods is written in the file. */
export function GuideStep({ graph, node, nameOf, locale, change, remove }: StepProps) {
  const { t } = useTranslation();
  const text = (field: 'title' | 'body', value: string) => change({ ...node, [field]: { ...node[field], [locale]: value } });
  return (
    <section aria-label={t('guides.step')} className="grid content-start gap-3" data-testid="guide-editor-step">
      <header className="flex items-center gap-2"><h2 className="flex-1 text-md font-semibold">{t(`guides.kind.${node.kind}`)}</h2>{node.kind === 'start' ? null : <IconButton label={t('remove')} onClick={remove}><Trash2 size={16} /></IconButton>}</header>
      {node.kind === 'start' ? null : <TextField label={t('knowledge.title')} dir="auto" value={node.title[locale] ?? ''} onChange={(event) => text('title', event.target.value)} />}
      {node.kind === 'start' || node.kind === 'link' ? null : <TextArea label={t('knowledge.body')} hint={t('knowledge.markdown')} dir="auto" rows={5} value={node.body[locale] ?? ''} onChange={(event) => text('body', event.target.value)} />}
      {node.kind === 'question' ? <Select label={t('guides.ask')} value={node.ask} onChange={(event) => change({ ...node, ask: event.target.value as typeof node.ask })}>{(['yesno', 'choice', 'number', 'text'] as const).map((ask) => <option key={ask} value={ask}>{t(`guides.ask.${ask}`)}</option>)}</Select> : null}
      {node.kind === 'action' ? <Select label={t('guides.action')} value={node.action} onChange={(event) => change({ ...node, action: event.target.value as typeof node.action })}>{(['open-ticket', 'call-back', 'check-version'] as const).map((action) => <option key={action} value={action}>{t(`guides.action.${action}`)}</option>)}</Select> : null}
      {node.kind === 'outcome' ? <Select label={t('guides.result')} value={node.result} onChange={(event) => change({ ...node, result: event.target.value as typeof node.result })}>{(['solved', 'escalate'] as const).map((result) => <option key={result} value={result}>{t(`guides.result.${result}`)}</option>)}</Select> : null}
      {node.kind === 'start' || node.kind === 'link' ? <Target graph={graph} nameOf={nameOf} label={t('guides.to')} value={node.next} onChange={(next) => change({ ...node, next })} /> : null}
      {'edges' in node ? <Ways graph={graph} nameOf={nameOf} edges={node.edges} locale={locale} change={(edges) => change({ ...node, edges })} /> : null}
    </section>
  );
}
