import { useEffect, useState } from 'preact/hooks';
import type { Loading } from './store';

/** The outcome of a request that is made again when `deps` change or when `retry` is called. */
export function useAsked<T>(ask: () => Promise<T>, deps: unknown[]): [Loading<T>, () => void] {
  const [state, set] = useState<Loading<T>>({ is: 'busy' });
  const [attempt, again] = useState(0);
  useEffect(() => {
    let current = true;
    set({ is: 'busy' });
    ask().then((value) => current && set({ is: 'there', value }), () => current && set({ is: 'failed' }));
    return () => {
      current = false;
    };
  }, [...deps, attempt]);
  return [state, () => again(attempt + 1)];
}
