import { X } from 'lucide-react';
import { ticketEndpoints, type Ticket } from '../../../protocol/tickets';
import type { Helper } from '../../../protocol/invitations';
import { call } from '../../api/call';
import { queryClient } from '../../api/client';
import { keys } from '../../api/keys';
import { problemText } from '../../api/problem';
import { useAgentName, useMe, useQueues } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { IconButton } from '../../ui/button';
import { Chip } from '../../ui/marks';
import { toast } from '../../ui/toast';

function One({ ticket, helper }: { ticket: Ticket; helper: Helper }) {
  const { t } = useTranslation();
  const { account, abilities } = useMe();
  const nameOf = useAgentName();
  const queue = useQueues().data?.find((one) => one.id === helper.queueId);
  const name = helper.agentId ? nameOf(helper.agentId) : queue?.name ?? '';
  const mayEnd = [ticket.ownerId, helper.agentId].includes(account.id) || abilities.includes('work.reassign');
  const end = () => void call(ticketEndpoints.endInvitation, { params: { id: ticket.id, invitationId: helper.id } })
    .then(() => queryClient.invalidateQueries({ queryKey: keys.ticket(ticket.id) }), (error: unknown) => toast(problemText(t, error), { bad: true }));
  return (
    <span data-testid="helper" data-state-name={helper.state} className="inline-flex items-center">
      <Chip>{t(helper.state === 'assigned' ? `help.in.${helper.kind}` : `help.asked.${helper.kind}`, { name })}</Chip>
      {mayEnd ? <IconButton small label={t(helper.state === 'assigned' ? 'help.end' : 'help.take-back', { name })} onClick={end}><X size={12} /></IconButton> : null}
    </span>
  );
}

/** Colleagues who were asked to take over or help, and those who do. */
export function Helpers({ ticket }: { ticket: Ticket }) {
  return <>{ticket.helpers.map((helper) => <One key={helper.id} ticket={ticket} helper={helper} />)}</>;
}
