import type { words as english } from './en';

export type WordKey = keyof typeof english;
/** All texts of one language; {name} stands for a value. */
export type Words = Record<WordKey, string>;
