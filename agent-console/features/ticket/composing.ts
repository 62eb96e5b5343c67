import { useEffect, useRef, useState } from 'react';
import type { Message, MessageInput } from '../../../protocol/messages';
import type { Ticket } from '../../../protocol/tickets';
import { useMe } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { uuid } from '../../lib/ids';
import { useInsert } from '../../lib/insert';
import { usePreferences } from '../../lib/preferences';
import { run, useCommand } from '../../lib/shortcuts';
import { send } from '../../realtime/outbox';
import { toast } from '../../ui/toast';
import { useTicketActions } from './actions';
import { newerThan, useDrafts, useMayWrite, useReplyChannels, useTyping, type Kind } from './composer-state';
import type { Then } from './send-button';
import { useUploads } from './uploads';

const split = (text: string): string[] => text.split(/[\s,;]+/).map((one) => one.trim()).filter((one) => one.includes('@'));

/** What can be written here and how: drafts, channel, plain or rich. */
function useWriting(ticket: Ticket, lastSeq: number) {
  const drafts = useDrafts(ticket.id, lastSeq);
  const channels = useReplyChannels(ticket);
  const [channelId, setChannelId] = useState<string>();
  const channel = channels.find((one) => one.id === channelId) ?? channels[0];
  const permitted = useMayWrite(ticket);
  const may = { agent: permitted.agent && channel !== undefined, note: permitted.note };
  const kind: Kind = may[drafts.kind] ? drafts.kind : may.agent ? 'agent' : 'note';
  const richText = usePreferences((state) => state.richText);
  return { drafts, channels, channel, setChannelId, may, kind, rich: richText && kind === 'agent' && channel?.composer.html === true };
}

type Writing = ReturnType<typeof useWriting>;

/** Text put here by something beside the composer. */
function useInserted({ drafts }: Writing, focus: () => void): void {
  const request = useInsert((state) => state.request);
  const inserted = useRef(request?.n ?? 0);
  const { draft, write } = drafts;
  useEffect(() => {
    if (!request || request.n === inserted.current) return;
    inserted.current = request.n;
    write({ text: draft.text ? `${draft.text.trimEnd()}\n\n${request.text}` : request.text, html: '' });
    requestAnimationFrame(focus);
  }, [request, draft.text, write, focus]);
}

interface Sending { writing: Writing; ticket: Ticket; seenSeq: number; attachmentIds: string[] }

/** What goes to the server. */
function inputOf({ writing: { drafts, channel, kind, rich }, ticket, seenSeq, attachmentIds }: Sending): MessageInput {
  const { text, html, cc } = drafts.draft;
  const reply = kind === 'agent';
  const copies = reply && channel?.composer.cc ? split(cc) : [];
  return {
    clientId: uuid(), kind, text: text.trim(), ...(rich && html ? { html } : {}), ...(attachmentIds.length > 0 ? { attachmentIds } : {}),
    ...(reply ? { seenSeq } : {}), ...(reply && channel && channel.id !== ticket.channel ? { channel: channel.id } : {}), ...(copies.length > 0 ? { cc: copies } : {}),
  };
}

/** Everything the composer does. Sending is refused once while a newer message of somebody else has not been read. */
export function useComposer(ticket: Ticket, messages: Message[]) {
  const { t } = useTranslation();
  const { account } = useMe();
  const lastSeq = messages.at(-1)?.seq ?? ticket.lastSeq;
  const writing = useWriting(ticket, lastSeq);
  const { drafts, channel, kind, may } = writing;
  const files = useUploads();
  const typing = useTyping(ticket.id);
  const actions = useTicketActions(ticket);
  const [warned, setWarned] = useState(false);
  const focuser = useRef<() => void>(() => {});
  const [focus] = useState(() => () => focuser.current());
  const newer = newerThan(messages, drafts.draft, { me: account.id, live: channel?.pace === 'live' });
  useInserted(writing, focus);

  const begin = (next: Kind) => {
    drafts.setKind(next);
    requestAnimationFrame(focus);
  };
  const ship = (then: Then, anyway = false): void => {
    if (!drafts.draft.text.trim() && files.done.length === 0) return;
    if (files.busy) return toast(t('files.wait'));
    if (kind === 'agent' && newer.length > 0 && !anyway) return setWarned(true);
    const input = inputOf({ writing, ticket, seenSeq: lastSeq, attachmentIds: files.done.map((file) => file.id) });
    send(ticket.id, { ...input, ...(then.sendAt ? { sendAt: then.sendAt } : {}) }, { author: account.name, files: files.done.map((file) => file.name) });
    drafts.clear();
    files.clear();
    setWarned(false);
    typing.stopped();
    if (then.status === 'pending') actions.setStatus('pending');
    if (then.status === 'solved') run('ticket.solve');
  };
  const read = () => {
    drafts.write({ seenSeq: lastSeq });
    setWarned(false);
    focus();
  };
  useCommand('ticket.reply', () => begin('agent'), may.agent);
  useCommand('ticket.note', () => begin('note'), may.note);
  useCommand('ticket.send', () => ship({}));
  return { ...writing, files, newer, warned, begin, ship, read, focuser, typed: typing.typed, empty: !drafts.draft.text.trim() && files.done.length === 0 };
}
