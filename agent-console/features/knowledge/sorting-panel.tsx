import { useMutation, useQuery } from '@tanstack/react-query';
import { sortingEndpoints, type Judgement, type SortAspect } from '../../../protocol/sorting';
import { ticketEndpoints, type Ticket } from '../../../protocol/tickets';
import { call } from '../../api/call';
import { queryClient } from '../../api/client';
import { keys } from '../../api/keys';
import { problemText } from '../../api/problem';
import { allows } from '../../api/shared';
import { languageName, useTranslation } from '../../lib/i18n';
import { useLabelName } from '../../lib/label-name';
import { Button } from '../../ui/button';
import { Select } from '../../ui/field';
import { Chip } from '../../ui/marks';
import { usePercent } from '../../ui/time';
import { toast } from '../../ui/toast';

const aspects: SortAspect[] = ['topic', 'urgency', 'sentiment'];
const wordsShown = 5;

/** The words that counted: those that spoke for it, and, struck out, those that spoke against it. */
export function Why({ why }: { why: Judgement['why'] }) {
  const { t } = useTranslation();
  const percent = usePercent();
  if (why.length === 0) return null;
  return (
    <p className="mt-1 flex flex-wrap items-center gap-1 text-xs text-muted">
      {t('sorting.why')}
      {why.slice(0, wordsShown).map(({ word, weight }) => <span key={word} dir="auto" title={percent(weight)} className={weight < 0 ? 'line-through' : 'font-medium text-soft'}>{word}</span>)}
    </p>
  );
}

interface LineProps { aspect: SortAspect; found: Judgement | null; labels: string[]; choose: ((label: string) => void) | null }

function Line({ aspect, found, labels, choose }: LineProps) {
  const { t } = useTranslation();
  const nameOf = useLabelName();
  const percent = usePercent();
  const open = found !== null && !found.sure;
  const others = [...new Set([...(found?.top.map((each) => each.label) ?? []), ...labels])].filter((label) => label !== found?.label || open);
  return (
    <li data-testid={`sorting-${aspect}`} data-by={found?.by} data-sure={found?.sure}>
      <div className="flex items-center gap-2 text-sm">
        <span className="min-w-16 shrink-0 text-muted">{t(`sorting.${aspect}`)}</span>
        <span className="min-w-0 flex-1">{found?.sure ? <><Chip tone="good"><bdi>{nameOf(aspect, found.label)}</bdi></Chip> <span className="text-xs whitespace-nowrap text-muted tnum">{found.by === 'classifier' ? percent(found.confidence) : t(`sorting.by.${found.by}`)}</span></> : <span className="text-muted">{t(open ? 'sorting.unsure' : 'sorting.unknown')}</span>}</span>
        {choose && others.length > 0 ? <div className="w-20 shrink-0"><Select label={t('sorting.change', { aspect: t(`sorting.${aspect}`) })} hideLabel value="" onChange={(event) => event.target.value && choose(event.target.value)} className="h-6! text-xs!"><option value="">{t('change')}</option>{others.map((label) => <option key={label} value={label}>{nameOf(aspect, label)}</option>)}</Select></div> : null}
      </div>
      {found?.by === 'classifier' && (found.sure || aspect === 'topic') ? <Why why={found.why} /> : null}
      {aspect === 'topic' && open && choose ? <div className="mt-1 flex flex-wrap gap-1">{found.top.slice(0, 3).map(({ label, share }) => <Button key={label} small onClick={() => choose(label)}><bdi>{label}</bdi> <span className="text-xs text-muted tnum">{percent(share)}</span></Button>)}</div> : null}
    </li>
  );
}

/** What a request is about, how much it hurries and how its writer feels, as told by its words: with the words that counted, how often that is right, and a person's last word. */
export function SortingPanel({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const labels = useQuery({ queryKey: keys.settings('sorting-labels'), queryFn: () => call(sortingEndpoints.labels) });
  const sort = useMutation({
    mutationFn: (body: { aspect: SortAspect; label: string }) => call(ticketEndpoints.sort, { params: { id: ticket.id }, body }),
    onSuccess: (saved) => queryClient.setQueryData(keys.ticket(ticket.id), saved),
    onError: (error) => toast(problemText(t, error), { bad: true }),
  });
  const percent = usePercent();
  const { sorting } = ticket;
  const known = labels.data?.rows ?? [];
  if (!sorting && known.length === 0) return null;
  const may = allows(ticket.can, 'ticket.edit');
  const topic = sorting?.topic;
  const tongue = sorting?.language ? languageName(sorting.language) : null;
  return (
    <section className="border-t border-line px-4 py-3" aria-label={t('sorting.title')} data-testid="sorting">
      <h2 className="mb-2 text-xs font-medium text-muted">{t('sorting.title')}</h2>
      <ul className="grid gap-2">
        {aspects.map((aspect) => <Line key={aspect} aspect={aspect} found={sorting?.[aspect] ?? null} labels={known.find((row) => row.aspect === aspect)?.labels ?? []} choose={may ? (label) => sort.mutate({ aspect, label }) : null} />)}
        {tongue ? <li className="flex gap-2 text-sm"><span className="min-w-16 shrink-0 text-muted">{t('sorting.language')}</span><span>{tongue}</span></li> : null}
      </ul>
      {topic && topic.by === 'classifier' && topic.accuracy !== null ? <p className="mt-2 text-xs text-muted">{t('sorting.accuracy', { percent: percent(topic.accuracy), count: topic.rows })}</p> : null}
    </section>
  );
}
