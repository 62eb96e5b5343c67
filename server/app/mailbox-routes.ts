import { channelEndpoints as api } from '../../protocol';
import { audit, changedFields } from '../access';
import { addMailbox, changeMailbox, mailboxesOf, presentMailbox } from '../channels/email';
import { problem, route, type Ctx, type Route } from '../kernel';
import { queueById } from '../workforce';

/** Routes of mailboxes. */
export const mailboxRoutes: Route[] = [
  route(api.mailboxes, 'ticket.read', async (ctx) => ({ rows: (await mailboxesOf(ctx.companyId)).map(presentMailbox) })),
  route(api.addMailbox, 'channel.manage', async (ctx, actor, { body }) => {
    await demandQueue(ctx, body.queueId);
    const box = presentMailbox(await addMailbox(ctx, body));
    await audit(ctx, actor, { action: 'mailbox.added', subject: { kind: 'mailbox', id: box.id, name: box.address }, after: box });
    return box;
  }),
  route(api.changeMailbox, 'channel.manage', async (ctx, actor, { params, body }) => {
    if (body.queueId) await demandQueue(ctx, body.queueId);
    const { before, after } = await changeMailbox(ctx, params.id, body);
    const changed = changedFields(presentMailbox(before), presentMailbox(after));
    await audit(ctx, actor, { action: 'mailbox.changed', subject: { kind: 'mailbox', id: after._id, name: after.address }, ...changed });
    return presentMailbox(after);
  }),
];

async function demandQueue(ctx: Ctx, id: string): Promise<void> {
  if (!(await queueById(ctx.companyId, id))) throw problem('unknown-queue');
}
