import { create } from 'zustand';
import { pseudo } from './pseudo';

/** Languages the console speaks; the two pseudo-languages show long texts and right-to-left layout. */
export const languages = ['en', 'ko', 'zh', 'ja'] as const;
export const pseudoLanguages = ['en-XA', 'en-XB'] as const;
export type Language = (typeof languages)[number] | (typeof pseudoLanguages)[number];
export type Texts = Record<string, string>;
export type Params = Record<string, unknown>;
/** Key and parameters to text; `count` chooses the plural form. */
export type Translate = (key: string, params?: Params) => string;

const loaders: Record<(typeof languages)[number], () => Promise<{ default: Texts }>> = {
  en: () => import('../locales/en.json'),
  ko: () => import('../locales/ko.json'),
  zh: () => import('../locales/zh.json'),
  ja: () => import('../locales/ja.json'),
};
const rightToLeft = new Set(['ar', 'he', 'fa', 'ur', 'en-XB']);

/** The nearest language we speak to a tag such as zh-Hant or pt-BR. */
export function nearest(tag: string): Language {
  const whole = [...languages, ...pseudoLanguages].find((known) => known.toLowerCase() === tag.toLowerCase());
  return whole ?? languages.find((known) => tag.toLowerCase().split('-')[0] === known) ?? 'en';
}

/** Reading direction of a language tag. */
export const directionOf = (tag: string): 'ltr' | 'rtl' => (rightToLeft.has(tag) || rightToLeft.has(tag.split('-')[0] ?? '') ? 'rtl' : 'ltr');

/** Language for dates and numbers: the pseudo-languages write them as English does. */
const plainTag = (language: string): string => language.replace(/-X[AB]$/, '');

/** Makes the function that finds a text: plural forms are `key_one`, `key_other` as Intl names them; an unknown key shows itself. */
export function translator(language: string, texts: Texts): Translate {
  const plurals = new Intl.PluralRules(plainTag(language));
  const numbers = new Intl.NumberFormat(plainTag(language));
  return (key, params = {}) => {
    const { count } = params;
    const form = typeof count === 'number' ? texts[`${key}_${plurals.select(count)}`] ?? texts[`${key}_other`] : undefined;
    const text = form ?? texts[key] ?? key;
    return text.replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => {
      const value = params[name];
      return typeof value === 'number' ? numbers.format(value) : String(value ?? '');
    });
  };
}

interface Spoken { language: Language; t: Translate; has: (key: string) => boolean }

const useSpoken = create<Spoken>()(() => ({ language: 'en', t: (key) => key, has: () => false }));

async function textsOf(language: Language): Promise<Texts> {
  const base = language === 'en-XA' || language === 'en-XB' ? 'en' : language;
  const { default: found } = await loaders[base]();
  if (language !== 'en-XA') return found;
  return Object.fromEntries(Object.entries(found).map(([key, text]) => [key, pseudo(text)]));
}

/** Loads a language and switches to it: texts, lang and dir of the page. */
export async function speak(tag: string): Promise<void> {
  const language = nearest(tag);
  const texts = await textsOf(language);
  if (useSpoken.getState().language !== language || !useSpoken.getState().has('app')) {
    useSpoken.setState({ language, t: translator(language, texts), has: (key) => key in texts || `${key}_other` in texts });
  }
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
}

/** The texts of the present language, renewed when it changes. */
export const useTranslation = (): Spoken => useSpoken();

/** Language for dates and numbers. */
export const formatLanguage = (): string => plainTag(useSpoken.getState().language);

/** A language by its name in the reader's own. */
export const languageName = (tag: string): string => new Intl.DisplayNames([formatLanguage()], { type: 'language' }).of(tag) ?? tag;
