import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type { Attachment } from '../../../protocol/messages';
import { writingEndpoints, type Draft as KeptDraft } from '../../../protocol/writing';
import { call } from '../../api/call';
import { addressesIn, isBlank, type Draft } from '../../lib/drafts';
import type { Kind } from './composer-state';

const quietMs = 1500;

interface Syncing { ticketId: string; kind: Kind; draft: Draft; files: Attachment[]; enabled: boolean; onFound: (kind: Kind, kept: KeptDraft) => void }

/** Drafts of a ticket on the server: mine, and those that colleagues share. */
export const useKeptDrafts = (ticketId: string, enabled: boolean) => useQuery({ queryKey: ['drafts', ticketId], queryFn: () => call(writingEndpoints.drafts, { query: { ticketId } }), enabled, staleTime: 0, refetchInterval: 30_000, select: ({ rows }) => rows });

const bodyOf = (ticketId: string, { kind, draft, files }: Pick<Syncing, 'kind' | 'draft' | 'files'>) => ({
  ticketId, kind, mode: draft.mode, text: draft.text, html: draft.html || null, subject: draft.subject, to: addressesIn(draft.to), cc: addressesIn(draft.cc), bcc: addressesIn(draft.bcc), attachmentIds: files.map(({ id }) => id), shared: draft.shared, seenSeq: draft.seenSeq,
});

/** Keeps what is being written on the server as well, a moment after the last key, and takes up there what was begun elsewhere. Answers colleagues' shared drafts and what to do once it was sent. */
export function useDraftSync({ ticketId, kind, draft, files, enabled, onFound }: Syncing) {
  const kept = useKeptDrafts(ticketId, enabled).data;
  const saved = useRef(new Map<string, string>());
  const sent = useRef(new Set<string>());
  const looked = useRef(false);
  const content = JSON.stringify(bodyOf(ticketId, { kind, draft, files }));
  const blank = isBlank(draft) && files.length === 0;
  useEffect(() => {
    if (!kept || looked.current) return;
    looked.current = true;
    for (const each of ['agent', 'note'] as const) {
      const mine = kept.find((one) => one.mine && one.kind === each);
      if (mine) onFound(each, mine);
    }
  }, [kept, onFound]);
  useEffect(() => {
    const { clientId } = draft;
    if (!enabled || !clientId || sent.current.has(clientId) || saved.current.get(clientId) === content || (blank && !saved.current.has(clientId))) return undefined;
    const timer = setTimeout(() => {
      saved.current.set(clientId, content);
      const params = { clientId };
      const remove = () => call(writingEndpoints.removeDraft, { params });
      const put = () => call(writingEndpoints.putDraft, { params, body: JSON.parse(content) as ReturnType<typeof bodyOf> });
      // Sent while it was being saved: the message is there, its draft must not stay.
      void (blank ? remove() : put()).then(() => (sent.current.has(clientId) ? remove() : null)).catch(() => saved.current.delete(clientId));
    }, quietMs);
    return () => clearTimeout(timer);
  }, [draft, content, blank, enabled]);
  const shared = useMemo(() => (kept ?? []).filter((one) => !one.mine && one.shared), [kept]);
  return { shared, gone: (clientId: string) => void sent.current.add(clientId) };
}
