import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Attachment, Message } from '../../../protocol/messages';
import type { Ticket } from '../../../protocol/tickets';
import { writingEndpoints } from '../../../protocol/writing';
import { call } from '../../api/call';
import { isBlank, type Draft } from '../../lib/drafts';

interface Composing { ticket: Ticket; messages: Message[]; draft: Draft; mail: boolean; write: (change: Partial<Draft>) => void; adopt: (files: Attachment[]) => void }

/** What an answer by mail begins with: asked for once somebody begins one. Another mode fills in whom and what it is for. */
export function useComposition({ ticket, messages, draft, mail, write, adopt }: Composing) {
  const { mode, about: aboutId } = draft;
  const about = aboutId ? messages.find(({ id }) => id === aboutId) : messages.findLast(({ kind }) => kind === 'customer');
  const lastSeq = messages.at(-1)?.seq ?? 0;
  const asked = useQuery({
    queryKey: ['composition', ticket.id, mode, aboutId, lastSeq], enabled: mail && (!isBlank(draft) || mode !== 'reply'), placeholderData: (before) => before,
    queryFn: () => call(writingEndpoints.compose, { params: { id: ticket.id }, query: { mode, ...(aboutId ? { messageId: aboutId } : {}) } }),
  });
  const fresh = asked.isPlaceholderData ? undefined : asked.data;
  const filled = useRef(`${mode} ${aboutId}`);
  useEffect(() => {
    const now = `${mode} ${aboutId}`;
    if (!fresh || filled.current === now) return;
    filled.current = now;
    write({ to: draft.to || (mode === 'reply' && !aboutId ? '' : fresh.to.join(', ')), cc: draft.cc || fresh.cc.join(', '), subject: draft.subject || (mode === 'forward' ? fresh.subject : '') });
    if (mode === 'forward') adopt((about?.attachments ?? []).filter(({ id }) => fresh.attachmentIds.includes(id)));
  }, [fresh, mode, aboutId, about, draft, write, adopt]);
  return { about, data: asked.data };
}
