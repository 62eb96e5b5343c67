import { problem, system, type Ctx } from '../kernel';
import { attributesOf, linkRun, noteWrote, runById, runOfToken, triedText, type GuidePorts, type GuideRunDoc, type GuideTicket } from '../knowledge';
import { note, reachOf, receiveMessage, ticketById, within, type InboundMessage, type Received } from '../tickets';

/** Name of the attribute in which a channel hands over the run a customer comes from: its token. */
const runAttribute = 'guideRun';
/** The help session they come from. */
const sessionAttribute = 'helpSession';

/** Takes in a message; when its sender comes from a guide, the run goes along: its answers for the routing, its path for the agent. */
export async function receiveWithRun(ctx: Ctx, inbound: InboundMessage): Promise<Received> {
  const { [runAttribute]: token, [sessionAttribute]: session, ...attributes } = inbound.attributes;
  const runId = token === undefined ? null : runOfToken(ctx, token);
  const run = runId === null ? null : await runById(ctx.companyId, runId);
  const received = await receiveMessage(ctx, { ...inbound, attributes: { ...(run ? attributesOf(run) : {}), ...attributes } });
  if (received.ticketId && !received.duplicate) await noteWrote(ctx, { session, front: inbound.channel, locale: inbound.locale ?? '' }, received.ticketId);
  if (received.ticketId && run) await join(ctx, run, received.ticketId);
  return received;
}

async function join(ctx: Ctx, run: GuideRunDoc, ticketId: string): Promise<void> {
  const ticket = await ticketById(ctx.companyId, ticketId);
  const linked = ticket && (await linkRun(ctx, run._id, ticketId));
  if (!linked) return;
  const { title, steps } = await triedText(ctx, linked);
  await note(ctx, system('guide'), { ticket, code: 'guide-tried', params: { title, steps } });
}

/** What guides need from tickets. */
export const guidePorts: GuidePorts = {
  openTicket,
  async demandTicket(ctx, actor, ticketId) {
    const ticket = await ticketById(ctx.companyId, ticketId);
    if (!ticket || !within(await reachOf(ctx, actor), ticket)) throw problem('not-found');
  },
};

/** A letter, or a call to be returned; once per run. */
async function openTicket(ctx: Ctx, wanted: GuideTicket): Promise<string | null> {
  const phone = !wanted.address.includes('@');
  const run = await runById(ctx.companyId, wanted.runId);
  const { ticketId } = await receiveMessage(ctx, {
    channel: phone ? 'voice' : 'webform', sourceId: `guide:${wanted.runId}`, kind: phone ? 'call' : 'message', from: { kind: phone ? 'phone' : 'email', value: wanted.address, name: wanted.name, verified: false }, to: [], cc: [],
    subject: wanted.subject, text: wanted.text, html: null, replyText: null, attachments: [], call: phone ? { direction: 'in', from: wanted.address, to: '', seconds: 0, outcome: 'missed', recordingUrl: null } : null, at: new Date(ctx.clock.now()), locale: wanted.locale,
    thread: { references: [], forwarded: false }, automatic: false, bounce: null, spam: false, queue: wanted.queueId, handledBy: null, attributes: wanted.attributes, clientId: null, rawBlobId: null,
  });
  if (run && ticketId) await join(ctx, run, ticketId);
  return ticketId;
}
