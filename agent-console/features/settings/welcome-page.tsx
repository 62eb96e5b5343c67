import { useQuery } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { ticketEndpoints } from '../../../protocol/tickets';
import { call } from '../../api/call';
import { useDesk, useQueues } from '../../api/shared';
import { cx } from '../../lib/cx';
import { useTranslation } from '../../lib/i18n';
import { changeState } from '../../realtime/desk';
import { Button } from '../../ui/button';
import { Page } from '../../ui/page';
import { AccountDialog, LinkDialog } from './account-dialog';
import { useAccounts } from './accounts';
import { MailboxDialog } from './mail/mailbox-dialog';
import { useMailboxes } from './mail/mailboxes';
import { useSaving } from './saving';
import { Secret } from './secret';
import { snippet } from './widget';

interface StepProps { at: number; name: string; done: boolean; children: ReactNode }

function Step({ at, name, done, children }: StepProps) {
  const { t } = useTranslation();
  return (
    <li className="flex gap-4 border-t border-line py-6 first:border-t-0" data-done={done}>
      <span className={cx('flex size-8 shrink-0 items-center justify-center rounded-full text-md font-semibold', done ? 'bg-good-soft text-good' : 'bg-accent-soft text-accent')}>{done ? <Check size={16} aria-hidden /> : at}</span>
      <div className="min-w-0 flex-1">
        <h2 className="text-lg font-semibold">{t(`welcome.${name}`)}{done ? <span className="sr-only"> {t('welcome.done')}</span> : null}</h2>
        <p className="mb-3 max-w-[60ch] text-md text-muted">{t(`welcome.${name}.about`)}</p>
        {children}
      </div>
    </li>
  );
}

/** Five steps from nothing to the first answered customer; what is done already is ticked off by what is there. */
export function WelcomePage() {
  const { t } = useTranslation();
  const queues = useQueues().data ?? [];
  const mailboxes = useMailboxes().data ?? [];
  const accounts = useAccounts().data ?? [];
  const desk = useDesk().data;
  const tickets = useQuery({ queryKey: ['tickets', { view: 'all' }, 'any'], queryFn: () => call(ticketEndpoints.list, { query: { limit: 1 } }), staleTime: 0 });
  const chats = useQuery({ queryKey: ['tickets', { view: 'all' }, 'chats'], queryFn: () => call(ticketEndpoints.list, { query: { limit: 1, channel: 'webchat' } }), staleTime: 0 });
  const [open, setOpen] = useState<'mailbox' | 'account' | null>(null);
  const [link, setLink] = useState('');
  const go = useSaving(() => changeState('available'), { quiet: true });
  const available = desk?.state === 'available' || desk?.state === 'busy';
  const first = tickets.data?.rows[0];
  return (
    <Page title={t('welcome.title')} about={t('welcome.about')} narrow>
      <ol>
        <Step at={1} name="queue" done={queues.length > 0}><Button asChild><Link href="/settings/queues">{t('welcome.queue.go')}</Link></Button></Step>
        <Step at={2} name="mail" done={mailboxes.length > 0}><Button onClick={() => setOpen('mailbox')}>{t('mailboxes.new')}</Button></Step>
        <Step at={3} name="widget" done={(chats.data?.rows.length ?? 0) > 0}><Secret block value={snippet()} label={t('widget.snippet')} /></Step>
        <Step at={4} name="people" done={accounts.length > 1}><Button onClick={() => setOpen('account')}>{t('accounts.invite')}</Button></Step>
        <Step at={5} name="answer" done={available && first !== undefined}>
          <div className="flex flex-wrap gap-2">
            <Button disabled={available || go.isPending} onClick={() => go.mutate(undefined)}>{t('welcome.available')}</Button>
            {first ? <Button look="primary" asChild><Link href={`/inbox/all/${first.id}`}>{t('welcome.answer.go')}</Link></Button> : null}
          </div>
        </Step>
      </ol>
      {open === 'mailbox' ? <MailboxDialog mailbox={null} onClose={() => setOpen(null)} /> : null}
      {open === 'account' ? <AccountDialog account={null} onClose={() => setOpen(null)} onLink={setLink} /> : null}
      {link ? <LinkDialog link={link} onClose={() => setLink('')} /> : null}
    </Page>
  );
}
