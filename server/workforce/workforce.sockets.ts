import { onAgent, problem, type Actor, type SocketHandler } from '../kernel';
import { setAgentState } from './agent-state';
import { acceptOffer, declineOffer } from './answer-offer';
import { becomeAgent } from './become-agent';
import { deskOf } from './desk';
import { noteActive, noteConnection } from './presence';

function accountId(actor: Actor): string {
  if (actor.kind !== 'account') throw problem('not-allowed');
  return actor.id;
}

/** What consoles send about states and offers. */
export const workforceSockets: SocketHandler[] = [
  onAgent('state.set', 'work.take', async ({ ctx, actor }, input) => {
    const agentId = accountId(actor);
    if (await becomeAgent(ctx, { id: agentId, name: actor.name })) await noteConnection(ctx, agentId, true);
    await setAgentState(ctx, actor, { agentId, state: input.state, reason: input.reason ?? '', handBack: input.handBack ?? false });
    return { desk: await deskOf(ctx, agentId) };
  }),
  onAgent('offer.accept', 'work.take', async ({ ctx, actor }, input) => {
    const agentId = accountId(actor);
    const { ticketId } = await acceptOffer(ctx, agentId, input.offerId);
    return { ticketId, desk: await deskOf(ctx, agentId) };
  }),
  onAgent('offer.decline', 'work.take', async ({ ctx, actor }, input) => {
    const agentId = accountId(actor);
    await declineOffer(ctx, agentId, input);
    return { desk: await deskOf(ctx, agentId) };
  }),
  onAgent('active', null, async ({ ctx, actor }) => {
    await noteActive(ctx, accountId(actor));
    return {};
  }),
];
