import type { Actor, Ctx } from '../kernel';
import { endWork } from './end-work';
import { Interactions, liveInteraction } from './interaction.model';
import { endInvitationsOf } from './invitations';

/** Ends whatever waits or goes on for a ticket and takes out of its episodes what tells of the customer; who did what how long stays. May be repeated. */
export async function eraseWork(ctx: Ctx, actor: Actor, ticketId: string): Promise<void> {
  const { companyId } = ctx;
  await endInvitationsOf(ctx, actor, { ticketId });
  const live = await liveInteraction(companyId, ticketId);
  if (live) await endWork(ctx, actor, { interaction: live, end: { how: live.acceptedAt ? 'handled' : 'withdrawn', disposition: null } });
  await Interactions.updateMany({ companyId, ticketId }, { $set: { subject: '', customerName: '', attributes: {}, phone: null } });
  await Interactions.updateMany({ companyId, ticketId, invitation: { $ne: null } }, { $set: { 'invitation.note': '' } });
}
