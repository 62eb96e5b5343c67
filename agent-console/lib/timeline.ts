import type { Message } from '../../protocol/messages';

/** Puts a message into a timeline: once per clientId, in order of seq, a later form of the same message wins. */
export function addMessage(timeline: readonly Message[], message: Message): Message[] {
  const others = timeline.filter((one) => one.clientId !== message.clientId && one.id !== message.id);
  const place = others.findIndex((one) => one.seq > message.seq);
  if (place < 0) return [...others, message];
  return [...others.slice(0, place), message, ...others.slice(place)];
}
