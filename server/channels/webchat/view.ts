import type { ChatMessage, ChatState, Message } from '../../../protocol';
import type { ChannelHost } from '../channel';
import type { WidgetSession } from './session.model';
import { partyOf } from './visitor';

/** Where the widget fetches a file: with its token in a header. */
const fileAddress = (id: string): string => `/api/v1/widget/attachments/${id}`;

const shownFile = ({ id, name, type, size }: Message['attachments'][number]) => ({ id, name, type, size, url: fileAddress(id) });

/** A message as its customer may see it; null for what is not meant for them. */
export function chatMessageOf(message: Message): ChatMessage | null {
  if (message.kind !== 'customer' && message.kind !== 'agent') return null;
  const mine = message.kind === 'customer';
  return {
    id: message.id, seq: message.seq, clientId: message.clientId, from: mine ? 'me' : 'agent', name: mine ? '' : message.author.name, text: message.text, html: mine ? null : message.html,
    attachments: message.attachments.filter((each) => !each.inline).map(shownFile), at: message.at,
  };
}

/** What a visitor sees after a place. */
export interface View {
  ticketId: string | null;
  rows: ChatMessage[];
  state: ChatState;
}

export async function viewOf(host: ChannelHost, session: WidgetSession, afterSeq: number): Promise<View> {
  const { ticketId, messages, state } = await host.thread(partyOf(session), afterSeq);
  return { ticketId, rows: messages.flatMap((message) => chatMessageOf(message) ?? []), state };
}

/** As viewOf, for a widget that comes back: when its place belongs to an earlier conversation, the present one is told from its beginning. */
export async function viewSince(host: ChannelHost, session: WidgetSession, afterSeq: number): Promise<View> {
  const view = await viewOf(host, session, afterSeq);
  if (afterSeq === 0 || view.rows.length > 0) return view;
  const whole = await viewOf(host, session, 0);
  const last = whole.rows.at(-1)?.seq ?? 0;
  return last < afterSeq ? whole : view;
}
