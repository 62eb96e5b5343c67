import { Plus, Trash2 } from 'lucide-react';
import type { GuideEdge, GuideGraph, GuideNode } from '../../../protocol/guides';
import { useTranslation } from '../../lib/i18n';
import { Button, IconButton } from '../../ui/button';
import { Select, TextArea, TextField } from '../../ui/field';

interface StepProps { graph: GuideGraph; node: GuideNode; locale: string; change: (node: GuideNode) => void; remove: () => void }

function Target({ graph, value, onChange, label }: { graph: GuideGraph; value: string; onChange: (to: string) => void; label: string }) {
  return <Select label={label} value={value} onChange={(event) => onChange(event.target.value)}>{graph.nodes.some((node) => node.id === value) ? null : <option value={value}>{value}</option>}{graph.nodes.filter((node) => node.kind !== 'start').map((node) => <option key={node.id} value={node.id}>{node.id}</option>)}</Select>;
}

function Ways({ graph, edges, locale, change }: { graph: GuideGraph; edges: GuideEdge[]; locale: string; change: (edges: GuideEdge[]) => void }) {
  const { t } = useTranslation();
  const set = (at: number, more: Partial<GuideEdge>) => change(edges.map((edge, index) => (index === at ? { ...edge, ...more } : edge)));
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm font-medium text-soft">{t('guides.ways')}</legend>
      {edges.map((edge, index) => (
        <div key={index} className="flex flex-wrap items-end gap-2">
          <div className="w-24"><TextField label={t('guides.answer')} value={edge.answer} onChange={(event) => set(index, { answer: event.target.value })} /></div>
          <div className="min-w-32 flex-1"><TextField label={t('guides.label')} dir="auto" value={edge.label?.[locale] ?? ''} onChange={(event) => set(index, { label: { ...edge.label, [locale]: event.target.value } })} /></div>
          <Target graph={graph} label={t('guides.to')} value={edge.to} onChange={(to) => set(index, { to })} />
          <IconButton label={t('remove')} onClick={() => change(edges.filter((_edge, at) => at !== index))}><Trash2 size={14} /></IconButton>
        </div>
      ))}
      <div><Button small look="quiet" onClick={() => change([...edges, { answer: `answer-${edges.length + 1}`, to: graph.nodes.at(-1)?.id ?? 'end' }])}><Plus size={14} aria-hidden />{t('guides.add-way')}</Button></div>
    </fieldset>
  );
}

/** What one step says and where it leads. A diagnosing step's table of likelihoods is written in the file. */
export function GuideStep({ graph, node, locale, change, remove }: StepProps) {
  const { t } = useTranslation();
  const text = (field: 'title' | 'body', value: string) => change({ ...node, [field]: { ...node[field], [locale]: value } });
  return (
    <section aria-label={t('guides.step')} className="grid content-start gap-3" data-testid="guide-editor-step">
      <header className="flex items-center gap-2"><h2 className="flex-1 text-md font-semibold">{t(`guides.kind.${node.kind}`)} · {node.id}</h2>{node.kind === 'start' ? null : <IconButton label={t('remove')} onClick={remove}><Trash2 size={16} /></IconButton>}</header>
      {node.kind === 'start' ? null : <TextField label={t('knowledge.title')} dir="auto" value={node.title[locale] ?? ''} onChange={(event) => text('title', event.target.value)} />}
      {node.kind === 'start' || node.kind === 'link' ? null : <TextArea label={t('knowledge.body')} hint={t('knowledge.markdown')} dir="auto" rows={5} value={node.body[locale] ?? ''} onChange={(event) => text('body', event.target.value)} />}
      {node.kind === 'question' ? <Select label={t('guides.ask')} value={node.ask} onChange={(event) => change({ ...node, ask: event.target.value as typeof node.ask })}>{(['yesno', 'choice', 'number', 'text'] as const).map((ask) => <option key={ask} value={ask}>{t(`guides.ask.${ask}`)}</option>)}</Select> : null}
      {node.kind === 'action' ? <Select label={t('guides.action')} value={node.action} onChange={(event) => change({ ...node, action: event.target.value as typeof node.action })}>{(['open-ticket', 'call-back', 'check-version'] as const).map((action) => <option key={action} value={action}>{t(`guides.action.${action}`)}</option>)}</Select> : null}
      {node.kind === 'outcome' ? <Select label={t('guides.result')} value={node.result} onChange={(event) => change({ ...node, result: event.target.value as typeof node.result })}>{(['solved', 'escalate'] as const).map((result) => <option key={result} value={result}>{t(`guides.result.${result}`)}</option>)}</Select> : null}
      {node.kind === 'start' || node.kind === 'link' ? <Target graph={graph} label={t('guides.to')} value={node.next} onChange={(next) => change({ ...node, next })} /> : null}
      {'edges' in node ? <Ways graph={graph} edges={node.edges} locale={locale} change={(edges) => change({ ...node, edges })} /> : null}
    </section>
  );
}
