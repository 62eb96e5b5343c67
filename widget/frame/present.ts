import type { App } from './app';
import type { Boot } from './boot';
import type { Keep } from './keep';
import { paint } from './paint';
import type { State } from './store';

type Told = (now: State, before: State) => void;

/** Keeps everything outside the panel in step with the state: the button, the page's storage, the host's listeners, the company's colour. */
export function present(boot: Boot, app: App, keep: Keep): void {
  const place = placeOf(app, keep);
  const watchers: Told[] = [launcherOf(boot, app), tellHost(boot), place.remember, rememberLive(keep), (now, before) => {
    if (now.settings !== before.settings && now.settings.is === 'there') paint(boot, now.settings.value.colour);
  }];
  app.store.watch((now, before) => watchers.forEach((watch) => watch(now, before)));
  boot.box.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing || !app.store.get().open) return;
    event.stopPropagation();
    app.close();
  });
  followPage(app, keep);
  paint(boot, boot.options.colour ?? null);
  place.reopen();
}

/** The button says whether the panel is open and how much is new, and gets the focus back. */
function launcherOf({ launcher }: Boot, app: App): Told {
  const badge = document.createElement('span');
  badge.className = 'badge';
  launcher.append(badge);
  const path = launcher.querySelector('path');
  const face = path?.getAttribute('d') ?? '';
  return (now, before) => {
    if (now.open !== before.open) {
      launcher.ariaExpanded = String(now.open);
      path?.setAttribute('d', now.open ? 'M5 9l7 7 7-7' : face);
      if (!now.open) launcher.focus({ preventScroll: true });
    }
    if (now.unread === before.unread) return;
    badge.textContent = now.unread > 0 ? String(now.unread) : '';
    launcher.ariaLabel = now.unread > 0 ? app.t('unread', { n: now.unread }) : app.t('launcher');
  };
}

const tellHost = ({ emit }: Boot): Told => (now, before) => {
  if (now.open !== before.open) emit(now.open ? 'open' : 'close', {});
  if (now.unread !== before.unread) emit('unread', { count: now.unread });
  const { phase, position, expectedWait, agentName } = now.chat;
  if (now.chat !== before.chat) emit('state', { phase, position, expectedWait, agentName });
};

/** An open panel opens again after a reload, in this tab only. */
function placeOf(app: App, keep: Keep) {
  const name = `${keep.prefix}:open`;
  const attempt = (work: () => void) => {
    try {
      work();
    } catch { /* storage is blocked */ }
  };
  const remember: Told = (now, before) => {
    if (now.open === before.open && now.view === before.view) return;
    attempt(() => (now.open && keep.allowed ? sessionStorage.setItem(name, now.view) : sessionStorage.removeItem(name)));
  };
  const reopen = () => attempt(() => {
    const view = sessionStorage.getItem(name);
    if (view) app.open();
    if (view === 'chat' && app.session.resumable()) app.go('chat');
  });
  return { remember, reopen };
}

/** While a chat goes on or a message is on its way, the next page fetches the widget at once. */
const rememberLive = (keep: Keep): Told => ({ chat: { phase }, thread }) => {
  const live = phase === 'waiting' || phase === 'active' || thread.pending.length > 0;
  if (live !== (keep.get('live') !== null)) keep.set('live', live ? '1' : null);
};

function followPage({ chat }: App, keep: Keep): void {
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return;
    chat.link.wake();
    chat.look();
  });
  addEventListener('online', () => chat.link.wake());
  addEventListener('offline', () => chat.link.restart());
  // Another tab began a chat.
  addEventListener('storage', (event) => {
    if (event.key === `${keep.prefix}:live` && event.newValue) chat.link.connect();
  });
}
