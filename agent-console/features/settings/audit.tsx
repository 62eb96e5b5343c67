import { useInfiniteQuery } from '@tanstack/react-query';
import { accessEndpoints, type AuditEntry } from '../../../protocol/access';
import { call, listFile } from '../../api/call';
import { keys } from '../../api/keys';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { CsvLink } from '../../ui/csv-link';
import { Table } from '../../ui/page';
import { Empty, Failed, Skeleton } from '../../ui/states';
import { Ago } from '../../ui/time';

const show = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value) ?? '–');

function Changes({ entry }: { entry: AuditEntry }) {
  const names = [...new Set([...Object.keys(entry.before), ...Object.keys(entry.after)])];
  return (
    <ul className="grid gap-0.5 py-2 text-sm text-muted">
      {names.map((name) => <li key={name} className="max-w-96 truncate"><span className="text-soft">{name}</span> {name in entry.before ? <><del>{show(entry.before[name])}</del> → </> : null}{name in entry.after ? <ins className="no-underline text-ink">{show(entry.after[name])}</ins> : null}</li>)}
    </ul>
  );
}

/** Who changed what, newest first. */
export function AuditSection() {
  const { t } = useTranslation();
  const query = useInfiniteQuery({ queryKey: keys.settings('audit'), initialPageParam: '', staleTime: 0, queryFn: ({ pageParam }) => call(accessEndpoints.audit, { query: { limit: 50, ...(pageParam ? { after: pageParam } : {}) } }), getNextPageParam: (last) => last.next });
  const rows = query.data?.pages.flatMap((page) => page.rows);
  if (!rows) return query.error ? <Failed error={query.error} retry={() => void query.refetch()} /> : <Skeleton />;
  if (rows.length === 0) return <Empty title={t('audit.empty')} />;
  return (
    <>
      <CsvLink href={listFile(accessEndpoints.audit)} />
      <Table label={t('settings.audit')} head={[t('audit.when'), t('audit.who'), t('audit.what'), t('audit.changes')]}>
        {rows.map((entry) => <tr key={entry.id} className="align-top"><td className="py-2 whitespace-nowrap"><Ago at={entry.at} /></td><td className="py-2 whitespace-nowrap"><bdi>{entry.by.name}</bdi></td><td className="py-2"><span className="font-mono text-sm">{entry.action}</span> <bdi>{entry.subject.name}</bdi></td><td><Changes entry={entry} /></td></tr>)}
      </Table>
      {query.hasNextPage ? <Button className="mt-4" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('list.load-more')}</Button> : null}
    </>
  );
}
