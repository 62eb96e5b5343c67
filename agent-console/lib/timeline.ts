import type { Message } from '../../protocol/messages';

/** What has been read of a ticket's messages: the newest, without a gap. */
export interface Timeline {
  rows: Message[];
  /** The server has earlier ones that are not among them. */
  earlier: boolean;
}

/** Puts a message into a timeline: once per clientId, in order of seq, a later form of the same message wins. One of a part that was not read stays out. */
export function addMessage(timeline: Timeline, message: Message): Timeline {
  const { rows, earlier } = timeline;
  if (earlier && message.seq < (rows[0]?.seq ?? 0)) return timeline;
  const others = rows.filter((one) => one.clientId !== message.clientId && one.id !== message.id);
  const found = others.findIndex((one) => one.seq > message.seq);
  const place = found < 0 ? others.length : found;
  return { rows: [...others.slice(0, place), message, ...others.slice(place)], earlier };
}
