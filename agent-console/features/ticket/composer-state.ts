import { useCallback, useEffect, useRef, useState } from 'react';
import type { Message } from '../../../protocol/messages';
import type { Ticket } from '../../../protocol/tickets';
import { allows, useChannels, useMe } from '../../api/shared';
import { blankDraft, isBlank, keepDraft, readDraft, type Draft } from '../../lib/drafts';
import { uuid } from '../../lib/ids';
import { emit } from '../../realtime/socket';

export type Kind = 'agent' | 'note';

/** The two drafts of a ticket, kept over reloads. `seenSeq` is what was on the screen when the writing began; `version` goes up when a whole draft is put in its place. */
export function useDrafts(ticketId: string, lastSeq: number) {
  const [kind, setKind] = useState<Kind>('agent');
  const [version, setVersion] = useState(0);
  const [drafts, setDrafts] = useState<Record<Kind, Draft>>(() => ({ agent: readDraft(ticketId, 'agent') ?? blankDraft, note: readDraft(ticketId, 'note') ?? blankDraft }));
  const seen = useRef(lastSeq);
  seen.current = lastSeq;
  const put = useCallback((which: Kind, change: (old: Draft) => Draft) => setDrafts((all) => {
    const next = change(all[which]);
    keepDraft(ticketId, which, next);
    return { ...all, [which]: next };
  }), [ticketId]);
  const write = useCallback((change: Partial<Draft>) => put(kind, (old) => ({ ...old, ...(isBlank(old) ? { seenSeq: seen.current, clientId: uuid() } : {}), ...change })), [put, kind]);
  /** Puts a whole draft in place of one that is blank; another stays. */
  const replace = useCallback((which: Kind, draft: Partial<Draft>) => {
    put(which, (old) => (isBlank(old) ? { ...blankDraft, clientId: uuid(), seenSeq: seen.current, ...draft } : old));
    setVersion((n) => n + 1);
  }, [put]);
  const clear = () => put(kind, () => blankDraft);
  return { kind, setKind, draft: drafts[kind], other: drafts[kind === 'agent' ? 'note' : 'agent'], version, write, replace, clear };
}

/** Messages somebody else added since the writing began. On a live channel the customer may go on talking, so only colleagues count. */
export function newerThan(messages: readonly Message[], draft: Draft, who: { me: string; live: boolean }): Message[] {
  if (!draft.text.trim()) return [];
  return messages.filter((message) => message.seq > draft.seenSeq && message.author.id !== who.me && (message.kind === 'agent' || (message.kind === 'customer' && !who.live)) && !message.automatic);
}

/** Channels the ticket can be answered on: its own first, mail when there is an address. */
export function useReplyChannels(ticket: Ticket) {
  const channels = useChannels().data ?? [];
  const own = channels.find((channel) => channel.id === ticket.channel);
  const mail = channels.find((channel) => channel.composer.reply && channel.composer.subject && channel.media === 'text' && channel.id !== own?.id);
  const hasAddress = ticket.customer.address.includes('@') || ticket.participants.some((person) => person.address.includes('@'));
  return [...(own?.composer.reply ? [own] : []), ...(mail && hasAddress && mail.pace === 'deferred' ? [mail] : [])];
}

/** What the reader may write here. */
export function useMayWrite(ticket: Ticket): Record<Kind, boolean> {
  return { agent: allows(ticket.can, 'ticket.reply'), note: allows(ticket.can, 'ticket.note') };
}

/** Tells colleagues and, unless it is a note, the customer on a live channel that something is being written; at most every 3 s, and when it stops. */
export function useTyping(ticketId: string) {
  const last = useRef(0);
  const stop = useRef<ReturnType<typeof setTimeout>>(undefined);
  const tell = (on: boolean, aside = false) => void emit('typing', { ticketId, on, ...(aside ? { aside } : {}) }).catch(() => {});
  useEffect(() => () => clearTimeout(stop.current), []);
  return {
    typed: (kind: Kind) => {
      const aside = kind === 'note';
      if (Date.now() - last.current > 3000) {
        last.current = Date.now();
        tell(true, aside);
      }
      clearTimeout(stop.current);
      stop.current = setTimeout(() => tell(false, aside), 4000);
    },
    stopped: () => {
      if (last.current === 0) return;
      last.current = 0;
      clearTimeout(stop.current);
      tell(false);
    },
  };
}

/** The account id of the reader. */
export const useMyId = (): string => useMe().account.id;
