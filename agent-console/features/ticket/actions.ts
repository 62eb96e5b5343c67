import { useMutation } from '@tanstack/react-query';
import { useTranslation } from '../../lib/i18n';
import { ticketEndpoints, type Ticket } from '../../../protocol/tickets';
import { call } from '../../api/call';
import { problemText } from '../../api/problem';
import { useAgentName, useMe } from '../../api/shared';
import { keepTicket } from '../../api/tickets';
import { toast } from '../../ui/toast';

type Change = Partial<Pick<Ticket, 'subject' | 'status' | 'priority' | 'tags' | 'fields'>>;

/** Everything done to a ticket from its page, each with a way back where there is one. */
export function useTicketActions(ticket: Ticket) {
  const { t } = useTranslation();
  const { account } = useMe();
  const nameOf = useAgentName();
  const params = { id: ticket.id };
  const act = useMutation({
    mutationFn: (run: () => Promise<Ticket>) => run(),
    onSuccess: keepTicket,
    onError: (error) => toast(problemText(t, error), { bad: true }),
  });
  const change = (body: Change) => act.mutateAsync(() => call(ticketEndpoints.change, { params, body: { ...body, version: ticket.version } }));
  const assign = (ownerId: string | null) => act.mutateAsync(() => call(ticketEndpoints.assign, { params, body: { ownerId } }));
  const quietly = (promise: Promise<unknown>, done?: () => void) => void promise.then(done).catch(() => {});
  const changeBack = (body: Change) => act.mutate(() => call(ticketEndpoints.change, { params, body }));
  return {
    busy: act.isPending,
    setStatus: (status: Ticket['status']) => quietly(change({ status }), () => toast(t('done.status', { status: t(`status.${status}`) }), { undo: () => changeBack({ status: ticket.status === 'new' ? 'open' : ticket.status }) })),
    setPriority: (priority: Ticket['priority']) => quietly(change({ priority })),
    setTags: (tags: string[]) => quietly(change({ tags })),
    setSubject: (subject: string) => quietly(change({ subject })),
    assign: (ownerId: string | null) => quietly(assign(ownerId), () => toast(ownerId ? t('done.assigned', { name: nameOf(ownerId) }) : t('done.unassigned'), { undo: () => act.mutate(() => call(ticketEndpoints.assign, { params, body: { ownerId: ticket.ownerId } })) })),
    assignToMe: () => quietly(assign(account.id), () => toast(t('done.assigned-me'))),
    giveBack: () => quietly(act.mutateAsync(() => call(ticketEndpoints.returnToQueue, { params, body: {} })), () => toast(t('done.returned'))),
    trash: () => quietly(act.mutateAsync(() => call(ticketEndpoints.trash, { params })), () => toast(t('done.trashed'), { undo: () => act.mutate(() => call(ticketEndpoints.restore, { params })) })),
    snooze: () => act.mutate(() => call(ticketEndpoints.snooze, { params, body: { at: new Date(Date.now() + 86_400_000).toISOString() } })),
    wake: () => act.mutate(() => call(ticketEndpoints.wake, { params })),
    restore: () => act.mutate(() => call(ticketEndpoints.restore, { params })),
    spam: (spam: boolean) => quietly(act.mutateAsync(() => call(ticketEndpoints.spam, { params, body: { spam, blockSender: spam } })), () => spam && toast(t('done.spam'), { undo: () => act.mutate(() => call(ticketEndpoints.spam, { params, body: { spam: false, blockSender: false } })) })),
  };
}
