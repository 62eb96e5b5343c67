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

  const remember = (open: boolean) => {
    try {
      if (open && keep.allowed) sessionStorage.setItem(`${keep.prefix}:open`, '1');
      else sessionStorage.removeItem(`${keep.prefix}:open`);
    } catch { /* storage is blocked */ }
  };

  const toggled = (open: boolean) => {
    launcher.ariaExpanded = String(open);
    remember(open);
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
}
