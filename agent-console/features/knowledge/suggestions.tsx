import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { CornerDownLeft, Flag, Link2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../../lib/i18n';
import { Link, useLocation } from 'wouter';
import { knowledgeEndpoints, type SearchHit } from '../../../protocol/knowledge';
import { makingEndpoints } from '../../../protocol/making';
import { call } from '../../api/call';
import { queryClient } from '../../api/client';
import { keys } from '../../api/keys';
import { problemText } from '../../api/problem';
import { useMay } from '../../api/shared';
import { useInsert } from '../../lib/insert';
import { useCommand } from '../../lib/shortcuts';
import { Button, IconButton } from '../../ui/button';
import { Failed, Skeleton } from '../../ui/states';
import { toast } from '../../ui/toast';
import { CannedSuggestions } from './canned-suggestions';
import { Flagging } from './flagging';
import { Marked } from './marked';

function Hit({ hit, linked, link, flag }: { hit: SearchHit; linked: boolean; link: () => void; flag: () => void }) {
  const { t } = useTranslation();
  const insert = useInsert((state) => state.insert);
  return (
    <li className="flex items-start gap-1 rounded-md py-1.5 ps-2 pe-1 hover:bg-hover">
      <div className="min-w-0 flex-1">
        <Link href={`/knowledge/${hit.articleId}`} className="line-clamp-2 text-sm font-medium text-ink" dir="auto">{hit.title}</Link>
        <p dir="auto" lang={hit.locale} className="line-clamp-2 text-xs text-muted"><Marked text={hit.passage.text} marks={hit.passage.marks} /></p>
      </div>
      <IconButton small label={t('suggest.link', { title: hit.title })} aria-pressed={linked} className="-mt-0.5" onClick={link}><Link2 size={14} /></IconButton>
      <IconButton small label={t('suggest.insert', { title: hit.title })} className="-mt-0.5" onClick={() => insert(hit.passage.text)}><CornerDownLeft size={14} className="rtl:-scale-x-100" /></IconButton>
      <IconButton small label={t('suggest.flag', { title: hit.title })} className="-mt-0.5" onClick={flag}><Flag size={14} /></IconButton>
    </li>
  );
}

/** Links of articles to the ticket, and an article begun from it. */
function useLinking(ticketId: string) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const queryKey = ['ticket-articles', ticketId];
  const rows = useQuery({ queryKey, queryFn: () => call(makingEndpoints.linked, { params: { id: ticketId } }) });
  const onError = (error: unknown) => toast(problemText(t, error), { bad: true });
  const link = useMutation({ mutationFn: (hit: SearchHit) => call(makingEndpoints.link, { params: { id: ticketId }, body: { articleId: hit.articleId } }), onError, onSuccess: (_done, hit) => { toast(t('suggest.linked', { title: hit.title })); void queryClient.invalidateQueries({ queryKey }); } });
  const draft = useMutation({ mutationFn: () => call(makingEndpoints.draft, { params: { id: ticketId } }), onError, onSuccess: (article) => { queryClient.setQueryData(keys.article(article.id), article); void queryClient.invalidateQueries({ queryKey: ['articles'] }); go(`/knowledge/${article.id}`); } });
  return { linked: (rows.data?.rows ?? []).map((row) => row.articleId), link: (hit: SearchHit) => link.mutate(hit), draft: () => draft.mutate() };
}

/** Articles and canned answers that may answer the question, beside a ticket; one click puts the passage into the answer. */
export function Suggestions({ question, ticketId, topic }: { question: string; ticketId: string; topic: string }) {
  const { t } = useTranslation();
  const may = useMay();
  const [words, setWords] = useState('');
  const [flagged, setFlagged] = useState<SearchHit | null>(null);
  const q = words.trim() || question;
  const search = useQuery({ queryKey: [...keys.suggestions(q), topic], queryFn: () => call(knowledgeEndpoints.suggest, { query: { q, ...(topic ? { topic } : {}) } }), enabled: q !== '' && may('article.read'), placeholderData: keepPreviousData });
  const { linked, link, draft } = useLinking(ticketId);
  const hits = (search.data?.hits ?? []).filter((hit) => hit.kind === 'article').slice(0, 5);
  const corrected = search.data?.corrected ?? [];
  useCommand('ticket.link', () => hits[0] && link(hits[0]), hits.length > 0);
  if (!may('article.read')) return null;
  return (
    <section className="border-t border-line px-4 py-3">
      <h2 className="mb-2 text-xs font-medium text-muted">{t('suggest.title')}</h2>
      <input type="search" aria-label={t('suggest.search')} placeholder={t('suggest.search')} value={words} onChange={(event) => setWords(event.target.value)} className="h-7 w-full rounded-md bg-sunken px-2 text-sm" />
      {search.error ? <Failed error={search.error} retry={() => void search.refetch()} /> : search.isLoading ? <Skeleton rows={2} className="px-0" /> : null}
      {search.data && hits.length === 0 ? <p className="mt-2 text-sm text-muted">{t('suggest.none')}</p> : null}
      {words && corrected.length > 0 && hits.length > 0 ? <p className="mt-2 text-xs text-muted">{t('suggest.corrected', { words: corrected.map((one) => one.used).join(', ') })}</p> : null}
      <ol className="-mx-2 mt-1">{hits.map((hit) => <Hit key={hit.articleId} hit={hit} linked={linked.includes(hit.articleId)} link={() => link(hit)} flag={() => setFlagged(hit)} />)}</ol>
      {flagged ? <Flagging hit={flagged} ticketId={ticketId} close={() => setFlagged(null)} /> : null}
      <CannedSuggestions ticketId={ticketId} q={q} />
      {may('article.write') ? <Button small look="quiet" className="-ms-2" data-testid="draft-article" onClick={draft}>{t('suggest.draft')}</Button> : null}
    </section>
  );
}
