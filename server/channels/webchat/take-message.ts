import type { z } from 'zod';
import type { ChatMessage, customerSends } from '../../../protocol';
import { badInput, problem, type BlobInfo } from '../../kernel';
import type { ChannelHost, Inbound } from '../channel';
import type { WidgetSession } from './session.model';
import type { WebchatSettings } from './settings';
import { chatMessageOf, viewOf } from './view';
import { partyOf } from './visitor';

type Input = z.output<(typeof customerSends)['message.send']>;

/** Owner of files that were uploaded and not sent yet. */
export const uploadOwner = (session: WidgetSession) => ({ kind: 'widget', id: session._id });

/** Makes a message of what the visitor wrote; resolved means stored. The same clientId again has no second effect. Throws sender-blocked, bad-input. */
export async function takeMessage(host: ChannelHost, { session, currentId }: { session: WidgetSession; currentId: string | null }, input: Input): Promise<{ message: ChatMessage; ticketId: string }> {
  const files = await filesOf(host, session, input.attachmentIds);
  const inbound = { ...(await inboundOf(host, session, input)), thread: { references: [], forwarded: false, ...(currentId ? { currentId } : {}) } };
  const taken = await host.intake(inbound);
  if (taken.ticketId === null || taken.messageId === null || taken.seq === null) throw problem('sender-blocked');
  const message = chatMessageOf({
    id: taken.messageId, ticketId: taken.ticketId, seq: taken.seq, clientId: input.clientId, kind: 'customer', channel: 'webchat', author: { id: null, name: session.name }, subject: '', text: input.text, html: null, replyText: null,
    to: [], cc: [], call: null, system: null, automatic: false, delivery: null, at: inbound.at.toISOString(), receivedAt: inbound.at.toISOString(),
    attachments: files.map(({ _id, name, type, size }) => ({ id: _id, name, type, size, inline: false, url: '' })),
  });
  if (!message) throw new Error('A customer\'s own message is always theirs to see');
  return { message, ticketId: taken.ticketId };
}

// An upload belongs to who made it; in a repeated send it belongs to their ticket already.
async function filesOf(host: ChannelHost, session: WidgetSession, ids: string[]): Promise<BlobInfo[]> {
  if (ids.length === 0) return [];
  const { ctx } = host;
  const infos = await Promise.all(ids.map((id) => ctx.blobs.info(ctx.companyId, id)));
  const own = uploadOwner(session);
  const known = infos.filter((info) => info !== null);
  const mine = (info: BlobInfo): boolean => info.owner.kind === own.kind && info.owner.id === own.id;
  const fresh = known.filter(mine);
  if (fresh.length === infos.length) return fresh;
  const { rows } = await viewOf(host, session, 0);
  const seen = new Set(rows.flatMap((row) => row.attachments.map((each) => each.id)));
  const usable = known.filter((info) => mine(info) || seen.has(info._id));
  if (usable.length < infos.length) throw badInput({ attachmentIds: 'names a file that is not there any more; upload it again' });
  return usable;
}

async function inboundOf(host: ChannelHost, session: WidgetSession, input: Input): Promise<Inbound> {
  const [{ queueId }, brand] = await Promise.all([host.settings<WebchatSettings>(), host.brand({ id: session.brandId })]);
  const attributes = Object.entries({ page: session.page, email: session.email, topic: input.topic ?? '', guideRun: input.guideRun ?? '', helpSession: input.session ?? '' }).filter(([, value]) => value !== '').map(([name, value]) => [name, value.slice(0, 500)]);
  return {
    sourceId: `${session.visitorId}:${input.clientId}`, kind: 'message', from: partyOf(session), to: [], cc: [], subject: input.topic ?? '', text: input.text, html: null, replyText: null,
    attachments: input.attachmentIds.map((blobId) => ({ blobId, inline: false })), call: null, at: new Date(host.ctx.clock.now()), locale: session.locale, thread: { references: [], forwarded: false },
    automatic: false, bounce: null, spam: false, queue: brand?.chatQueueId || queueId || null, handledBy: null, attributes: Object.fromEntries(attributes) as Record<string, string>, clientId: input.clientId, rawBlobId: null,
  };
}
