import { useCallback, useEffect, useRef, useState } from 'react';
import type { Attachment, Message, MessageInput } from '../../../protocol/messages';
import type { Ticket } from '../../../protocol/tickets';
import { writingEndpoints, type Draft as KeptDraft } from '../../../protocol/writing';
import { call } from '../../api/call';
import { useMe } from '../../api/shared';
import { addressesIn, type Draft } from '../../lib/drafts';
import { useTranslation } from '../../lib/i18n';
import { uuid } from '../../lib/ids';
import { useInsert } from '../../lib/insert';
import { usePreferences } from '../../lib/preferences';
import { run, useCommand } from '../../lib/shortcuts';
import { send } from '../../realtime/outbox';
import { toast } from '../../ui/toast';
import { useTicketActions } from './actions';
import { newerThan, useDrafts, useMayWrite, useReplyChannels, useTyping, type Kind } from './composer-state';
import { useComposition } from './composition';
import { useDraftSync } from './draft-sync';
import type { Then } from './send-button';
import type { Field } from './suggest';
import { addFiles, useUploads } from './uploads';

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
  /** Mail has recipients, a subject and a quotation; nothing else does. */
  const mail = kind === 'agent' && channel?.composer.subject === true;
  return { drafts, channels, channel, setChannelId, may, kind, mail, rich: richText && kind === 'agent' && channel?.composer.html === true };
}

type Writing = ReturnType<typeof useWriting>;

/** Text or a whole beginning put here by something beside the composer. */
function useInserted({ drafts }: Writing, adopt: Uploads['adopt'], focus: () => void): void {
  const request = useInsert((state) => state.request);
  const inserted = useRef(request?.n ?? 0);
  const { draft, write, replace, setKind } = drafts;
  useEffect(() => {
    if (!request || request.n === inserted.current) return;
    inserted.current = request.n;
    if (request.draft) {
      setKind('agent');
      adopt(request.files, true);
      if (draft.text.trim()) write(request.draft.mode && !request.text ? request.draft : { text: `${draft.text.trimEnd()}\n\n${request.text}`, html: '' });
      else replace('agent', { ...request.draft, text: request.text });
    } else write({ text: draft.text ? `${draft.text.trimEnd()}\n\n${request.text}` : request.text, html: '' });
    requestAnimationFrame(focus);
  }, [request, draft.text, write, replace, setKind, adopt, focus]);
}

interface Sending { writing: Writing; ticket: Ticket; seenSeq: number; files: Attachment[]; aboutId: string | undefined }

/** What of a mail is not as the server would choose by itself. */
function mailPart({ writing: { drafts: { draft } }, ticket, aboutId }: Sending): Partial<MessageInput> {
  const [to, cc, bcc] = [addressesIn(draft.to), addressesIn(draft.cc), addressesIn(draft.bcc)];
  const subject = draft.subject.trim();
  return {
    ...(to.length > 0 ? { to } : {}), ...(cc.length > 0 ? { cc } : {}), ...(bcc.length > 0 ? { bcc } : {}), ...(subject && subject !== ticket.subject ? { subject } : {}),
    ...(draft.mode === 'forward' && aboutId ? { forwardOf: aboutId } : {}), ...(draft.quote === null ? {} : { quote: draft.quote }),
  };
}

/** What goes to the server. */
function inputOf(sending: Sending): MessageInput {
  const { writing: { drafts: { draft }, channel, kind, rich, mail }, ticket, seenSeq, files } = sending;
  const text = draft.text.trim();
  const mentions = kind === 'note' ? draft.mentions.filter(({ name }) => text.includes(`@${name}`)).map(({ id }) => id) : [];
  return {
    clientId: draft.clientId || uuid(), kind, text, ...(rich && draft.html ? { html: draft.html } : {}), ...(files.length > 0 ? { attachmentIds: files.map(({ id }) => id) } : {}),
    ...(kind === 'agent' ? { seenSeq } : {}), ...(kind === 'agent' && channel && channel.id !== ticket.channel ? { channel: channel.id } : {}), ...(mail ? mailPart(sending) : {}), ...(mentions.length > 0 ? { mentions } : {}),
  };
}

const draftOf = (kept: KeptDraft): Partial<Draft> => ({
  clientId: kept.clientId, mode: kept.mode === 'new' ? 'reply' : kept.mode, text: kept.text, html: kept.html ?? '', to: kept.to.join(', '), cc: kept.cc.join(', '), bcc: kept.bcc.join(', '), subject: kept.subject, shared: kept.shared, seenSeq: kept.seenSeq,
});

