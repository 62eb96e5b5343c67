import { mailboxEndpoints as api, type Quarantined } from '../../protocol';
import { audit } from '../access';
import { mailboxesOf, understandMail, type MailboxDoc } from '../channels/email';
import { problem, route, type Actor, type Ctx, type Route } from '../kernel';
import { discardQuarantined, intakeById, listQuarantine, originalOf, releaseQuarantined } from '../tickets';

type Intake = Awaited<ReturnType<typeof intakeById>>;
const headOnly = 64 * 1024;

async function present(ctx: Ctx, intake: Intake, boxes: MailboxDoc[]): Promise<Quarantined> {
  const content = await originalOf(ctx, intake);
  const mail = intake.channel === 'email' ? await understandMail(content.subarray(0, headOnly)).catch(() => null) : null;
  const from = mail?.from ? [mail.from.name, mail.from.address].filter(Boolean).join(' ') : '';
  return { id: intake._id, channel: intake.channel, mailbox: boxes.find((box) => box._id === intake.meta['mailboxId'])?.address ?? '', from: from.slice(0, 300), subject: (mail?.subject ?? '').slice(0, 300), size: content.length, reason: intake.reason, at: intake.at.toISOString(), tries: intake.tries ?? 0 };
}

const note = (ctx: Ctx, actor: Actor, { action, id }: { action: string; id: string }): Promise<void> => audit(ctx, actor, { action, subject: { kind: 'delivery', id, name: id } });

/** Routes of deliveries that could not be made messages. */
export const quarantineRoutes: Route[] = [
  route(api.quarantine, 'channel.manage', async (ctx, _actor, { query }) => {
    const [page, boxes] = await Promise.all([listQuarantine(ctx, query), mailboxesOf(ctx.companyId)]);
    return { rows: await Promise.all(page.rows.map((row) => present(ctx, row, boxes))), next: page.next };
  }),
  route(api.release, 'channel.manage', async (ctx, actor, { params }) => {
    await releaseQuarantined(ctx, params.id);
    await note(ctx, actor, { action: 'quarantine.released', id: params.id });
    return {};
  }),
  route(api.discard, 'channel.manage', async (ctx, actor, { params }) => {
    await discardQuarantined(ctx, params.id);
    await note(ctx, actor, { action: 'quarantine.discarded', id: params.id });
    return {};
  }),
  route(api.quarantinedOriginal, 'channel.manage', async (ctx, _actor, { params }) => {
    const intake = await intakeById(ctx, params.id);
    if (intake.state !== 'failed') throw problem('not-found');
    return (await originalOf(ctx, intake)).toString('utf8');
  }),
];
