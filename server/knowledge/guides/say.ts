import type { Wording } from '../../../protocol';

const base = (locale: string): string => locale.toLowerCase().split('-')[0] ?? '';

/** The text in a language, in a near one, in English, or in whatever there is. */
export function say(wording: Wording | undefined, locale: string): string {
  const texts = Object.entries(wording ?? {}).filter(([, text]) => text.trim() !== '');
  const find = (fits: (tag: string) => boolean): string | undefined => texts.find(([tag]) => fits(tag))?.[1];
  return find((tag) => tag.toLowerCase() === locale.toLowerCase()) ?? find((tag) => base(tag) === base(locale)) ?? find((tag) => base(tag) === 'en') ?? texts[0]?.[1] ?? '';
}

/** Whether there is a text for exactly this language or its base. */
export const has = (wording: Wording | undefined, locale: string): boolean => Object.entries(wording ?? {}).some(([tag, text]) => base(tag) === base(locale) && text.trim() !== '');

const own: Record<string, Record<string, string>> = {
  en: { yes: 'Yes', no: 'No', unknown: 'I do not know', solved: 'Yes, it helped', 'not-solved': 'No, it did not help', done: 'Send', skipped: 'Not now' },
  ko: { yes: '예', no: '아니요', unknown: '모르겠습니다', solved: '예, 해결됐습니다', 'not-solved': '아니요, 해결되지 않았습니다', done: '보내기', skipped: '나중에' },
  zh: { yes: '是', no: '否', unknown: '不清楚', solved: '是，解决了', 'not-solved': '否，没有解决', done: '发送', skipped: '暂不' },
  ja: { yes: 'はい', no: 'いいえ', unknown: 'わかりません', solved: 'はい、解決しました', 'not-solved': 'いいえ、解決しませんでした', done: '送信', skipped: '今はしない' },
};

/** Words for the answers every guide knows; the code itself for others. */
export const sayAnswer = (code: string, locale: string): string => (own[base(locale)] ?? own['en'])?.[code] ?? own['en']?.[code] ?? code;
