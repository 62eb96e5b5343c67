import { useMutation } from '@tanstack/react-query';
import { Check, CheckCheck, Clock, TriangleAlert } from 'lucide-react';
import { useTranslation } from '../../lib/i18n';
import type { Delivery, Message } from '../../../protocol/messages';
import { ticketEndpoints } from '../../../protocol/tickets';
import { call } from '../../api/call';
import { queryClient } from '../../api/client';
import { keys } from '../../api/keys';
import { problemText } from '../../api/problem';
import { cx } from '../../lib/cx';
import type { Draft } from '../../lib/drafts';
import { addMessage, type Timeline } from '../../lib/timeline';
import { serverNow } from '../../lib/clock';
import { useInsert } from '../../lib/insert';
import { At, Watch } from '../../ui/time';
import { toast } from '../../ui/toast';

const icons = { queued: Clock, sent: Check, delayed: Clock, delivered: CheckCheck, read: CheckCheck, failed: TriangleAlert, bounced: TriangleAlert };

const named = ['no-mailbox', 'internal', 'unknown-channel'] as const;

// What we say ourselves is a name; everything else is what the other server said.
function useReason({ reason }: Delivery): string {
  const { t } = useTranslation();
  const known = named.find((each) => each === reason);
  return known ? t(`delivery.reason.${known}`) : reason;
}

const addresses = (people: Message['to']): string => people.map(({ address }) => address).join(', ');

// A forward that is taken back is a forward again, to whom it was: sent anew it must not go to the customer.
const wholeOf = (message: Message): Partial<Draft> => ({
  mode: message.forwardOf ? 'forward' : message.cc.length > 0 ? 'reply-all' : 'reply', about: message.forwardOf ?? '', html: message.html ?? '',
  to: addresses(message.to), cc: addresses(message.cc), bcc: addresses(message.bcc ?? []), subject: message.subject,
});

/** How far an answer has come; taken back while it has not left, sent again when it failed. */
export function DeliveryLine({ message, delivery }: { message: Message; delivery: Delivery }) {
  const { t } = useTranslation();
  const insert = useInsert((state) => state.insert);
  const params = { id: message.ticketId, messageId: message.id };
  const failed = (error: unknown) => toast(problemText(t, error), { bad: true });
  const keep = (change: (old: Timeline) => Timeline) => queryClient.setQueryData<Timeline>(keys.messages(message.ticketId), (old) => old && change(old));
  const retry = useMutation({ mutationFn: () => call(ticketEndpoints.retry, { params }), onSuccess: (fresh) => keep((old) => addMessage(old, fresh)), onError: failed });
  const undo = useMutation({ mutationFn: () => call(ticketEndpoints.undo, { params }), onSuccess: () => {
    keep((old) => ({ ...old, rows: old.rows.filter((one) => one.id !== message.id) }));
    insert(message.text, wholeOf(message), message.attachments);
  }, onError: failed });
  const leaves = delivery.state === 'queued' ? message.leavesAt : null;
  const soon = leaves ? Date.parse(leaves) - serverNow() < 120_000 : false;
  const bad = delivery.state === 'failed' || delivery.state === 'bounced';
  const reason = useReason(delivery);
  const state = delivery.missed?.length && bad ? t('delivery.missed', { who: delivery.missed.join(', ') }) : t(`delivery.${delivery.state}`);
  const Icon = icons[delivery.state];
  return (
    <p className={cx('mt-1 text-xs break-words', bad ? 'text-bad' : delivery.state === 'delayed' ? 'text-warn' : 'text-muted')} data-delivery={delivery.state}>
      <Icon size={13} aria-hidden className="me-1.5 inline align-[-2px]" />
      {leaves && !soon ? <>{t('delivery.later')} <At at={leaves} /></> : state}{leaves && soon ? <> <Watch until={leaves} /></> : null}{reason ? ` · ${reason}` : ''}{' '}
      {bad ? <button type="button" disabled={retry.isPending} className="min-h-6 rounded-sm px-1 font-medium text-accent underline underline-offset-2" onClick={() => retry.mutate()}>{t('retry')}</button> : null}
      {delivery.state === 'queued' ? <button type="button" disabled={undo.isPending} className="min-h-6 rounded-sm px-1 font-medium text-accent underline underline-offset-2" onClick={() => undo.mutate()}>{t('message.take-back')}</button> : null}
    </p>
  );
}
