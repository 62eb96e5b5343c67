import { emit } from './socket';

const often = 60_000;

/** Tells the server, at most once a minute, that somebody is at this console: who touches none of their tabs for a while is set away. Answers how to stop. */
export function watchActivity(): () => void {
  let told = 0;
  const touch = (): void => {
    if (Date.now() - told < often) return;
    told = Date.now();
    void emit('active', {}).catch(() => { told = 0; });
  };
  const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;
  for (const sign of signs) addEventListener(sign, touch, { passive: true });
  return () => {
    for (const sign of signs) removeEventListener(sign, touch);
  };
}
