import type { Api } from './api';
import type { Chat } from './chat';
import type { Keep } from './keep';
import type { About, Session } from './session';
import type { Settings, Store, View } from './store';

type Parts = { api: Api; keep: Keep; store: Store; session: Session; chat: Chat; consentAsked: boolean; settings(): Promise<Settings> };
type Context = About & { topic?: string };
type Letter = { clientId: string; text: string; email: string; name?: string };

const DAY = 86_400_000;

/** Opening, closing and moving about. */
export function createMoves({ keep, store, chat, consentAsked, settings }: Parts) {
  /** Settings are fetched each time the panel opens, so that the wait shown is true; one that are there are shown meanwhile. */
  const refresh = async () => {
    const before = store.get().settings;
    if (before.is !== 'there') store.set({ settings: { is: 'busy' } });
    try {
      const value = await settings();
      if (value.consent && !consentAsked && keep.get('agreed') === null) {
        keep.allow(false);
        store.set({ agreed: false });
      }
      store.set({ settings: { is: 'there', value } });
    } catch {
      if (before.is !== 'there') store.set({ settings: { is: 'failed' } });
    }
  };
  const open = () => {
    store.set({ open: true, greeting: null });
    if (store.get().agreed) void refresh();
    chat.look();
  };
  const close = () => store.set({ open: false });
  const greetedAt = () => Number(keep.get('greeted') ?? 0);
  return {
    refresh, open, close,
    toggle: () => (store.get().open ? close() : open()),
    go(view: View) {
      store.set({ view });
      chat.look();
    },
    agree(agreed: boolean) {
      keep.allow(agreed);
      if (agreed) keep.set('agreed', '1');
      else chat.close();
      store.set({ agreed });
      if (!agreed) close();
      else if (store.get().open) void refresh();
    },
    greetedAt,
    greet({ text, everyDays = 1 }: { text: string; everyDays?: number }) {
      const { open: isOpen, chat: { phase } } = store.get();
      if (isOpen || phase === 'waiting' || phase === 'active' || Date.now() - greetedAt() < everyDays * DAY) return;
      keep.set('greeted', String(Date.now()));
      store.set({ greeting: text });
    },
  };
}

/** Everything about who the visitor is and how they reach a person. */
export function createReach({ api, keep, store, session, chat }: Parts, go: (view: View) => void) {
  let context: Context = {};
  /** What still has to be asked before a chat. */
  const missing = () => {
    const { settings, chat: { phase } } = store.get();
    const asked = settings.is === 'there' ? settings.value.askFor : [];
    if (phase !== 'none' || session.visitor()?.verified || keep.get('asked')) return [];
    return asked.filter((what) => !context[what]);
  };
  /** Opens the session with what the visitor said of themselves; refused like the server refuses. */
  const introduce = async (about: About) => {
    const { topic: _, ...known } = context;
    await session.renew({ ...known, ...about });
    keep.set('asked', '1');
    chat.link.connect();
  };
  return {
    missing, introduce,
    topic: () => context.topic,
    /** To a person: asks first what must be asked, or goes straight to the chat. */
    talk() {
      if (missing().length > 0) return go('before');
      introduce({}).catch(() => chat.link.connect());
      go('chat');
    },
    async leaveLetter(letter: Letter) {
      await api.call<object>('/widget/letters', { method: 'POST', body: { ...letter, ...store.get().trail }, token: await session.token() });
    },
    identify(jwt: string | null) {
      session.identify(jwt);
      chat.reset();
    },
    setContext: (more: Context) => void (context = { ...context, ...more }),
  };
}

export type Actions = ReturnType<typeof createMoves> & ReturnType<typeof createReach>;
