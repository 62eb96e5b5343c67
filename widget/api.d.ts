/** Types of the widget's public API; docs/widget.md explains it. Copy this file into a TypeScript project that embeds the widget. */

export interface TrunklineEvents {
  /** The widget has been fetched and shown for the first time. */
  ready: Record<string, never>;
  open: Record<string, never>;
  close: Record<string, never>;
  /** A message was added to the conversation, from either side. */
  message: { from: 'me' | 'agent' | 'system'; name: string; text: string };
  /** How many messages the visitor has not seen. */
  unread: { count: number };
  /** Where the conversation stands. */
  state: { phase: 'none' | 'waiting' | 'active' | 'ended'; position: number | null; expectedWait: number | null; agentName: string | null };
  /** The visitor rated the conversation, 1 (bad) to 5 (good). */
  rated: { score: number };
}

export interface TrunklineContext {
  /** What the visitor is about to ask, in a few words: becomes the topic of the conversation. */
  topic?: string;
  name?: string;
  email?: string;
}

export interface TrunklineCommands {
  open: [];
  close: [];
  toggle: [];
  /** A JWT that your server signed for the visitor who is logged in; null when they log out. */
  identify: [jwt: string | null];
  setContext: [context: TrunklineContext];
  /** The visitor agrees (or no longer agrees) to storage; needed only with data-consent. */
  consent: [agreed: boolean];
  /** Shows a short message above the button, at most once in `everyDays` (1) per visitor. */
  greet: [text: string, options?: { everyDays?: number }];
}

export interface TrunklineApi {
  <C extends keyof TrunklineCommands>(command: C, ...args: TrunklineCommands[C]): void;
  /** Calls `listener` at each event; answers nothing, and `off` takes it away again. */
  <E extends keyof TrunklineEvents>(command: 'on' | 'off', event: E, listener: (data: TrunklineEvents[E]) => void): void;
  /** Commands given before the script arrived. */
  q?: ArrayLike<unknown>[];
}

declare global {
  interface Window {
    Trunkline?: TrunklineApi;
  }
}
