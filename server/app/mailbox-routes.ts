import { channelEndpoints as api, mailboxEndpoints as more, type MailboxHealth, type MailServer } from '../../protocol';
import { audit, changedFields } from '../access';
import { addMailbox, changeMailbox, checkMailbox, mailboxesOf, presentMailbox, readHealth, senderFor, type MailboxDoc, type ReaderHealth } from '../channels/email';
import { badInput, problem, route, type Ctx, type Route } from '../kernel';
import { brokenLoops, listSuppressed, listUnsubscribed, mailCounts, resetLoop, resubscribe, unsuppress } from '../tickets';
import { queueById } from '../workforce';

const settingRoutes: Route[] = [
  route(api.mailboxes, 'ticket.read', async (ctx) => ({ rows: (await mailboxesOf(ctx.companyId)).map(presentMailbox) })),
  route(api.addMailbox, 'channel.manage', async (ctx, actor, { body }) => {
    await demandQueue(ctx, body.queueId);
    demandEncryption(body);
    const box = presentMailbox(await addMailbox(ctx, body));
    await audit(ctx, actor, { action: 'mailbox.added', subject: { kind: 'mailbox', id: box.id, name: box.address }, after: box });
    return box;
  }),
  route(api.changeMailbox, 'channel.manage', async (ctx, actor, { params, body }) => {
    if (body.queueId) await demandQueue(ctx, body.queueId);
    demandEncryption(body);
    const { before, after } = await changeMailbox(ctx, params.id, body);
    const changed = changedFields(presentMailbox(before), presentMailbox(after));
    await audit(ctx, actor, { action: 'mailbox.changed', subject: { kind: 'mailbox', id: after._id, name: after.address }, ...changed });
    return presentMailbox(after);
  }),
];

async function demandQueue(ctx: Ctx, id: string): Promise<void> {
  if (!(await queueById(ctx.companyId, id))) throw problem('unknown-queue');
}

const here = new Set(['localhost', '127.0.0.1', '::1']);

// A password in clear text never crosses a network.
function demandEncryption(servers: { imap?: MailServer | null; smtp?: MailServer | null }): void {
  for (const name of ['imap', 'smtp'] as const) {
    const server = servers[name];
    if (server?.security === 'none' && !here.has(server.host)) throw badInput({ [`${name}.security`]: 'must be tls or starttls: only a server on this machine may go without' });
  }
}

const unread: ReaderHealth = { state: 'starting', code: 'ok', detail: '', since: 0, checkedAt: null, lastMailAt: null, lagSeconds: null };
const moment = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

function presentHealth(box: MailboxDoc, known: ReaderHealth | undefined, counts: { waiting: number; sending: number; failed: number }): MailboxHealth {
  const health = box.imap ? (known ?? { ...unread, since: box.addedAt.getTime() }) : { ...unread, state: 'ok' as const, since: box.addedAt.getTime() };
  return { mailboxId: box._id, state: box.active ? health.state : 'off', code: health.code, detail: health.detail, since: new Date(health.since).toISOString(), checkedAt: moment(health.checkedAt), lastMailAt: moment(health.lastMailAt), lagSeconds: health.lagSeconds, ...counts };
}

const careRoutes: Route[] = [
  route(more.test, 'channel.manage', async (ctx, _actor, { body }) => {
    demandEncryption(body);
    await ctx.limits.take('mailbox-test', ctx.companyId, { points: 30, seconds: 60 });
    return checkMailbox(ctx, body);
  }),
  route(more.health, 'channel.manage', async (ctx) => {
    const [boxes, known, { waiting, leaving }] = await Promise.all([mailboxesOf(ctx.companyId), readHealth(ctx), mailCounts(ctx)]);
    const senders = await Promise.all([...leaving].map(async ([queueId, counts]) => ({ boxId: (await senderFor(ctx.companyId, queueId))?._id, ...counts })));
    const sum = (boxId: string, name: 'sending' | 'failed'): number => senders.filter((each) => each.boxId === boxId).reduce((all, each) => all + each[name], 0);
    return { rows: boxes.map((box) => presentHealth(box, known.get(box._id), { waiting: waiting.get(box._id) ?? 0, sending: sum(box._id, 'sending'), failed: sum(box._id, 'failed') })) };
  }),
  route(more.brokenLoops, 'board.watch', async (ctx) => ({ rows: await brokenLoops(ctx) })),
  route(more.resetLoop, 'board.watch', async (ctx, actor, { params }) => {
    await resetLoop(ctx, params);
    await audit(ctx, actor, { action: 'broken-loop.reset', subject: { kind: 'address', id: null, name: params.value } });
    return {};
  }),
  route(more.suppressed, 'ticket.reply', async (ctx) => ({ rows: await listSuppressed(ctx) })),
  route(more.unsuppress, 'ticket.reply', async (ctx, actor, { params }) => {
    await unsuppress(ctx, params.value);
    await audit(ctx, actor, { action: 'suppressed.released', subject: { kind: 'address', id: null, name: params.value } });
    return {};
  }),
  route(more.unsubscribed, 'channel.manage', async (ctx) => ({ rows: await listUnsubscribed(ctx) })),
  route(more.resubscribe, 'channel.manage', async (ctx, actor, { params }) => {
    await resubscribe(ctx, params.value);
    await audit(ctx, actor, { action: 'unsubscribed.released', subject: { kind: 'address', id: null, name: params.value } });
    return {};
  }),
];

/** Routes of mailboxes, and of the addresses nothing is sent to. */
export const mailboxRoutes: Route[] = [...settingRoutes, ...careRoutes];
