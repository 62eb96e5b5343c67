import { createContext } from 'react';

/** Where text is written, plain or rich, as far as something may be put into it. */
export interface Field {
  focus(): void;
  /** Replaces the last characters before the caret. */
  replace(count: number, text: string, html?: string | null): void;
}

/** `/` asks for canned answers, `@` for colleagues. */
export type Trigger = '/' | '@';
export interface Asked { trigger: Trigger; word: string }

/** What the text before the caret asks for; null mostly. */
export function askedFor(before: string, allowed: readonly Trigger[]): Asked | null {
  const found = /(?:^|\s)([/@])([\p{L}\p{N}-]{0,40})$/u.exec(before);
  const trigger = found?.[1] as Trigger | undefined;
  return trigger && allowed.includes(trigger) ? { trigger, word: found?.[2] ?? '' } : null;
}

/** Whether something with these names is meant by a word: a word of theirs begins with it. */
export const isMeant = (word: string, ...names: string[]): boolean => names.some((name) => name.toLowerCase().split(/\s+/).some((part) => part.startsWith(word.toLowerCase())));

/** What the list of suggestions does with keys; answers whether it took one. */
export interface SuggestKeys { current: ((key: string) => boolean) | null }
/** The ids a field names to say which suggestion is active. */
export const ActiveSuggestion = createContext<string | undefined>(undefined);
