import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Download, SquarePen } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Link, useLocation, useParams, useSearch } from 'wouter';
import { knowledgeEndpoints, type Article } from '../../../protocol/knowledge';
import { call, listFile } from '../../api/call';
import { keys } from '../../api/keys';
import { useMay } from '../../api/shared';
import { cx } from '../../lib/cx';
import { useTranslation } from '../../lib/i18n';
import { Button, IconButton } from '../../ui/button';
import { Chip } from '../../ui/marks';
import { PhoneWays, SidePane } from '../../ui/side-pane';
import { BackToList, ListAndDetail } from '../../ui/list-and-detail';
import { Empty, Failed, Loaded, Skeleton, troubleOf } from '../../ui/states';
import { Ago } from '../../ui/time';
import { ArticleCare } from './article-care';
import { ArticleEditor } from './article-editor';
import { ArticleFilters, everything, queryOf, type ArticleFilter } from './filters';

const stages = ['draft', 'not-validated', 'validated', 'archived'] as const;
const tones = { draft: 'plain', 'not-validated': 'warn', validated: 'good', archived: 'plain' } as const;

/** The text in the reader's language, else the first. */
const textOf = (article: Article, language: string) => article.texts.find((one) => one.locale.split('-')[0] === language.split('-')[0]) ?? article.texts[0];

function useArticles(words: string, { confidence, narrowed }: { confidence: (typeof stages)[number] | undefined; narrowed: ArticleFilter }) {
  const [q, setQ] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setQ(words.trim()), 200);
    return () => clearTimeout(timer);
  }, [words]);
  const filter = { ...(q ? { q } : {}), ...(confidence ? { confidence } : {}), ...queryOf(narrowed) };
  return useInfiniteQuery({
    queryKey: keys.articles(filter), initialPageParam: '',
    queryFn: ({ pageParam }) => call(knowledgeEndpoints.list, { query: { ...filter, limit: 100, ...(pageParam ? { after: pageParam } : {}) } }),
    getNextPageParam: (last) => last.next,
  });
}

function ArticleList({ chosen, stage }: { chosen: string | undefined; stage: (typeof stages)[number] | undefined }) {
  const { t, language } = useTranslation();
  const [words, setWords] = useState('');
  const [narrowed, narrow] = useState(everything);
  const filtered = words !== '' || Object.values(narrowed).some(Boolean);
  const query = useArticles(words, { confidence: stage, narrowed });
  const rows = query.data?.pages.flatMap((page) => page.rows);
  return (
    <section aria-label={t('knowledge.list')} data-pane tabIndex={-1} className={cx('min-h-0 w-full shrink-0 flex-col border-e border-line bg-surface sm:flex sm:w-80', chosen ? 'hidden' : 'flex')}>
      <div className="px-2 pt-2 sm:hidden"><PhoneWays label={t('knowledge.stages')} at={`/knowledge${stage ? `?stage=${stage}` : ''}`} ways={useWays()} /></div>
      <header className="flex items-center gap-1 border-b border-line p-2">
        <input type="search" aria-label={t('knowledge.search')} placeholder={t('knowledge.search')} value={words} onChange={(event) => setWords(event.target.value)} className="h-8 min-w-0 flex-1 rounded-md bg-sunken px-3 text-md" />
        <IconButton label={t('list.csv')} onClick={() => location.assign(listFile(knowledgeEndpoints.list, { ...(words.trim() ? { q: words.trim() } : {}), ...(stage ? { confidence: stage } : {}), ...queryOf(narrowed) }))}><Download size={16} /></IconButton>
        <NewButton />
      </header>
      <ArticleFilters filter={narrowed} onChange={narrow} />
      {!rows ? (troubleOf(query) ? <Failed error={troubleOf(query)} retry={() => void query.refetch()} /> : <Skeleton rows={8} />) : rows.length === 0 ? <Empty title={t(filtered ? 'list.none-found' : 'knowledge.empty')} text={t(filtered ? 'knowledge.none-found.text' : 'knowledge.empty.text')} /> : (
        <ul className="min-h-0 flex-1 overflow-y-auto">
          {rows.map((article) => (
            <li key={article.id}>
              <Link href={`/knowledge/${article.id}${stage ? `?stage=${stage}` : ''}`} aria-current={article.id === chosen ? 'true' : undefined} className={cx('grid gap-1 border-b border-line px-3 py-2', article.id === chosen ? 'bg-accent-soft' : 'hover:bg-sunken')}>
                <span dir="auto" className="truncate text-md font-medium">{textOf(article, language)?.title}</span>
                <span className="flex items-center gap-2 text-xs text-muted">
                  <Chip tone={tones[article.confidence]}>{t(`confidence.${article.confidence}`)}</Chip>
                  <span className="min-w-0 flex-1 truncate uppercase">{article.texts.map((one) => one.locale).join(' ')}</span>
                  <span className="tnum">{t('knowledge.views', { count: article.views })}</span><Ago at={article.updatedAt} />
                </span>
              </Link>
            </li>
          ))}
          {query.hasNextPage ? <li className="p-3 text-center"><Button small onClick={() => void query.fetchNextPage()}>{t('list.load-more')}</Button></li> : null}
        </ul>
      )}
    </section>
  );
}

