import { useInfiniteQuery } from '@tanstack/react-query';
import { accessEndpoints, type AuditEntry } from '../../../protocol/access';
import { call, listFile } from '../../api/call';
import { keys } from '../../api/keys';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { CsvLink } from '../../ui/csv-link';
import { Table } from '../../ui/page';
import { Empty, Failed, Skeleton, troubleOf } from '../../ui/states';
import { Ago } from '../../ui/time';

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isEmpty = (value: unknown): boolean => value === null || value === '' || (Array.isArray(value) && value.length === 0);
const show = (value: unknown): string => (isText(value) ? value : Array.isArray(value) && value.every(isText) ? value.join(', ') : JSON.stringify(value) ?? '–');
const shown = (value: unknown): string => (isEmpty(value) ? '–' : show(value));

/** A word of the log in the reader's language; as it was written down when there is none, as for what a later release no longer has. */
function useSaid(): (kind: 'did' | 'field', word: string) => string {
  const { t, has } = useTranslation();
  return (kind, word) => (has(`audit.${kind}.${word}`) ? t(`audit.${kind}.${word}`) : word);
}

function Changes({ entry }: { entry: AuditEntry }) {
  const said = useSaid();
  const names = [...new Set([...Object.keys(entry.before), ...Object.keys(entry.after)])];
  return (
    <ul className="grid gap-0.5 py-2 text-sm text-muted">
      {names.map((name) => <li key={name} className="max-w-96 truncate"><span className="text-soft">{said('field', name)}</span> {name in entry.before ? <><del>{shown(entry.before[name])}</del> → </> : null}{name in entry.after ? <ins className="no-underline text-ink">{shown(entry.after[name])}</ins> : null}</li>)}
    </ul>
  );
}

/** Who changed what, newest first. */
export function AuditSection() {
  const { t } = useTranslation();
  const said = useSaid();
  const query = useInfiniteQuery({ queryKey: keys.settings('audit'), initialPageParam: '', staleTime: 0, queryFn: ({ pageParam }) => call(accessEndpoints.audit, { query: { limit: 50, ...(pageParam ? { after: pageParam } : {}) } }), getNextPageParam: (last) => last.next });
  const rows = query.data?.pages.flatMap((page) => page.rows);
  if (!rows) return troubleOf(query) ? <Failed error={troubleOf(query)} retry={() => void query.refetch()} /> : <Skeleton />;
  if (rows.length === 0) return <Empty title={t('audit.empty')} text={t('audit.empty.text')} />;
  return (
    <>
      <CsvLink href={listFile(accessEndpoints.audit)} />
      <Table label={t('settings.audit')} head={[t('audit.when'), t('audit.who'), t('audit.what'), t('audit.changes')]}>
        {rows.map((entry) => <tr key={entry.id} className="align-top"><td className="py-2 whitespace-nowrap"><Ago at={entry.at} /></td><td className="py-2 whitespace-nowrap"><bdi>{entry.by.name}</bdi></td><td className="py-2"><span title={entry.action} className="block">{said('did', entry.action)}</span> <bdi className="text-sm text-muted">{entry.subject.name}</bdi></td><td><Changes entry={entry} /></td></tr>)}
      </Table>
      {query.hasNextPage ? <Button className="mt-4" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('list.load-more')}</Button> : null}
    </>
  );
}
