import type { GuideView, PhonePrompt, Wording } from '../../../protocol';
import { say, sayAnswer } from './say';
import { choicesOf } from './understand';
import type { Place } from './walk';

type Seen = Exclude<Place, { kind: 'missing' }>;
const perPrompt = 4;
const more = '9';
const tries = 2;

const phrases: Record<string, { press: (digit: string, words: string) => string; more: string; number: string; speak: string; number2: string; bye: string; person: string; again: string }> = {
  en: { press: (digit, words) => `For "${words}" press ${digit}.`, more: 'For more choices press 9.', number: 'Enter the number, then press the hash key.', number2: 'Enter the number we should call, then press the hash key.', speak: 'Please say it in a few words.', bye: 'Goodbye.', person: 'I connect you to a person.', again: 'I did not understand that.' },
  ko: { press: (digit, words) => `${words}, ${digit}번을 눌러 주세요.`, more: '다른 항목은 9번을 눌러 주세요.', number: '숫자를 누르고 우물 정자를 눌러 주세요.', number2: '전화받으실 번호를 누르고 우물 정자를 눌러 주세요.', speak: '짧게 말씀해 주세요.', bye: '감사합니다.', person: '상담원에게 연결해 드리겠습니다.', again: '이해하지 못했습니다.' },
  zh: { press: (digit, words) => `${words}，请按${digit}。`, more: '更多选项请按9。', number: '请输入数字，然后按井号键。', number2: '请输入回电号码，然后按井号键。', speak: '请简短说明。', bye: '再见。', person: '正在为您转接人工客服。', again: '没有听懂。' },
  ja: { press: (digit, words) => `${words}は、${digit}を押してください。`, more: 'ほかの選択肢は9を押してください。', number: '数字を入力し、シャープを押してください。', number2: '折り返し先の番号を入力し、シャープを押してください。', speak: '短くお話しください。', bye: '失礼いたします。', person: '担当者におつなぎします。', again: '聞き取れませんでした。' },
};
const phrasesOf = (locale: string) => phrases[locale.split('-')[0] ?? 'en'] ?? phrases['en'] as NonNullable<(typeof phrases)['en']>;

/** Markdown as it can be said: no signs, no pictures, no addresses. */
export const speakable = (markdown: string): string => markdown.replace(/!\[[^\]]*\]\([^)]*\)/g, '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[*_`#>|]+/g, '').replace(/^\s*[-+]\s+/gm, '').replace(/\s+/g, ' ').trim();

function words(place: Seen, locale: string): string[] {
  if (place.kind === 'end') return [say(place.node?.spoken, locale) || say(place.node?.title, locale), place.node?.spoken ? '' : speakable(say(place.node?.body, locale))];
  const { node } = place;
  const asked: { title: Wording; body: Wording; spoken?: Wording } | undefined = node.kind === 'diagnose' ? node.questions.find((each) => each.id === place.symptom) : node;
  const spoken = say(asked?.spoken, locale);
  return spoken ? [spoken] : [say(asked?.title, locale), speakable(say(asked?.body, locale))];
}

/** Which answer a key means in one part of the choices; null for a key that means none; `more` turns to the next part. */
export function meantBy(place: Seen, { digits, part, locale }: { digits: string; part: number; locale: string }): { answer: string } | 'more' | null {
  if (place.kind !== 'step') return null;
  const entry = entryOf(place);
  const typed = digits.replace(/[#*]/g, '');
  if (entry !== 'choice') return typed ? { answer: typed } : null;
  const choices = choicesOf(place, locale);
  if (typed === more && choices.length > (part + 1) * perPrompt) return 'more';
  const chosen = choices[part * perPrompt + Number(typed) - 1];
  return chosen && Number(typed) >= 1 && Number(typed) <= perPrompt ? { answer: chosen.answer } : null;
}

function entryOf({ node }: Extract<Seen, { kind: 'step' }>): 'choice' | 'number' | 'speech' | 'call-back' | 'ticket' {
  if (node.kind === 'question' && node.ask === 'number') return 'number';
  if (node.kind === 'question' && node.ask === 'text') return 'speech';
  if (node.kind !== 'action') return 'choice';
  return node.action === 'check-version' ? 'speech' : node.action === 'call-back' ? 'call-back' : 'ticket';
}

/** The step in hand for a telephone menu: what to say, which keys and words to take. */
export function phonePrompt(view: Pick<GuideView, 'runId' | 'locale'>, place: Seen, { part = 0, again = false }: { part?: number; again?: boolean } = {}): PhonePrompt {
  const { runId, locale } = view;
  const phrase = phrasesOf(locale);
  const before = again ? [phrase.again] : [];
  if (place.kind === 'end') return { runId, locale, say: [...words(place, locale), place.result === 'solved' ? phrase.bye : phrase.person].filter(Boolean), gather: null, then: place.result === 'solved' ? 'hang-up' : 'transfer' };
  const entry = entryOf(place);
  const told = [...before, ...(part === 0 ? words(place, locale) : [])];
  if (entry === 'number' || entry === 'call-back') return { runId, locale, say: [...told, entry === 'number' ? phrase.number : phrase.number2].filter(Boolean), gather: { digits: 20, speech: entry === 'number', tries, options: [] }, then: 'ask' };
  if (entry === 'speech' || entry === 'ticket') return { runId, locale, say: [...told, phrase.speak].filter(Boolean), gather: { digits: 0, speech: true, tries, options: [] }, then: 'ask' };
  const choices = choicesOf(place, locale);
  const options = choices.slice(part * perPrompt, (part + 1) * perPrompt).map(({ answer, label }, i) => ({ digit: String(i + 1), answer, say: label, hear: [...new Set([label, sayAnswer(answer, locale)])] }));
  const further = choices.length > (part + 1) * perPrompt;
  return { runId, locale, say: [...told, ...options.map((option) => phrase.press(option.digit, option.say)), ...(further ? [phrase.more] : [])].filter(Boolean), gather: { digits: 1, speech: true, tries, options }, then: 'ask' };
}

/** How often a caller is asked before they count as not knowing. */
export const phoneTries = tries;
