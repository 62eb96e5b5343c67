import type { App } from './app';
import type { Boot } from './boot';
import type { Keep } from './keep';
import { paint } from './paint';
import type { State } from './store';


/** Keeps everything outside the panel in step with the state: the button, the page's storage, the host's listeners, the company's colour. */
export function present(boot: Boot, app: App, keep: Keep): void {
  const { launcher } = boot;
  const badge = document.createElement('span');
  badge.className = 'badge';
  launcher.append(badge);

  // Open panels open again after a reload, in this tab only.
  const place = `${keep.prefix}:open`;
  const remember = ({ open, view }: State) => {
    try {
      if (open && keep.allowed) sessionStorage.setItem(place, view);
      else sessionStorage.removeItem(place);
    } catch { /* storage is blocked */ }
  };
  const reopen = () => {
    try {
      const view = sessionStorage.getItem(place);
      if (view) app.open();
      if (view === 'chat' && app.session.resumable()) app.go('chat');
    } catch { /* storage is blocked */ }
  };

  const path = launcher.querySelector('path');
  const face = path?.getAttribute('d') ?? '';
  const toggled = (open: boolean) => {
    launcher.ariaExpanded = String(open);
    path?.setAttribute('d', open ? 'M5 9l7 7 7-7' : face);
    boot.emit(open ? 'open' : 'close', {});
    if (!open) launcher.focus({ preventScroll: true });
  };

  const told = (now: State, before: State) => {
    if (now.unread !== before.unread) {
      badge.textContent = now.unread > 0 ? String(now.unread) : '';
      launcher.ariaLabel = now.unread > 0 ? app.t('unread', { n: now.unread }) : app.t('launcher');
      boot.emit('unread', { count: now.unread });
    }
    const { phase, position, expectedWait, agentName } = now.chat;
    if (now.chat !== before.chat) boot.emit('state', { phase, position, expectedWait, agentName });
    const live = phase === 'waiting' || phase === 'active' || now.thread.pending.length > 0;
    if (live !== (keep.get('live') !== null)) keep.set('live', live ? '1' : null);
  };

  app.store.watch((now, before) => {
    if (now.open !== before.open) toggled(now.open);
    if (now.open !== before.open || now.view !== before.view) remember(now);
    if (now.settings !== before.settings && now.settings.is === 'there') paint(boot, now.settings.value.colour);
    told(now, before);
  });

  boot.box.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing || !app.store.get().open) return;
    event.stopPropagation();
    app.close();
  });
  // Another tab began a conversation.
  addEventListener('storage', (event) => {
    if (event.key === `${keep.prefix}:live` && event.newValue) app.conversation.connect();
  });
  paint(boot, boot.options.colour ?? null);
  reopen();
}
