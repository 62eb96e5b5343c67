import { useInfiniteQuery } from '@tanstack/react-query';
import { accessEndpoints, type AuditEntry } from '../../../protocol/access';
import { call, listFile } from '../../api/call';
import { keys } from '../../api/keys';
import { useActorName } from '../../lib/actor-name';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { CsvLink } from '../../ui/csv-link';
import { Table } from '../../ui/page';
import { Empty, Failed, Skeleton, troubleOf } from '../../ui/states';
import { Ago } from '../../ui/time';
import { useChange } from './audit-values';
import { useRoleName } from './organisation';

/** A word of the log in the reader's language; as it was written down when there is none, as for what a later release no longer has. */
function useSaid(): (kind: 'did' | 'field', word: string) => string {
  const { t, has } = useTranslation();
  return (kind, word) => (has(`audit.${kind}.${word}`) ? t(`audit.${kind}.${word}`) : word);
}

/** What was changed: settings of the whole company have no name but that of the act. */
function useAbout(): (entry: AuditEntry) => string {
  const roleName = useRoleName();
  return ({ subject: { kind, name } }) => (kind === 'settings' ? '' : kind === 'role' ? roleName(name) : name);
}

function Changes({ entry }: { entry: AuditEntry }) {
  const said = useSaid();
  const change = useChange();
  const names = [...new Set([...Object.keys(entry.before), ...Object.keys(entry.after)])];
  return (
    <ul className="grid gap-0.5">
      {names.map((name) => {
        const found = change(name, entry.before[name], entry.after[name]);
        return found === null ? null : (
          <li key={name} className="line-clamp-3 max-w-[56ch] break-words text-muted">
            {said('field', name)}: {name in entry.before && found.before ? <><del><bdi>{found.before}</bdi></del> <span aria-hidden className="inline-block rtl:-scale-x-100">→</span> </> : null}
            {name in entry.after ? <ins className="text-ink no-underline"><bdi>{found.after}</bdi></ins> : null}
          </li>
        );
      })}
    </ul>
  );
}

/** Who changed what, newest first. */
export function AuditSection() {
  const { t } = useTranslation();
  const said = useSaid();
  const about = useAbout();
  const actorName = useActorName();
  const query = useInfiniteQuery({ queryKey: keys.settings('audit'), initialPageParam: '', staleTime: 0, queryFn: ({ pageParam }) => call(accessEndpoints.audit, { query: { limit: 50, ...(pageParam ? { after: pageParam } : {}) } }), getNextPageParam: (last) => last.next });
  const rows = query.data?.pages.flatMap((page) => page.rows);
  if (!rows) return troubleOf(query) ? <Failed error={troubleOf(query)} retry={() => void query.refetch()} /> : <Skeleton />;
  if (rows.length === 0) return <Empty title={t('audit.empty')} text={t('audit.empty.text')} />;
  return (
    <>
      <CsvLink href={listFile(accessEndpoints.audit)} />
      <Table label={t('settings.audit')} head={[t('audit.when'), t('audit.who'), t('audit.what'), t('audit.changes')]}>
        {rows.map((entry) => (
          <tr key={entry.id} className="align-top">
            <td className="py-2! whitespace-nowrap"><Ago at={entry.at} /></td>
            <td className="py-2! whitespace-nowrap"><bdi>{entry.by.kind === 'system' ? actorName(entry.by.name) : entry.by.name}</bdi></td>
            <td className="py-2!"><span className="block font-medium">{said('did', entry.action)}</span><span className="block max-w-48 break-words text-muted"><bdi>{about(entry)}</bdi></span></td>
            <td className="py-2! text-sm leading-5"><Changes entry={entry} /></td>
          </tr>
        ))}
      </Table>
      {query.hasNextPage ? <Button className="mt-4" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('list.load-more')}</Button> : null}
    </>
  );
}
