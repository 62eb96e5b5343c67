import type { Api } from './api';
import type { Conversation } from './conversation';
import type { Keep } from './keep';
import type { About, Session } from './session';
import type { Settings, Store, View } from './store';

type Parts = { api: Api; keep: Keep; store: Store; session: Session; conversation: Conversation; consentAsked: boolean };
type Context = About & { topic?: string };

const greetedName = 'greeted';
const DAY = 86_400_000;

/** What the visitor or the host page can do. */
export function createActions({ api, keep, store, session, conversation, consentAsked }: Parts) {
  let context: Context = {};

  /** Settings are fetched when the panel opens for the first time, and again each time later so that the wait shown is true. */
  const refresh = async () => {
    const before = store.get().settings;
    if (before.is !== 'there') store.set({ settings: { is: 'busy' } });
    try {
      const value = await api.call<Settings>('/help/widget');
      if (value.consent && !consentAsked && keep.get('agreed') === null) withhold();
      store.set({ settings: { is: 'there', value } });
    } catch {
      if (before.is !== 'there') store.set({ settings: { is: 'failed' } });
    }
  };

  const withhold = () => {
    keep.allow(false);
    store.set({ agreed: false });
  };

  const open = () => {
    store.set({ open: true, greeting: null });
    if (store.get().agreed) void refresh();
    conversation.look();
  };

  const go = (view: View) => {
    store.set({ view });
    conversation.look();
  };

  /** What still has to be asked before a chat. */
  const missing = () => {
    const { settings, chat } = store.get();
    const asked = settings.is === 'there' ? settings.value.askFor : [];
    if (chat.phase !== 'none' || session.visitor()?.verified || keep.get('asked')) return [];
    return asked.filter((what) => !context[what]);
  };

  const actions = {
    refresh, go, open, missing,
    topic: () => context.topic,
    close: () => store.set({ open: false }),
    toggle: () => (store.get().open ? actions.close() : open()),
    /** To a person: asks first what must be asked, or goes straight to the conversation. */
    talk() {
      if (missing().length === 0) {
        const known = Object.fromEntries(Object.entries(context).filter(([name]) => name !== 'topic'));
        session.renew(known).catch(() => undefined);
        conversation.connect();
        go('chat');
      } else go('before');
    },
    /** Opens the session with what the visitor said of themselves; refused like the server refuses. */
    async introduce(about: About) {
      await session.renew(about);
      keep.set('asked', '1');
      conversation.connect();
    },
    async leaveLetter(letter: { clientId: string; text: string; email: string; name?: string }) {
      const token = await session.token();
      await api.call<object>('/widget/letters', { method: 'POST', body: letter, token });
    },
    agree(agreed: boolean) {
      keep.allow(agreed);
      if (agreed) keep.set('agreed', '1');
      store.set({ agreed });
      if (!agreed) {
        conversation.close();
        actions.close();
      } else if (store.get().open) void refresh();
    },
    identify(jwt: string | null) {
      session.identify(jwt);
      conversation.reset();
    },
    setContext: (more: Context) => void (context = { ...context, ...more }),
    greet(text: string, { everyDays = 1 }: { everyDays?: number } = {}) {
      const last = Number(keep.get(greetedName) ?? 0);
      if (store.get().open || Date.now() - last < everyDays * DAY) return;
      keep.set(greetedName, String(Date.now()));
      store.set({ greeting: text });
    },
  };
  return actions;
}

export type Actions = ReturnType<typeof createActions>;