/** Takes up what was begun elsewhere, as long as nothing is written here. */
function useFound({ drafts }: Writing, adopt: (which: Kind, files: Attachment[]) => void): (kind: Kind, kept: KeptDraft) => void {
  const { replace, draft, other, kind } = drafts;
  const latest = useRef({ draft, other, kind, adopt });
  latest.current = { draft, other, kind, adopt };
  return useCallback((which, kept) => {
    const now = latest.current;
    const here = which === now.kind ? now.draft : now.other;
    if (here.clientId === kept.clientId || here.text.trim()) return;
    replace(which, draftOf(kept));
    now.adopt(which, kept.files);
  }, [replace]);
}

type Uploads = ReturnType<typeof useUploads>;

interface Moving { writing: Writing; uploads: Record<Kind, Uploads>; gone: (clientId: string) => void; focus: () => void }

/** Throws a draft away, or goes on with what a colleague has begun, as a draft of one's own. */
function useMoves({ writing: { drafts, kind }, uploads, gone, focus }: Moving) {
  const { t } = useTranslation();
  const { draft } = drafts;
  const discard = () => {
    gone(draft.clientId);
    void call(writingEndpoints.removeDraft, { params: { clientId: draft.clientId } }).catch(() => {});
    toast(t('draft.discarded'), { undo: () => drafts.replace(kind, { ...draft, clientId: uuid() }) });
    drafts.clear();
    uploads[kind].clear();
  };
  const takeUp = (kept: KeptDraft) => {
    if (draft.text.trim()) drafts.write({ text: `${draft.text.trimEnd()}\n\n${kept.text}`, html: '' });
    else drafts.replace(kept.kind, { ...draftOf(kept), clientId: uuid(), shared: false });
    drafts.setKind(kept.kind);
    uploads[kept.kind].adopt(kept.files);
    requestAnimationFrame(focus);
  };
  return { discard, takeUp };
}

/** Everything the composer does. Sending is refused once while a newer message of somebody else has not been read. */
export function useComposer(ticket: Ticket, messages: Message[]) {
  const { t } = useTranslation();
  const { account } = useMe();
  const lastSeq = messages.at(-1)?.seq ?? ticket.lastSeq;
  const writing = useWriting(ticket, lastSeq);
  const { drafts, channel, kind, may, rich } = writing;
  const { draft } = drafts;
  const uploads: Record<Kind, Uploads> = { agent: useUploads(), note: useUploads() };
  const files = uploads[kind];
  const typing = useTyping(ticket.id);
  const actions = useTicketActions(ticket);
  const [warned, setWarned] = useState(false);
  const field = useRef<Field | null>(null);
  const [focus] = useState(() => () => field.current?.focus());
  const newer = newerThan(messages, draft, { me: account.id, live: channel?.pace === 'live' });
  const done = files.doneWith(draft.html);
  const composition = useComposition({ ticket, messages, draft, mail: writing.mail, write: drafts.write, adopt: files.adopt });
  const sync = useDraftSync({ ticketId: ticket.id, kind, draft, files: done, enabled: kind === 'note' || channel?.pace === 'deferred', onFound: useFound(writing, (which, kept) => uploads[which].adopt(kept)) });
  useInserted(writing, uploads.agent.adopt, focus);

  const begin = (next: Kind) => {
    drafts.setKind(next);
    requestAnimationFrame(focus);
  };
  const ship = (then: Then, anyway = false): void => {
    if (!draft.text.trim() && done.length === 0) return;
    if (files.busy) return toast(t('files.wait'));
    if (writing.mail && draft.mode === 'forward' && addressesIn(draft.to).length === 0) return toast(t('composer.no-to'), { bad: true });
    if (kind === 'agent' && newer.length > 0 && !anyway) return setWarned(true);
    const input = inputOf({ writing, ticket, seenSeq: lastSeq, files: done, aboutId: composition.about?.id });
    send(ticket.id, { ...input, ...(then.sendAt ? { sendAt: then.sendAt } : {}) }, { author: account.name, files: done.map((file) => file.name), live: kind === 'agent' && channel?.pace === 'live' && !then.sendAt });
    sync.gone(input.clientId);
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
  const moves = useMoves({ writing, uploads, gone: sync.gone, focus });
  return { ...writing, ...moves, files, addFiles: (list: Iterable<File>) => addFiles(list, { files, rich, field: field.current }), composition, shared: sync.shared, newer, warned, begin, ship, read, field, typed: typing.typed, empty: !draft.text.trim() && done.length === 0 };
}
