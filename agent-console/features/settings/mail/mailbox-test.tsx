import { useMutation } from '@tanstack/react-query';
import { Check, Minus, TriangleAlert } from 'lucide-react';
import { mailboxEndpoints, type MailCheck } from '../../../../protocol/mailboxes';
import { call } from '../../../api/call';
import { problemText } from '../../../api/problem';
import { cx } from '../../../lib/cx';
import { useTranslation } from '../../../lib/i18n';
import { Button } from '../../../ui/button';
import { reachOf, type MailboxForm } from './servers';

/** What is wrong in words, and what the server said for those who know its language. */
export function Fault({ code, detail }: Pick<MailCheck, 'code' | 'detail'>) {
  const { t } = useTranslation();
  return (
    <>
      <span>{t(`mail-check.${code}`)}</span>
      {detail ? <span dir="auto" className="block text-xs break-words text-muted">{t('mail-check.said', { text: detail })}</span> : null}
    </>
  );
}

function Direction({ name, check }: { name: 'receive' | 'send'; check: MailCheck }) {
  const { t } = useTranslation();
  const Icon = check.code === 'not-set' ? Minus : check.ok ? Check : TriangleAlert;
  return (
    <li className="flex gap-2 text-md" data-testid={`check-${name}`} data-code={check.code}>
      <Icon size={16} aria-hidden className={cx('mt-0.5 shrink-0', check.code === 'not-set' ? 'text-muted' : check.ok ? 'text-good' : 'text-bad')} />
      <span className="min-w-0 flex-1"><span className="font-medium">{t(`mail-check.${name}`)}</span> {check.code === 'not-set' ? t(`mail-check.${name}.not-set`) : <Fault {...check} />}</span>
    </li>
  );
}

/** Tries both directions with what the form says now, before anything is stored. */
export function MailboxTest({ form, mailboxId }: { form: MailboxForm; mailboxId: string | undefined }) {
  const { t } = useTranslation();
  const test = useMutation({ mutationFn: () => call(mailboxEndpoints.test, { body: { address: form.address, ...reachOf(form), ...(mailboxId ? { mailboxId } : {}) } }) });
  const ready = form.address.includes('@');
  return (
    <section className="grid gap-2 rounded-md bg-sunken p-3" aria-label={t('mailbox.test')}>
      <div className="flex flex-wrap items-center gap-3">
        <Button data-testid="mailbox-test" disabled={!ready || test.isPending} onClick={() => test.mutate()}>{t(test.isPending ? 'mailbox.testing' : 'mailbox.test')}</Button>
        <p className="min-w-40 flex-1 text-sm text-muted">{t('mailbox.test.about')}</p>
      </div>
      <div role="status">
        {test.data ? <ul className="grid gap-2 pt-1"><Direction name="receive" check={test.data.receive} /><Direction name="send" check={test.data.send} /></ul> : null}
        {test.error ? <p className="text-md text-bad">{problemText(t, test.error)}</p> : null}
      </div>
    </section>
  );
}
