import type { WordKey, Words } from '../locales/words';
import { Refusal } from './api';
import type { Boot } from './boot';

export type Translate = (key: WordKey, values?: Record<string, string | number>) => string;

/** The language spoken: that of the page, else that of the company's settings, else the browser's. */
export async function createTongue(boot: Boot, companyLocale: string) {
  const locale = boot.locale || companyLocale;
  const words: Words = await boot.words(locale);
  const t: Translate = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
  boot.box.lang = locale;
  boot.box.dir = boot.options.dir || (/^(ar|fa|he|ur)\b/.test(locale) ? 'rtl' : 'ltr');
  boot.launcher.ariaLabel = t('launcher');
  /** What a problem's code means to the visitor. */
  const reason = (code: string) => words[`problem.${code}` as WordKey] ?? words['problem.other'];
  return {
    t, locale, reason,
    /** What to tell the visitor when something was refused. */
    sorry: (error: unknown) => reason(error instanceof Refusal ? error.code : 'other'),
  };
}

export type Tongue = Awaited<ReturnType<typeof createTongue>>;

/** "about 3 min", "no wait", or nothing when the wait is unknown. */
export function waitText(t: Translate, seconds: number | null): string {
  if (seconds === null) return '';
  const n = Math.round(seconds / 60);
  return n === 0 ? t('now') : t('aboutMinutes', { n });
}
