import { useApp, useStore } from '../frame/app';
import { CloseIcon } from './icons';

/** A short word above the button, when the page asked for one. */
export function Greeting() {
  const { t, open, store } = useApp();
  const greeting = useStore((state) => state.greeting);
  if (!greeting) return null;
  return (
    <div class="greeting" role="status">
      <button type="button" class="plain" dir="auto" onClick={open}>{greeting}</button>
      <button type="button" class="round" aria-label={t('close')} onClick={() => store.set({ greeting: null })}><CloseIcon /></button>
    </div>
  );
}
