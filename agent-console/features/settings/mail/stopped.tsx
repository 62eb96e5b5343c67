import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { mailboxEndpoints, type BrokenLoop } from '../../../../protocol/mailboxes';
import { call } from '../../../api/call';
import { keys } from '../../../api/keys';
import { useTranslation } from '../../../lib/i18n';
import { Button } from '../../../ui/button';
import { Empty, Loaded } from '../../../ui/states';
import { Ago, At } from '../../../ui/time';
import { useSaving } from '../saving';

/** Addresses and domains that get nothing automatic any more, because they answered like machines. */
export function LoopsSection() {
  const { t } = useTranslation();
  const loops = useQuery({ queryKey: keys.settings('broken-loops'), queryFn: () => call(mailboxEndpoints.brokenLoops), staleTime: 0, refetchInterval: 10_000 });
  const reset = useSaving(({ kind, value }: BrokenLoop) => call(mailboxEndpoints.resetLoop, { params: { kind, value } }), { said: 'loops.allowed' });
  return (
    <Loaded query={loops} rows={2}>
      {({ rows }) => (rows.length === 0 ? <Empty title={t('loops.empty')} text={t('loops.empty.text')} /> : (
        <ul className="max-w-[720px]">{rows.map((one) => (
          <li key={`${one.kind} ${one.value}`} className="flex items-start gap-3 border-b border-line py-3 text-md" data-testid="broken-loop">
            <div className="min-w-0 flex-1">
              <p className="font-medium break-all">{one.value}</p>
              <p className="text-sm text-muted">{t(`loops.${one.kind}`)} · {t('loops.mails', { count: one.mails })} · {t('loops.since')} <Ago at={one.since} /> · {t('loops.until')} <At at={one.until} /></p>
            </div>
            <Button small disabled={reset.isPending} onClick={() => reset.mutate(one)}>{t('loops.reset')}</Button>
          </li>
        ))}</ul>
      ))}
    </Loaded>
  );
}

/** Addresses whose mail came back for good; nothing is sent there for a while. */
export function SuppressedSection() {
  const { t } = useTranslation();
  const list = useQuery({ queryKey: keys.settings('suppressed'), queryFn: () => call(mailboxEndpoints.suppressed), staleTime: 0 });
  const release = useSaving((value: string) => call(mailboxEndpoints.unsuppress, { params: { value } }), { said: 'suppressed.released' });
  return (
    <Loaded query={list} rows={2}>
      {({ rows }) => (rows.length === 0 ? <Empty title={t('suppressed.empty')} text={t('suppressed.empty.text')} /> : (
        <ul className="max-w-[720px]">{rows.map((one) => (
          <li key={one.value} className="flex items-start gap-3 border-b border-line py-3 text-md" data-testid="suppressed">
            <div className="min-w-0 flex-1">
              <p className="font-medium break-all">{one.value}</p>
              <p className="text-sm break-words text-soft">{one.reason}</p>
              <p className="text-sm text-muted">{t('suppressed.since')} <Ago at={one.since} /> · {t('suppressed.until')} <At at={one.until} />{one.ticketId ? <> · <Link href={`/inbox/all/${one.ticketId}`} className="text-accent underline underline-offset-2">{t('suppressed.ticket')}</Link></> : null}</p>
            </div>
            <Button small disabled={release.isPending} onClick={() => release.mutate(one.value)}>{t('suppressed.release')}</Button>
          </li>
        ))}</ul>
      ))}
    </Loaded>
  );
}

/** Addresses whose owners want no reminders; an administrator lets one be reminded again when its owner asks. */
export function UnsubscribedSection() {
  const { t } = useTranslation();
  const list = useQuery({ queryKey: keys.settings('unsubscribed'), queryFn: () => call(mailboxEndpoints.unsubscribed), staleTime: 0 });
  const release = useSaving((value: string) => call(mailboxEndpoints.resubscribe, { params: { value } }), { said: 'unsubscribed.released' });
  return (
    <Loaded query={list} rows={2}>
      {({ rows }) => (rows.length === 0 ? <Empty title={t('unsubscribed.empty')} text={t('unsubscribed.empty.text')} /> : (
        <ul className="max-w-[720px]">{rows.map((one) => (
          <li key={one.value} className="flex items-start gap-3 border-b border-line py-3 text-md" data-testid="unsubscribed">
            <div className="min-w-0 flex-1">
              <p className="font-medium break-all">{one.value}</p>
              <p className="text-sm text-muted">{t('unsubscribed.since')} <Ago at={one.since} /></p>
            </div>
            <Button small disabled={release.isPending} onClick={() => release.mutate(one.value)}>{t('unsubscribed.release')}</Button>
          </li>
        ))}</ul>
      ))}
    </Loaded>
  );
}
