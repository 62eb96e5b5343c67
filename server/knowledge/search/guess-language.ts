import { stopWords } from './stop-words';

const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/[\p{sc=Hira}\p{sc=Kana}]/u, 'ja'], [/\p{sc=Hangul}/u, 'ko'], [/\p{sc=Han}/u, 'zh'], [/\p{sc=Thai}/u, 'th'], [/\p{sc=Arabic}/u, 'ar'],
  [/\p{sc=Devanagari}/u, 'hi'], [/[іїєґ]/iu, 'uk'], [/\p{sc=Cyrillic}/u, 'ru'], [/\p{sc=Greek}/u, 'el'], [/\p{sc=Hebrew}/u, 'he'],
];
const SPELLED: readonly (readonly [RegExp, string])[] = [
  [/[ăđơư\u1ea0-\u1ef9]/iu, 'vi'], [/[ğışİ]/u, 'tr'], [/[ąęłńśźż]/iu, 'pl'], [/ß/u, 'de'], [/[¿¡ñ]/u, 'es'], [/[ãõ]/iu, 'pt'],
];
const LATIN = ['en', 'de', 'fr', 'es', 'pt', 'it', 'nl', 'sv', 'da', 'no', 'fi', 'tr', 'pl', 'vi', 'id'];

/** A guess at the language of a short text from its script, letters and little words; undefined without a sign. */
export function guessLanguage(text: string): string | undefined {
  const sample = text.slice(0, 1_000);
  for (const [sign, language] of SCRIPTS) if (sign.test(sample)) return language;
  for (const [sign, language] of SPELLED) if (sign.test(sample)) return language;
  const words = sample.toLowerCase().match(/\p{L}+/gu) ?? [];
  let best: { language: string; count: number } | undefined;
  for (const language of LATIN) {
    const known = stopWords(language);
    const count = words.filter((word) => known.has(word)).length;
    if (count > (best?.count ?? 0)) best = { language, count };
  }
  return best?.language;
}
