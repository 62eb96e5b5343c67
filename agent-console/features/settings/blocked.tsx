import { useQuery } from '@tanstack/react-query';
import { channelEndpoints } from '../../../protocol/channels';
import { call, listFile } from '../../api/call';
import { keys } from '../../api/keys';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { CsvLink } from '../../ui/csv-link';
import { Empty, Loaded } from '../../ui/states';
import { Ago } from '../../ui/time';
import { useSaving } from './saving';

/** Addresses whose messages are refused. */
export function BlockedSection() {
  const { t } = useTranslation();
  const blocked = useQuery({ queryKey: keys.settings('blocked'), queryFn: () => call(channelEndpoints.blocked), staleTime: 0 });
  const unblock = useSaving((value: string) => call(channelEndpoints.unblock, { params: { value } }));
  return (
    <Loaded query={blocked} rows={2}>
      {({ rows }) => (rows.length === 0 ? <Empty title={t('blocked.empty')} text={t('blocked.empty.text')} /> : (
        <>
        <CsvLink href={listFile(channelEndpoints.blocked)} />
        <ul className="max-w-[720px]">{rows.map((one) => <li key={one.value} className="flex min-h-10 items-center gap-3 border-b border-line text-md"><span className="min-w-0 flex-1 truncate">{one.value}</span><Ago at={one.at} className="text-sm text-muted" /><Button small disabled={unblock.isPending} onClick={() => unblock.mutate(one.value)}>{t('blocked.unblock')}</Button></li>)}</ul>
        </>
      ))}
    </Loaded>
  );
}
