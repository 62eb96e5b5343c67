import { create } from 'zustand';

export interface Link {
  /** connecting: the very first time; up: everything shown is live; down: what is shown may be old. */
  state: 'connecting' | 'up' | 'down';
  /** When anything was last heard from the server, in milliseconds. */
  heardAt: number;
  /** Another place ended this log-in. */
  loggedOut: boolean;
}

/** Whether what is on the screen is true. */
export const useLink = create<Link>()(() => ({ state: 'connecting', heardAt: 0, loggedOut: false }));
