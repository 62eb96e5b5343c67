import { render } from 'preact';
import styles from '../widget.css?inline';
import tokens from '../tokens.css?inline';
import { Root } from '../views/root';
import { createMoves, createReach } from './actions';
import { createApi } from './api';
import type { App } from './app';
import type { Boot, Frame } from './boot';
import { Chat } from './chat';
import { createGuides } from './guides';
import { createHelp } from './help';
import { createKeep } from './keep';
import { present } from './present';
import { watchPage } from './proactive';
import { createSession } from './session';
import { createStore, firstState } from './store';
import type { Settings } from './store';
import { createTongue } from './tongue';

const consented = (prefix: string) => {
  try {
    return localStorage.getItem(`${prefix}:agreed`) !== null;
  } catch {
    return false;
  }
};

/** Called by the loader, once: builds the parts, draws the panel (still closed) and answers the commands of the page. */
export async function start(boot: Boot): Promise<Frame> {
  const { origin, options, emit } = boot;
  const prefix = `trunkline:${new URL(origin).host}`;
  const consentAsked = options.consent !== undefined;
  const store = createStore(firstState());
  const api = createApi(origin);
  const readSettings = () => api.call<Settings>('/help/widget', { query: { brand: options.brand } });
  const settings = boot.locale || consentAsked ? null : await readSettings().catch(() => null);
  const tongue = await createTongue(boot, settings?.locale ?? boot.box.lang);
  const keep = createKeep(prefix, () => localStorage, !consentAsked || consented(prefix));
  const session = createSession(api, keep, () => ({ locale: tongue.locale, page: location.origin + location.pathname, ...(options.brand ? { brand: options.brand } : {}) }));
  const chat = new Chat({ api, keep, session, store, origin, emit, dial: (url) => new WebSocket(url), visible: () => !document.hidden });
  const help = createHelp(api, { locale: tongue.locale, session: store.get().trail.session, brand: options.brand });
  const guides = createGuides({ api, store, locale: tongue.locale, brand: options.brand });
  const parts = { api, keep, store, session, chat, consentAsked, settings: readSettings };
  const moves = createMoves(parts);
  const app: App = { ...tongue, ...moves, ...createReach(parts, moves.go), origin, store, session, chat, help, guides };

  store.set({ agreed: keep.allowed, ratedSeq: Number(keep.get('rated') ?? 0), draft: keep.get('draft') ?? '' });
  store.watch((now, before) => {
    if (now.draft !== before.draft) keep.set('draft', now.draft || null);
    if (now.ratedSeq !== before.ratedSeq) keep.set('rated', String(now.ratedSeq));
  });

  boot.box.className = 'box';
  boot.box.dataset.theme = options.theme ?? '';
  boot.addStyles(tokens + styles);
  const panel = document.createElement('div');
  boot.box.append(panel);
  present(boot, app, keep);
  render(<Root app={app} />, panel);
  if (keep.allowed && session.resumable()) chat.link.connect();
  if (options.greet !== undefined && keep.allowed) {
    await moves.refresh();
    watchPage({ greetings: () => { const { settings: now, agreed } = store.get(); return now.is === 'there' && agreed ? now.value.greetings : []; }, last: moves.greetedAt, greet: moves.greet });
  }
  emit('ready', {});

  const commands: Record<string, (...args: never[]) => unknown> = {
    open: app.open, close: app.close, toggle: app.toggle, identify: app.identify, setContext: app.setContext, consent: app.agree, greet: (text: string, how?: { everyDays?: number }) => app.greet({ text, ...how }),
  };
  return {
    command: (name, args) => void commands[name]?.(...(args as never[])),
  };
}
