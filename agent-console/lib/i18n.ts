import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { pseudo } from './pseudo';

/** Languages the console speaks; the two pseudo-languages show long texts and right-to-left layout. */
export const languages = ['en', 'ko', 'zh', 'ja'] as const;
export const pseudoLanguages = ['en-XA', 'en-XB'] as const;
export type Language = (typeof languages)[number] | (typeof pseudoLanguages)[number];

const loaders: Record<(typeof languages)[number], () => Promise<{ default: Record<string, string> }>> = {
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

async function texts(language: Language): Promise<Record<string, string>> {
  const base = language === 'en-XA' || language === 'en-XB' ? 'en' : language;
  const { default: found } = await loaders[base]();
  if (base === language) return found;
  return Object.fromEntries(Object.entries(found).map(([key, text]) => [key, language === 'en-XA' ? pseudo(text) : text]));
}

/** Loads a language and switches to it: texts, lang and dir of the page. */
export async function speak(tag: string): Promise<void> {
  const language = nearest(tag);
  if (!i18next.isInitialized) {
    await i18next.use(initReactI18next).init({
      lng: language, fallbackLng: false, keySeparator: false, nsSeparator: false, interpolation: { escapeValue: false },
      resources: { [language]: { translation: await texts(language) } }, showSupportNotice: false,
    } as Parameters<typeof i18next.init>[0]);
  } else if (i18next.language !== language) {
    i18next.addResourceBundle(language, 'translation', await texts(language), true, true);
    await i18next.changeLanguage(language);
  }
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
}

/** Language for dates and numbers: the pseudo-languages write them as English does. */
export const formatLanguage = (): string => (i18next.language ?? 'en').replace(/-X[AB]$/, '');
