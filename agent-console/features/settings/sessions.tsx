import { useQuery } from '@tanstack/react-query';
import { accessEndpoints } from '../../../protocol/access';
import { call } from '../../api/call';
import { keys } from '../../api/keys';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { Chip } from '../../ui/marks';
import { Loaded } from '../../ui/states';
import { Ago } from '../../ui/time';
import { useSaving } from './saving';

/** A browser and system out of what a browser says of itself; the whole text when nothing is recognised. */
export function browserName(agentText: string): string {
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)\//.exec(agentText)?.[1];
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(agentText)?.[1];
  const name = browser ? { Edg: 'Edge', OPR: 'Opera' }[browser] ?? browser : agentText.slice(0, 60);
  return [name, system].filter(Boolean).join(', ');
}

/** Where the reader is logged in. */
export function Sessions() {
  const { t } = useTranslation();
  const sessions = useQuery({ queryKey: keys.settings('sessions'), queryFn: () => call(accessEndpoints.sessions), staleTime: 0 });
  const end = useSaving(() => call(accessEndpoints.endSessions));
  return (
    <Loaded query={sessions} rows={2}>
      {({ rows }) => (
        <>
          <ul className="mb-4 max-w-[720px]">
            {rows.map((one) => (
              <li key={one.id} className="flex min-h-10 flex-wrap items-center gap-x-3 border-b border-line text-md">
                <span className="min-w-0 flex-1 truncate" title={one.agentText}>{browserName(one.agentText)} <span className="text-muted">{one.address}</span></span>
                {one.current ? <Chip tone="good">{t('sessions.this')}</Chip> : <Ago at={one.lastSeenAt} className="text-sm text-muted" />}
              </li>
            ))}
          </ul>
          {rows.length > 1 ? <Button disabled={end.isPending} onClick={() => end.mutate(undefined)}>{t('sessions.end')}</Button> : null}
        </>
      )}
    </Loaded>
  );
}
