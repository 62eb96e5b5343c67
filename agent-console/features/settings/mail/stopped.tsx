import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { mailboxEndpoints, type BrokenLoop } from '../../../../protocol/mailboxes';
import { call } from '../../../api/call';
import { keys } from '../../../api/keys';
import { useTranslation } from '../../../lib/i18n';
import { Button } from '../../../ui/button';
import { Empty, Loaded } from '../../../ui/states';
import { Ago, At } from '../../../ui/time';
import { useSaving } from '../saving';

interface ListProps<Row> {
  query: UseQueryResult<{ rows: Row[] }>;
  /** What is said when there are none. */
  none: { title: string; text: string };
  testId: string;
  keyOf: (row: Row) => string;
  about: (row: Row) => ReactNode;
  action: string;
  busy: boolean;
  act: (row: Row) => void;
}

/** Addresses that are treated in a way of their own, and a button that ends it. */
function AddressList<Row extends { value: string }>({ query, none, testId, keyOf, about, action, busy, act }: ListProps<Row>) {
  return (
    <Loaded query={query} rows={2}>
      {({ rows }) => (rows.length === 0 ? <Empty {...none} /> : (
        <ul className="max-w-[720px]">{rows.map((row) => (
          <li key={keyOf(row)} className="flex items-start gap-3 border-b border-line py-3 text-md" data-testid={testId}>
            <div className="min-w-0 flex-1">
              <p className="font-medium break-all">{row.value}</p>
              {about(row)}
            </div>
            <Button small disabled={busy} onClick={() => act(row)}>{action}</Button>
          </li>
        ))}</ul>
      ))}
    </Loaded>
  );
}

/** Addresses and domains that get nothing automatic any more, because they answered like machines. */
export function LoopsSection() {
  const { t } = useTranslation();
  const loops = useQuery({ queryKey: keys.settings('broken-loops'), queryFn: () => call(mailboxEndpoints.brokenLoops), staleTime: 0, refetchInterval: 10_000 });
  const reset = useSaving(({ kind, value }: BrokenLoop) => call(mailboxEndpoints.resetLoop, { params: { kind, value } }), { said: 'loops.allowed' });
  return (
    <AddressList query={loops} none={{ title: t('loops.empty'), text: t('loops.empty.text') }} testId="broken-loop" keyOf={({ kind, value }) => `${kind} ${value}`} action={t('loops.reset')} busy={reset.isPending} act={(one) => reset.mutate(one)}
      about={(one) => <p className="text-sm text-muted">{t(`loops.${one.kind}`)} · {t('loops.mails', { count: one.mails })} · {t('loops.since')} <Ago at={one.since} /> · {t('loops.until')} <At at={one.until} /></p>} />
  );
}

/** Addresses whose mail came back for good; nothing is sent there for a while. */
export function SuppressedSection() {
  const { t } = useTranslation();
  const list = useQuery({ queryKey: keys.settings('suppressed'), queryFn: () => call(mailboxEndpoints.suppressed), staleTime: 0 });
  const release = useSaving((value: string) => call(mailboxEndpoints.unsuppress, { params: { value } }), { said: 'suppressed.released' });
  return (
    <AddressList query={list} none={{ title: t('suppressed.empty'), text: t('suppressed.empty.text') }} testId="suppressed" keyOf={({ value }) => value} action={t('suppressed.release')} busy={release.isPending} act={({ value }) => release.mutate(value)}
      about={(one) => (
        <>
          <p className="text-sm break-words text-soft">{one.reason}</p>
          <p className="text-sm text-muted">{t('suppressed.since')} <Ago at={one.since} /> · {t('suppressed.until')} <At at={one.until} />{one.ticketId ? <> · <Link href={`/inbox/all/${one.ticketId}`} className="text-accent underline underline-offset-2">{t('suppressed.ticket')}</Link></> : null}</p>
        </>
      )} />
  );
}

/** Addresses whose owners want no reminders; an administrator lets one be reminded again when its owner asks. */
export function UnsubscribedSection() {
  const { t } = useTranslation();
  const list = useQuery({ queryKey: keys.settings('unsubscribed'), queryFn: () => call(mailboxEndpoints.unsubscribed), staleTime: 0 });
  const release = useSaving((value: string) => call(mailboxEndpoints.resubscribe, { params: { value } }), { said: 'unsubscribed.released' });
  return (
    <AddressList query={list} none={{ title: t('unsubscribed.empty'), text: t('unsubscribed.empty.text') }} testId="unsubscribed" keyOf={({ value }) => value} action={t('unsubscribed.release')} busy={release.isPending} act={({ value }) => release.mutate(value)}
      about={(one) => <p className="text-sm text-muted">{t('unsubscribed.since')} <Ago at={one.since} /></p>} />
  );
}
