import { channelEndpoints as api, type Mailbox } from '../../protocol';
import { audit } from '../access';
import { Mailboxes, mailboxesOf, type MailboxDoc } from '../channels/email';
import type { ChannelHost } from '../channels/channel';
import { acceptCall } from '../channels/voice';
import { acceptForm } from '../channels/webform';
import { isDuplicate, newId, problem, route, type Ctx, type Route } from '../kernel';
import { queueById } from '../workforce';

const present = (box: MailboxDoc): Mailbox => ({ id: box._id, address: box.address, name: box.name, queueId: box.queueId, signature: box.signature, active: box.active });

/** Routes by which machines and forms hand things in, and those of mailboxes. `hostOf` makes a channel's host. */
export function intakeRoutes(hostOf: (channel: string, companyId: string) => ChannelHost): Route[] {
  return [
    route(api.callRecord, 'call.report', async (ctx, _actor, { body }) => ({ accepted: true as const, duplicate: (await acceptCall(hostOf('voice', ctx.companyId), body)).duplicate })),
    route(api.form, null, async (ctx, _actor, { body, request }) => ({ accepted: true as const, duplicate: (await acceptForm(hostOf('webform', ctx.companyId), body, request.ip ?? 'unknown')).duplicate })),
    route(api.mailboxes, 'ticket.read', async (ctx) => ({ rows: (await mailboxesOf(ctx.companyId)).map(present) })),
    route(api.addMailbox, 'channel.manage', async (ctx, actor, { body }) => {
      await demandQueue(ctx, body.queueId);
      const box: MailboxDoc = { _id: newId(), companyId: ctx.companyId, ...body, active: true };
      await Mailboxes.create(box).catch((error: unknown) => { throw isDuplicate(error) ? problem('already-exists') : error; });
      await audit(ctx, actor, { action: 'mailbox.added', subject: { kind: 'mailbox', id: box._id, name: box.address }, before: {}, after: body });
      return present(box);
    }),
    route(api.changeMailbox, 'channel.manage', async (ctx, actor, { params, body }) => {
      if (body.queueId) await demandQueue(ctx, body.queueId);
      const before = await Mailboxes.findOne({ companyId: ctx.companyId, _id: params.id }).lean<MailboxDoc>();
      const after = await Mailboxes.findOneAndUpdate({ companyId: ctx.companyId, _id: params.id }, { $set: body }, { returnDocument: 'after' }).lean<MailboxDoc>();
      if (!before || !after) throw problem('not-found');
      await audit(ctx, actor, { action: 'mailbox.changed', subject: { kind: 'mailbox', id: after._id, name: after.address }, before: Object.fromEntries(Object.keys(body).map((key) => [key, before[key as keyof MailboxDoc]])), after: body });
      return present(after);
    }),
  ];
}

async function demandQueue(ctx: Ctx, id: string): Promise<void> {
  if (!(await queueById(ctx.companyId, id))) throw problem('unknown-queue');
}
