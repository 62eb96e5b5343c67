import type { Message } from '../../../protocol/messages';

/** Messages that stand together: neighbouring system entries fold into one line. */
export interface Group {
  key: string;
  /** The day, when it is a new one. */
  day: string | null;
  system: boolean;
  messages: Message[];
}

/** Folds neighbouring system entries of a day and marks where a day begins. */
export function group(messages: readonly Message[], dayOf: (at: string) => string): Group[] {
  const groups: Group[] = [];
  let lastDay = '';
  for (const message of messages) {
    const day = dayOf(message.at);
    const system = message.kind === 'system';
    const current = groups.at(-1);
    if (current && system && current.system && day === lastDay) current.messages.push(message);
    else groups.push({ key: message.id, day: day === lastDay ? null : day, system, messages: [message] });
    lastDay = day;
  }
  return groups;
}