function NewButton() {
  const { t } = useTranslation();
  const may = useMay();
  const [, go] = useLocation();
  return may('article.write') ? <IconButton label={t('knowledge.new')} onClick={() => go('/knowledge/new')}><SquarePen size={16} /></IconButton> : null;
}

function Chosen({ id }: { id: string }) {
  const article = useQuery({ queryKey: keys.article(id), queryFn: () => call(knowledgeEndpoints.read, { params: { id } }) });
  return <Loaded query={article}>{(found) => <><ArticleEditor key={`${found.id}${found.version}`} article={found} /><ArticleCare article={found} /></>}</Loaded>;
}

/** Where one can go from here: articles by stage, guides, what is missing, in and out. */
function useWays(): { href: string; text: string }[] {
  const { t } = useTranslation();
  const may = useMay();
  return [
    { href: '/knowledge', text: t('knowledge.all') },
    ...stages.map((one) => ({ href: `/knowledge?stage=${one}`, text: t(`confidence.${one}`) })),
    { href: '/guides', text: t('guide.panel') },
    { href: '/knowledge/report', text: t('kreport.title') },
    ...(may('article.write') ? [{ href: '/knowledge/import', text: t('moving.title') }] : []),
    ...(may('article.publish') ? [{ href: '/knowledge/words', text: t('words.title') }] : []),
  ];
}

/** Articles: find, read, write. */
export function KnowledgePage() {
  const { t } = useTranslation();
  const { id } = useParams<{ id?: string }>();
  const asked = new URLSearchParams(useSearch()).get('stage');
  const stage = stages.find((one) => one === asked);
  const ways = useWays();
  const at = `/knowledge${stage ? `?stage=${stage}` : ''}`;
  return (
    <>
      <SidePane label={t('knowledge.stages')}>
        {ways.map(({ href, text }) => <Link key={href} href={href} aria-current={href === at ? 'page' : undefined} className={cx('flex h-7 items-center rounded-md px-2 text-md', href === at ? 'bg-hover font-medium' : 'text-soft hover:bg-hover')}>{text}</Link>)}
      </SidePane>
      <ListAndDetail title={t('nav.knowledge')} chosen={id !== undefined} list={<ArticleList chosen={id} stage={stage} />} detail={
        <>
          {id ? <BackToList label={t('nav.knowledge')} href="/knowledge" /> : null}
          {id === 'new' ? <ArticleEditor article={null} /> : id ? <Chosen id={id} /> : <Empty title={t('knowledge.none-open')} text={t('knowledge.none-open.text')} className="h-full justify-center" />}
        </>
      } />
    </>
  );
}
