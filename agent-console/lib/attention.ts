import { useEffect } from 'react';
import { usePreferences } from './preferences';

/** Shows a count in the title and as a dot on the icon of the tab. */
export function useAttention(count: number, name: string): void {
  useEffect(() => {
    document.title = count > 0 ? `(${count}) ${name}` : name;
    const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]');
    if (icon) icon.href = count > 0 ? '/mark-new.svg' : '/mark.svg';
  }, [count, name]);
}

/** Asks for leave to notify; only ever called from a click. */
export async function askToNotify(): Promise<boolean> {
  if (typeof Notification === 'undefined') return false;
  const granted = (await Notification.requestPermission()) === 'granted';
  usePreferences.getState().set({ notify: granted });
  return granted;
}

/** A desktop notification when the page is not in front and the reader agreed. */
export function notify(note: { title: string; body: string; tag: string; open: () => void }): void {
  if (!usePreferences.getState().notify || typeof Notification === 'undefined' || Notification.permission !== 'granted') return;
  if (document.visibilityState === 'visible' && document.hasFocus()) return;
  const shown = new Notification(note.title, { body: note.body, tag: note.tag, icon: '/mark.svg' });
  shown.onclick = () => {
    window.focus();
    note.open();
    shown.close();
  };
}
