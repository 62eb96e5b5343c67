import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Actions } from './actions';
import type { Chat } from './chat';
import type { Guides } from './guides';
import type { Help } from './help';
import type { Session } from './session';
import type { State, Store } from './store';
import type { Tongue } from './tongue';

/** Everything a view may use. */
export interface App extends Pick<Tongue, 't' | 'sorry' | 'reason' | 'locale'>, Actions {
  store: Store;
  session: Session;
  chat: Chat;
  help: Help;
  guides: Guides;
  origin: string;
}

const Context = createContext<App | null>(null);
export const Provide = Context.Provider;

export function useApp(): App {
  const app = useContext(Context);
  if (!app) throw new Error('a view outside the widget');
  return app;
}

/** A part of the state; the view is drawn again when it changes, also when it changed between drawing and watching. */
export function useStore<T>(select: (state: State) => T): T {
  const { store } = useApp();
  const [, redraw] = useState({});
  const drawn = select(store.get());
  useEffect(() => {
    if (select(store.get()) !== drawn) redraw({});
    return store.watch((now, before) => {
      if (select(now) !== select(before)) redraw({});
    });
  }, []);
  return drawn;
}
