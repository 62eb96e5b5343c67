import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { CornerDownLeft } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../../lib/i18n';
import { Link } from 'wouter';
import { knowledgeEndpoints, type SearchHit } from '../../../protocol/knowledge';
import { call } from '../../api/call';
import { keys } from '../../api/keys';
import { useMay } from '../../api/shared';
import { useInsert } from '../../lib/insert';
import { IconButton } from '../../ui/button';
import { Failed, Skeleton } from '../../ui/states';
import { Marked } from './marked';

function Hit({ hit }: { hit: SearchHit }) {
  const { t } = useTranslation();
  const insert = useInsert((state) => state.insert);
  return (
    <li className="group relative rounded-md px-2 py-1.5 hover:bg-hover">
      <Link href={`/knowledge/${hit.articleId}`} className="block pe-7 text-sm font-medium text-ink" dir="auto">{hit.title}</Link>
      <p dir="auto" lang={hit.locale} className="line-clamp-2 text-xs text-muted"><Marked text={hit.passage.text} marks={hit.passage.marks} /></p>
      <IconButton small label={t('suggest.insert', { title: hit.title })} className="absolute end-1 top-1" onClick={() => insert(hit.passage.text)}><CornerDownLeft size={13} className="rtl:-scale-x-100" /></IconButton>
    </li>
  );
}

/** Articles that may answer the question, beside a ticket; one click puts the passage into the answer. */
export function Suggestions({ question }: { question: string }) {
  const { t } = useTranslation();
  const may = useMay();
  const [words, setWords] = useState('');
  const q = words.trim() || question;
  const search = useQuery({ queryKey: keys.suggestions(q), queryFn: () => call(knowledgeEndpoints.suggest, { query: { q } }), enabled: q !== '' && may('article.read'), placeholderData: keepPreviousData });
  if (!may('article.read')) return null;
  const hits = search.data?.hits ?? [];
  return (
    <section className="border-t border-line px-4 py-3">
      <h2 className="mb-2 text-xs font-medium text-muted">{t('suggest.title')}</h2>
      <input type="search" aria-label={t('suggest.search')} placeholder={t('suggest.search')} value={words} onChange={(event) => setWords(event.target.value)} className="h-7 w-full rounded-md bg-sunken px-2 text-sm" />
      {search.error ? <Failed error={search.error} retry={() => void search.refetch()} /> : search.isLoading ? <Skeleton rows={2} className="px-0" /> : null}
      {search.data && hits.length === 0 ? <p className="mt-2 text-sm text-muted">{t('suggest.none')}</p> : null}
      <ol className="-mx-2 mt-1">{hits.filter((hit) => hit.kind === 'article').slice(0, 5).map((hit) => <Hit key={hit.articleId} hit={hit} />)}</ol>
    </section>
  );
}
