import { lazy, type ComponentType } from 'react';

/**
 * A part of the program that is fetched when it is first shown, or before by `ready`. One that was fetched before is shown at once: a promise, even
 * a kept one, would let React show the placeholder first and hold the part back for 300 ms.
 */
export function later<P>(load: () => Promise<ComponentType<P>>) {
  let loaded: { default: ComponentType<P> } | undefined;
  const fetched = async () => (loaded ??= { default: await load() });
  const atOnce = (module: { default: ComponentType<P> }) => ({ then: (resolve: (value: typeof module) => void) => resolve(module) }) as Promise<typeof module>;
  return { Part: lazy(() => (loaded ? atOnce(loaded) : fetched())), ready: (): void => void fetched().catch(() => {}) };
}
