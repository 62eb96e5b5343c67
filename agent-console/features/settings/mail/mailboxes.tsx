import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { channelEndpoints } from '../../../../protocol/channels';
import { mailboxEndpoints, type Mailbox, type MailboxHealth } from '../../../../protocol/mailboxes';
import { call } from '../../../api/call';
import { keys } from '../../../api/keys';
import { useQueues } from '../../../api/shared';
import { cx } from '../../../lib/cx';
import { duration } from '../../../lib/format';
import { useTranslation } from '../../../lib/i18n';
import { Button } from '../../../ui/button';
import { Sign } from '../../../ui/marks';
import { Empty, Loaded } from '../../../ui/states';
import { Ago, Since, useManner } from '../../../ui/time';
import { MailboxDialog } from './mailbox-dialog';
import { Fault } from './mailbox-test';

export const useMailboxes = () => useQuery({ queryKey: keys.settings('mailboxes'), queryFn: () => call(channelEndpoints.mailboxes), select: (data) => data.rows });
const useHealth = () => useQuery({ queryKey: keys.settings('mailbox-health'), queryFn: () => call(mailboxEndpoints.health), select: (data) => data.rows, refetchInterval: 5000, staleTime: 0 });

const signs = { ok: ['disc', 'text-good'], starting: ['quarter', 'text-warn'], failing: ['triangle', 'text-bad'], off: ['ring', 'text-muted'] } as const satisfies Record<MailboxHealth['state'], [sign: string, look: string]>;

/** How an address is doing: its state as a shape and a word, what is wrong, and what is on its way. */
function Health({ mailbox, health }: { mailbox: Mailbox; health: MailboxHealth }) {
  const { t } = useTranslation();
  const manner = useManner();
  const [sign, look] = signs[health.state];
  const counts = (['waiting', 'sending', 'failed'] as const).filter((name) => health[name] > 0);
  return (
    <div className="mt-1 grid gap-1 text-sm" data-testid="mailbox-health" data-state={health.state}>
      <p className="flex flex-wrap items-center gap-x-2">
        <span className={cx('inline-flex items-center gap-2 font-medium', look)}><Sign shape={sign} />{t(mailbox.imap || health.state === 'off' ? `mailbox.state.${health.state}` : 'mailbox.state.listening')}</span>
        {health.state === 'failing' ? <span className="text-muted"><Since at={health.since} /></span> : null}
        {health.lastMailAt ? <span className="text-muted">{t('mailbox.last-mail')} <Ago at={health.lastMailAt} />{health.lagSeconds === null ? '' : ` · ${t('mailbox.lag', { length: duration(health.lagSeconds, manner) })}`}</span> : null}
        {counts.map((name) => <span key={name} className={name === 'failed' ? 'text-bad' : 'text-muted'}>{t(`mailbox.${name}`, { count: health[name] })}</span>)}
      </p>
      {health.state === 'failing' ? <p className="text-bad"><Fault code={health.code} detail={health.detail} /></p> : null}
    </div>
  );
}

/** Addresses that are read and written from, and how each is doing. */
export function MailboxesSection() {
  const { t } = useTranslation();
  const mailboxes = useMailboxes();
  const health = useHealth().data ?? [];
  const queues = useQueues().data ?? [];
  const [edited, setEdited] = useState<Mailbox | 'new' | null>(null);
  return (
    <div className="max-w-[720px]">
      <Button look="primary" className="mb-4" data-testid="mailbox-new" onClick={() => setEdited('new')}>{t('mailboxes.new')}</Button>
      <Loaded query={mailboxes}>
        {(rows) => (rows.length === 0 ? <Empty title={t('mailboxes.empty')} text={t('mailboxes.empty.text')} /> : (
          <ul>{rows.map((one) => {
            const state = health.find((each) => each.mailboxId === one.id);
            return (
              <li key={one.id} className="flex items-start gap-3 border-b border-line py-3 text-md">
                <div className="min-w-0 flex-1">
                  <p className="flex flex-wrap items-baseline gap-x-2"><span className="font-medium break-all">{one.address}</span><span className="text-sm text-muted">{[one.name, queues.find((queue) => queue.id === one.queueId)?.name].filter(Boolean).join(' · ')}</span></p>
                  {state ? <Health mailbox={one} health={state} /> : null}
                </div>
                <Button small aria-label={t('mailboxes.change-one', { address: one.address })} onClick={() => setEdited(one)}>{t('change')}</Button>
              </li>
            );
          })}</ul>
        ))}
      </Loaded>
      {edited ? <MailboxDialog mailbox={edited === 'new' ? null : edited} onClose={() => setEdited(null)} /> : null}
    </div>
  );
}
