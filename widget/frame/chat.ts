import type { ChatMessage, ChatState } from '../../protocol/webchat';
import type { Api } from './api';
import { newId } from './ids';
import type { Keep } from './keep';
import { Link } from './link';
import { Outbox } from './outbox';
import type { Session } from './session';
import { noChat } from './store';
import type { Store } from './store';
import { askFrom, confirm, emptyThread, isAnother, lastSeq, unreadCount, withPending } from './thread';
import type { Pending } from './thread';

type Timer = ReturnType<typeof setTimeout> | undefined;

export interface ChatParts {
  api: Api;
  keep: Keep;
  session: Session;
  store: Store;
  origin: string;
  emit(event: string, data: object): void;
  dial(url: string): WebSocket;
  /** Whether the visitor can see the page. */
  visible(): boolean;
  /** How long an acknowledgement may take, ms; the link's own patience when absent. */
  patience?: number;
}

/** An answer of so many messages may not be the last one. */
const PART = 100;
const GAP_PAUSE = 1500;
const TYPING_SHOWN = 8000;
const SILENT = 2500;
const pauseFor = (attempts: number) => Math.min(10_000, 300 * 2 ** attempts);

/** Talking with a person: keeps thread and state true over outages, reloads and tabs. */
export class Chat {
  readonly outbox: Outbox;
  readonly link: Link;
  private confirmedSeq = 0;
  private toldRead = 0;
  private typingTimer: Timer;
  private lostTimer: Timer;
  private gapTimer: Timer;

  constructor(private readonly parts: ChatParts) {
    const { store, session, origin, dial } = parts;
    this.link = new Link({
      origin, dial, token: session.token, renew: session.renew,
      connected: () => void this.hello().catch(() => this.link.restart()),
      lost: () => this.lost(),
      told: { message: (row) => this.take([row]), state: (chat) => store.set({ chat }), typing: ({ on, name }) => this.typed(on ? name : null) },
    }, parts.patience);
    this.outbox = new Outbox({
      keep: parts.keep,
      send: (message) => this.deliver(message),
      stored: (message) => this.take([message]),
      changed: (pending) => store.set({ thread: withPending(store.get().thread, pending) }),
      pause: (attempts) => new Promise((resume) => setTimeout(resume, pauseFor(attempts))),
    });
    store.set({ thread: withPending(store.get().thread, this.outbox.pending) });
  }

  send(text: string, attachments: Pending['attachments'], topic?: string): void {
    this.outbox.add({ clientId: newId(), text, attachments, at: Date.now(), ...(topic ? { topic } : {}) });
  }

  typing = (on: boolean): void => void this.link.send('typing', { on }).catch(() => undefined);

  upload = async (file: File): Promise<Pending['attachments'][number]> => {
    const { api, session } = this.parts;
    const form = new FormData();
    form.append('file', file, file.name);
    return api.call('/widget/attachments', { method: 'POST', body: form, token: await session.token() });
  };

  async file(url: string): Promise<Blob> {
    return this.parts.api.file(url, await this.parts.session.token());
  }

  async rate(score: number, comment: string): Promise<void> {
    await this.link.send('chat.rate', { score, ...(comment ? { comment } : {}) });
    this.parts.emit('rated', { score });
  }

  /** The visitor is answered by phone or mail instead of waiting here, in the same place. */
  async answerBy(way: 'phone' | 'email', value: string): Promise<void> {
    const { api, session, store } = this.parts;
    const { state } = await api.call<{ state: ChatState }>(way === 'phone' ? '/widget/callbacks' : '/widget/address', { method: 'POST', body: { [way]: value }, token: await session.token() });
    store.set({ chat: state });
  }

  /** The conversation so far goes to an address by mail. */
  async mailCopy(email: string): Promise<void> {
    const { api, session } = this.parts;
    await api.call('/widget/transcripts', { method: 'POST', body: { email }, token: await session.token() });
  }

  /** Tells the server how far the visitor has read, when the thread is before their eyes. */
  look(): void {
    const { store, keep, visible } = this.parts;
    const { open, view, thread } = store.get();
    const seq = lastSeq(thread.rows);
    if (!open || view !== 'chat' || !visible() || seq === 0) return;
    if (seq > this.readSeq()) keep.set('read', String(seq));
    store.set({ unread: 0 });
    if (seq <= this.toldRead) return;
    const before = this.toldRead;
    this.toldRead = seq;
    this.link.send('read', { seq }).catch(() => {
      this.toldRead = before;
    });
  }

  close(): void {
    this.link.close();
    [this.typingTimer, this.lostTimer, this.gapTimer].forEach(clearTimeout);
  }

  /** Another visitor is here now. */
  reset(): void {
    const { keep, store } = this.parts;
    this.confirmedSeq = this.toldRead = 0;
    keep.set('read', null);
    this.outbox.clear();
    store.set({ thread: emptyThread, chat: noChat, unread: 0 });
    this.link.restart();
  }

  private readSeq(): number {
    return Number(this.parts.keep.get('read') ?? 0);
  }

  private async deliver({ clientId, text, attachments, topic }: Pending): Promise<ChatMessage> {
    const payload = { clientId, text, attachmentIds: attachments.map((one) => one.id), ...(topic ? { topic } : {}), ...this.parts.store.get().trail };
    return (await this.link.send('message.send', payload)).message;
  }

  /** `fresh`: said just now, or missed; what an earlier visit has seen is no news to the page. */
  private take(news: readonly ChatMessage[], fresh = true): void {
    const { store, keep, emit } = this.parts;
    const before = store.get().thread;
    const known = new Set(before.rows.map((row) => row.id));
    const thread = confirm(before, news);
    const last = lastSeq(before.rows);
    // A place was left out: a note between colleagues, or a message that was lost on the way. Asking is cheap.
    if (last > 0 && news.length === 1 && lastSeq(thread.rows) > last + 1) this.gapTimer ??= setTimeout(() => this.mend(), GAP_PAUSE);
    if (isAnother(before, thread)) this.confirmedSeq = this.toldRead = 0;
    this.outbox.confirmed(new Set(news.map((row) => row.clientId)));
    if (this.readSeq() > lastSeq(thread.rows)) keep.set('read', null);
    store.set({ thread: withPending(thread, this.outbox.pending), unread: unreadCount(thread.rows, this.readSeq()) });
    for (const row of news) if (fresh && !known.has(row.id)) emit('message', { from: row.from, name: row.name, text: row.text });
    this.look();
  }

  private mend(): void {
    this.gapTimer = undefined;
    this.hello().catch(() => undefined);
  }

  /** Asks for what was missed, in as many parts as it takes, before anything waiting is sent. */
  private async hello(): Promise<void> {
    const { store } = this.parts;
    for (let from = askFrom(this.confirmedSeq), more = true; more;) {
      const { rows, state } = await this.link.send('hello', { afterSeq: from });
      this.take(rows, this.confirmedSeq > 0);
      store.set({ chat: state });
      const last = lastSeq(rows);
      more = rows.length >= PART && last > from;
      if (last > 0) from = this.confirmedSeq = last;
    }
    clearTimeout(this.lostTimer);
    this.lostTimer = undefined;
    store.set({ offline: false });
    this.outbox.online(true);
  }

  private lost(): void {
    this.outbox.online(false);
    this.typed(null);
    this.lostTimer ??= setTimeout(() => this.parts.store.set({ offline: true }), SILENT);
  }

  private typed(name: string | null): void {
    clearTimeout(this.typingTimer);
    this.parts.store.set({ typing: name });
    if (name !== null) this.typingTimer = setTimeout(() => this.typed(null), TYPING_SHOWN);
  }
}
