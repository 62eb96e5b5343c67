import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { mailboxEndpoints, type Quarantined } from '../../../../protocol/mailboxes';
import { call } from '../../../api/call';
import { keys } from '../../../api/keys';
import { fileSize } from '../../../lib/format';
import { useTranslation } from '../../../lib/i18n';
import { Button } from '../../../ui/button';
import { Actions, Dialog } from '../../../ui/dialog';
import { Empty, Failed, Loaded, Skeleton } from '../../../ui/states';
import { Ago, useManner } from '../../../ui/time';
import { useSaving } from '../saving';

const mostShown = 200_000;
const named = ['unreadable', 'too-large'] as const;

// What our own reader says is a name; everything else is what went wrong, as it was said.
function useReason({ reason }: Quarantined): string {
  const { t } = useTranslation();
  const known = named.find((each) => each === reason);
  return known ? t(`quarantine.reason.${known}`) : reason;
}

/** The delivery as it came, as text: nothing of it is interpreted. */
function Original({ one, onClose, onRelease }: { one: Quarantined; onClose: () => void; onRelease: () => void }) {
  const { t } = useTranslation();
  const original = useQuery({ queryKey: ['quarantine', one.id], queryFn: () => call(mailboxEndpoints.quarantinedOriginal, { params: { id: one.id } }) });
  return (
    <Dialog open wide onClose={onClose} title={one.subject || t('quarantine.no-subject')} description={useReason(one)}>
      <Loaded query={original}>{(text) => <pre dir="ltr" tabIndex={0} aria-label={t('quarantine.original')} className="max-h-[52vh] overflow-auto rounded-md bg-sunken p-3 font-mono text-xs whitespace-pre-wrap break-all">{text.slice(0, mostShown)}</pre>}</Loaded>
      <Actions><Button onClick={onClose}>{t('close')}</Button><Button look="primary" onClick={onRelease}>{t('quarantine.release')}</Button></Actions>
    </Dialog>
  );
}

interface RowProps { one: Quarantined; busy: boolean; onLook: () => void; onRelease: () => void; onDiscard: () => void }

function Row({ one, busy, onLook, onRelease, onDiscard }: RowProps) {
  const { t } = useTranslation();
  const manner = useManner();
  const reason = useReason(one);
  const [sure, setSure] = useState(false);
  return (
    <li className="grid gap-2 border-b border-line py-3 text-md" data-testid="quarantined">
      <div>
        <p className="flex flex-wrap items-baseline gap-x-2"><span dir="auto" className="min-w-0 font-medium break-words">{one.subject || t('quarantine.no-subject')}</span><Ago at={one.at} className="text-sm text-muted" /></p>
        <p className="text-sm break-words text-muted">{[one.from || t('quarantine.no-sender'), one.mailbox, fileSize(one.size, manner), one.tries > 0 ? t('quarantine.tries', { count: one.tries }) : ''].filter(Boolean).join(' · ')}</p>
        <p className="mt-1 text-sm break-words text-bad">{reason}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button small onClick={onLook}>{t('quarantine.look')}</Button>
        <Button small disabled={busy} onClick={onRelease}>{t('quarantine.release')}</Button>
        {sure ? <Button small look="danger" disabled={busy} onClick={onDiscard}>{t('quarantine.discard.sure')}</Button> : <Button small look="quiet" onClick={() => setSure(true)}>{t('quarantine.discard')}</Button>}
      </div>
    </li>
  );
}

/** Deliveries that could not be read: why, a look at them, another try, or away with them. */
export function QuarantineSection() {
  const { t } = useTranslation();
  const [shown, setShown] = useState<Quarantined | null>(null);
  const list = useInfiniteQuery({
    queryKey: keys.settings('quarantine'), initialPageParam: '', staleTime: 0,
    queryFn: ({ pageParam }) => call(mailboxEndpoints.quarantine, { query: { limit: 50, ...(pageParam ? { after: pageParam } : {}) } }),
    getNextPageParam: (last) => last.next,
  });
  const release = useSaving((id: string) => call(mailboxEndpoints.release, { params: { id } }), { done: () => setShown(null), said: 'quarantine.released' });
  const discard = useSaving((id: string) => call(mailboxEndpoints.discard, { params: { id } }), { said: 'quarantine.discarded' });
  if (!list.data) return list.error ? <Failed error={list.error} retry={() => void list.refetch()} /> : <Skeleton rows={3} />;
  const rows = list.data.pages.flatMap((page) => page.rows);
  if (rows.length === 0) return <Empty title={t('quarantine.empty')} text={t('quarantine.empty.text')} />;
  return (
    <div className="max-w-[720px]">
      <ul>{rows.map((one) => <Row key={one.id} one={one} busy={release.isPending || discard.isPending} onLook={() => setShown(one)} onRelease={() => release.mutate(one.id)} onDiscard={() => discard.mutate(one.id)} />)}</ul>
      {list.hasNextPage ? <Button className="mt-4" disabled={list.isFetching} onClick={() => void list.fetchNextPage()}>{t('list.load-more')}</Button> : null}
      {shown ? <Original one={shown} onClose={() => setShown(null)} onRelease={() => release.mutate(shown.id)} /> : null}
    </div>
  );
}
