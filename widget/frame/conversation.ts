import type { ChatMessage } from '../../protocol/webchat';
import type { Api } from './api';
import type { Keep } from './keep';
import { createOutbox } from './outbox';
import { newId } from './ids';
import type { Session } from './session';
import { createLink } from './link';
import { noChat } from './store';
import type { Store } from './store';
import { askFrom, confirm, emptyThread, isAnother, lastSeq, unreadCount, withPending } from './thread';
import type { Pending } from './thread';

type Emit = (event: string, data: object) => void;
type Parts = { api: Api; keep: Keep; session: Session; store: Store; origin: string; emit: Emit };

/** An answer of so many messages may not be the last one. */
const PART = 100;
const TYPING_SHOWN = 8000;
const pauseFor = (attempts: number) => Math.min(10_000, 300 * 2 ** attempts);

/** The conversation with a person: keeps thread and state true over outages, reloads and tabs. */
export function createConversation({ api, keep, session, store, origin, emit }: Parts) {
  let confirmedSeq = 0;
  let toldRead = 0;
  let typingTimer = 0;
  let lostTimer = 0;
  const seen = () => Number(keep.get('read') ?? 0);

  /** `fresh`: said just now, or missed; what an earlier visit has seen is no news to the page. */
  const take = (news: readonly ChatMessage[], fresh = true) => {
    const before = store.get().thread;
    const known = new Set(before.rows.map((row) => row.id));
    const thread = confirm(before, news);
    if (isAnother(before, thread)) confirmedSeq = toldRead = 0;
    outbox.confirmed(new Set(news.map((row) => row.clientId)));
    if (seen() > lastSeq(thread.rows)) keep.set('read', null);
    store.set({ thread: withPending(thread, outbox.pending()), unread: unreadCount(thread.rows, seen()) });
    for (const row of news) if (fresh && !known.has(row.id)) emit('message', { from: row.from, name: row.name, text: row.text });
    look();
  };

  /** Tells the server how far the visitor has read, when the conversation is before their eyes. */
  const look = () => {
    const { open, view, thread } = store.get();
    const seq = lastSeq(thread.rows);
    if (!open || view !== 'chat' || document.hidden || seq === 0) return;
    if (seq > seen()) keep.set('read', String(seq));
    store.set({ unread: 0 });
    if (seq <= toldRead) return;
    const before = toldRead;
    toldRead = seq;
    link.send('read', { seq }).catch(() => {
      toldRead = before;
    });
  };

  /** Asks for what was missed, in as many parts as it takes, before anything waiting is sent. */
  const hello = async () => {
    for (let from = askFrom(confirmedSeq), more = true; more;) {
      const { rows, state } = await link.send('hello', { afterSeq: from });
      take(rows, confirmedSeq > 0);
      store.set({ chat: state });
      const last = lastSeq(rows);
      more = rows.length >= PART && last > from;
      if (last > 0) from = confirmedSeq = last;
    }
    clearTimeout(lostTimer);
    lostTimer = 0;
    store.set({ offline: false });
    outbox.online(true);
  };

  const lost = () => {
    outbox.online(false);
    store.set({ typing: null });
    lostTimer ||= window.setTimeout(() => store.set({ offline: true }), 2500);
  };

  const link = createLink({
    origin, dial: (url) => new WebSocket(url), token: session.token, renew: session.renew, lost,
    connected: () => void hello().catch(() => link.restart()),
    told: {
      message: (row) => take([row]),
      state: (chat) => store.set({ chat }),
      typing({ on, name }) {
        clearTimeout(typingTimer);
        store.set({ typing: on ? name : null });
        if (on) typingTimer = window.setTimeout(() => store.set({ typing: null }), TYPING_SHOWN);
      },
    },
  });

  const outbox = createOutbox({
    keep,
    async send({ clientId, text, attachments, topic }) {
      const payload = { clientId, text, attachmentIds: attachments.map((one) => one.id), ...(topic ? { topic } : {}) };
      return (await link.send('message.send', payload)).message;
    },
    stored: (message) => take([message]),
    changed: (pending) => store.set({ thread: withPending(store.get().thread, pending) }),
    pause: (attempts) => new Promise((resume) => setTimeout(resume, pauseFor(attempts))),
  });
  store.set({ thread: withPending(store.get().thread, outbox.pending()) });
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return;
    link.wake();
    look();
  });
  addEventListener('online', link.wake);
  addEventListener('offline', link.restart);

  return {
    outbox, look,
    connect: link.connect,
    send(text: string, attachments: Pending['attachments'], topic?: string) {
      outbox.add({ clientId: newId(), text, attachments, at: Date.now(), ...(topic ? { topic } : {}) });
    },
    typing: (on: boolean) => void link.send('typing', { on }).catch(() => undefined),
    async upload(file: File) {
      const form = new FormData();
      form.append('file', file, file.name);
      return api.call<Pending['attachments'][number]>('/widget/attachments', { method: 'POST', body: form, token: await session.token() });
    },
    file: async (url: string) => api.file(url, await session.token()),
    end: () => link.send('chat.end', {}),
    async rate(score: number, comment: string) {
      await link.send('chat.rate', { score, ...(comment ? { comment } : {}) });
      emit('rated', { score });
    },
    close: link.close,
    /** Another visitor is here now. */
    reset() {
      confirmedSeq = toldRead = 0;
      keep.set('read', null);
      outbox.clear();
      store.set({ thread: emptyThread, chat: noChat, unread: 0 });
      link.restart();
    },
  };
}

export type Conversation = ReturnType<typeof createConversation>;
