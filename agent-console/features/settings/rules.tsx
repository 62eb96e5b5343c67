import { useMutation, useQuery } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { routingRuleEndpoints, type RoutingRule, type RoutingTable, type RuleTrial } from '../../../protocol/routing-rules';
import { call } from '../../api/call';
import { keys } from '../../api/keys';
import { problemText } from '../../api/problem';
import { useQueues } from '../../api/shared';
import { uuid } from '../../lib/ids';
import { useTranslation } from '../../lib/i18n';
import { Button, IconButton } from '../../ui/button';
import { TextField } from '../../ui/field';
import { Chip } from '../../ui/marks';
import { Empty, Loaded } from '../../ui/states';
import { toast } from '../../ui/toast';
import { RuleDialog } from './rule-dialog';
import { useNamed } from './rule-options';
import { writeNamed } from './rule-text';
import { useSaving } from './saving';

function useWords(): (rule: RoutingRule) => string {
  const { t } = useTranslation();
  const queues = useQueues().data ?? [];
  const named = useNamed();
  return ({ when, then }) => {
    const asked = Object.entries(when).flatMap(([key, value]) => (key === 'hours' ? [t('rules.hours')] : [`${t(`rules.${key}`)}: ${key === 'attributes' || key === 'customer' ? writeNamed(value as never) : named(key, value as string[])}`]));
    const done = [queues.find((queue) => queue.id === then.queueId)?.name, then.priority && t(`priority.${then.priority}`), ...(then.tags ?? [])].filter(Boolean);
    return `${asked.join(' · ') || t('rules.everything')} → ${done.join(', ') || t('rules.as-is')}`;
  };
}

function Verdict({ found }: { found: RuleTrial['rules'][number] }) {
  const { t } = useTranslation();
  const named = useNamed();
  const tone = { chosen: 'good', 'not-reached': 'plain', 'not-matched': 'warn', inactive: 'plain' } as const;
  return (
    <div className="basis-full text-sm" data-testid="rule-verdict" data-verdict={found.verdict}>
      <Chip tone={tone[found.verdict]}>{t(`rules.verdict.${found.verdict}`)}</Chip>
      <ul className="mt-1 ps-4">{found.looked.map((one) => <li key={one.condition} className={one.held ? 'text-muted' : 'text-bad'}>{t(one.held ? 'rules.held' : 'rules.not-held', { condition: t(`rules.${one.condition}`), wanted: named(one.condition, one.wanted.split(', ')), found: one.found ? named(one.condition, one.found.split(', ')) : '–' })}</li>)}</ul>
    </div>
  );
}

function Try({ rows, onTrial }: { rows: RoutingRule[]; onTrial: (trial: RuleTrial) => void }) {
  const { t } = useTranslation();
  const [number, setNumber] = useState('');
  const attempt = useMutation({ mutationFn: () => call(routingRuleEndpoints.tryRules, { body: { ticketNumber: Number(number), rows } }), onSuccess: onTrial, onError: (error) => toast(problemText(t, error), { bad: true }) });
  return (
    <form className="flex flex-wrap items-end gap-2" onSubmit={(event) => { event.preventDefault(); attempt.mutate(); }}>
      <div className="w-40"><TextField label={t('rules.try.number')} type="number" min={1} required value={number} onChange={(event) => setNumber(event.target.value)} /></div>
      <Button type="submit" disabled={attempt.isPending} data-testid="rules-try">{t('rules.try')}</Button>
    </form>
  );
}

function Editor({ saved }: { saved: RoutingTable }) {
  const { t } = useTranslation();
  const words = useWords();
  const queues = useQueues().data ?? [];
  const [rows, setRows] = useState(saved.rows);
  const [edited, setEdited] = useState<RoutingRule | null>(null);
  const [trial, setTrial] = useState<RuleTrial | null>(null);
  const save = useSaving(() => call(routingRuleEndpoints.putRules, { body: { rows, version: saved.version } }));
  const put = (next: RoutingRule[]) => {
    setRows(next);
    setTrial(null);
  };
  const move = (at: number, by: number) => {
    const [one, ...rest] = [rows[at], ...rows.filter((_, n) => n !== at)];
    if (one) put([...rest.slice(0, at + by), one, ...rest.slice(at + by)].filter((each) => each !== undefined));
  };
  const keep = (rule: RoutingRule) => {
    put(rows.some(({ id }) => id === rule.id) ? rows.map((one) => (one.id === rule.id ? rule : one)) : [...rows, rule]);
    setEdited(null);
  };
  return (
    <div className="grid max-w-[720px] gap-4">
      {rows.length === 0 ? <Empty title={t('rules.empty')} text={t('rules.empty.text')} /> : (
        <ol>{rows.map((rule, at) => (
          <li key={rule.id} className="flex min-h-14 flex-wrap items-center gap-x-2 gap-y-1 border-b border-line py-2 text-md">
            <span className="w-6 text-muted tnum">{at + 1}</span>
            <span className="min-w-60 flex-1"><span className="block font-medium"><bdi>{rule.name}</bdi></span><span className="block text-sm text-muted">{words(rule)}</span></span>
            {rule.active ? null : <Chip>{t('rules.verdict.inactive')}</Chip>}
            <IconButton label={t('rules.up', { name: rule.name })} disabled={at === 0} onClick={() => move(at, -1)}><ArrowUp size={14} /></IconButton>
            <IconButton label={t('rules.down', { name: rule.name })} disabled={at === rows.length - 1} onClick={() => move(at, 1)}><ArrowDown size={14} /></IconButton>
            <IconButton label={t('rules.remove', { name: rule.name })} onClick={() => put(rows.filter((one) => one !== rule))}><Trash2 size={14} /></IconButton>
            <Button small onClick={() => setEdited(rule)}>{t('change')}</Button>
            {trial ? trial.rules.filter((one) => one.id === rule.id).map((found) => <Verdict key={found.id} found={found} />) : null}
          </li>
        ))}</ol>
      )}
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => setEdited({ id: uuid().replaceAll('-', '').slice(0, 24), name: '', active: true, when: {}, then: {} })}>{t('rules.new')}</Button>
        <Button look="primary" disabled={save.isPending || rows === saved.rows} onClick={() => save.mutate(undefined)}>{t('save')}</Button>
      </div>
      {rows.length > 0 ? <div className="mt-4 border-t border-line pt-6"><Try rows={rows} onTrial={setTrial} /></div> : null}
      {trial ? <p role="status" className="text-md">{t('rules.result', { number: trial.ticketNumber, queue: queues.find((one) => one.id === trial.queueId)?.name ?? '' })}</p> : null}
      {edited ? <RuleDialog key={edited.id} rule={edited} onSave={keep} onClose={() => setEdited(null)} /> : null}
    </div>
  );
}

/** The table that decides where new requests go; tried on past ones before it is saved. */
export function RulesSection() {
  const rules = useQuery({ queryKey: keys.settings('routing-rules'), queryFn: () => call(routingRuleEndpoints.rules) });
  return <Loaded query={rules}>{(table) => <Editor key={table.version} saved={table} />}</Loaded>;
}
