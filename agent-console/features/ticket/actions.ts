import { useMutation } from '@tanstack/react-query';
import { useTranslation } from '../../lib/i18n';
import type { TicketAction } from '../../../protocol/lists';
import { bondEndpoints } from '../../../protocol/ticket-bonds';
import { ticketEndpoints, type Ticket } from '../../../protocol/tickets';
import { call } from '../../api/call';
import { problemText } from '../../api/problem';
import { useAgentName, useMe } from '../../api/shared';
import { keepTicket } from '../../api/tickets';
import { record } from '../../lib/recorder';
import { toast } from '../../ui/toast';

/** Keeps a step for the macro being recorded; always true, so that it can stand before what else is done. */
function noted(step: TicketAction | null): true {
  if (step) record(step);
  return true;
}

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
  const quietly = (promise: Promise<unknown>, done?: () => unknown) => void promise.then(done).catch(() => {});
  const changeBack = (body: Change) => act.mutate(() => call(ticketEndpoints.change, { params, body }));
  return {
    busy: act.isPending,
    setStatus: (status: Ticket['status']) => quietly(change({ status }), () => noted(status === 'new' || status === 'closed' ? null : { kind: 'status', status }) && toast(t('done.status', { status: t(`status.${status}`) }), { undo: () => changeBack({ status: ticket.status === 'new' ? 'open' : ticket.status }) })),
    setPriority: (priority: Ticket['priority']) => quietly(change({ priority }), () => noted({ kind: 'priority', priority })),
    setTags: (tags: string[]) => quietly(change({ tags }), () => {
      const added = tags.filter((tag) => !ticket.tags.includes(tag));
      const gone = ticket.tags.filter((tag) => !tags.includes(tag));
      if (added.length > 0) noted({ kind: 'add-tags', tags: added });
      if (gone.length > 0) noted({ kind: 'remove-tags', tags: gone });
    }),
    setSubject: (subject: string) => quietly(change({ subject })),
    assign: (ownerId: string | null) => quietly(assign(ownerId), () => noted({ kind: 'assign', to: ownerId ?? 'nobody' }) && toast(ownerId ? t('done.assigned', { name: nameOf(ownerId) }) : t('done.unassigned'), { undo: () => act.mutate(() => call(ticketEndpoints.assign, { params, body: { ownerId: ticket.ownerId } })) })),
    assignToMe: () => quietly(assign(account.id), () => noted({ kind: 'assign', to: 'me' }) && toast(t('done.assigned-me'))),
    giveBack: () => quietly(act.mutateAsync(() => call(ticketEndpoints.returnToQueue, { params, body: {} })), () => toast(t('done.returned'))),
    trash: () => quietly(act.mutateAsync(() => call(ticketEndpoints.trash, { params })), () => toast(t('done.trashed'), { undo: () => act.mutate(() => call(ticketEndpoints.restore, { params })) })),
    snooze: (wish: { at: string; kind: 'snooze' | 'follow-up'; note: string }) => quietly(act.mutateAsync(() => call(ticketEndpoints.snooze, { params, body: wish })), () => toast(t('done.snoozed'), { undo: () => act.mutate(() => call(ticketEndpoints.wake, { params })) })),
    wake: () => act.mutate(() => call(ticketEndpoints.wake, { params })),
    restore: () => act.mutate(() => call(ticketEndpoints.restore, { params })),
    unmerge: () => act.mutate(() => call(bondEndpoints.unmerge, { params })),
    spam: (spam: boolean) => quietly(act.mutateAsync(() => call(ticketEndpoints.spam, { params, body: { spam, blockSender: spam } })), () => spam && toast(t('done.spam'), { undo: () => act.mutate(() => call(ticketEndpoints.spam, { params, body: { spam: false, blockSender: false } })) })),
  };
}
