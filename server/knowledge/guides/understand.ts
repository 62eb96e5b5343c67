import type { GuideNode } from '../../../protocol';
import { say, sayAnswer } from './say';
import { edgeFor, type Place } from './walk';

/** What an answer in words was taken for; null: ask again. */
export interface Understood {
  answer: string;
  /** 1 for a choice, less for words. */
  confidence: number;
}

type StepPlace = Extract<Place, { kind: 'step' }>;

const patterns: [answer: string, pattern: RegExp][] = [
  ['unknown', /\b(don'?t know|do not know|not sure|no idea|unsure|weiß nicht|keine ahnung|no s[eé]|je ne sais pas|não sei)\b|모르|不知道|不清楚|不确定|わか[らり]|分か[らり]|不明/i],
  ['no', /^\s*(no|nope|nah|not|never|nein|non|não|nao)\b|\b(didn'?t|doesn'?t|isn'?t|not|nothing changed|still (the same|broken|not))\b|아니|아뇨|안\s|않|없|不是|没有|没|否|不行|いいえ|ない|ません|だめ/i],
  ['yes', /^\s*(yes|yep|yeah|yup|ok|okay|sure|correct|right|ja|jo|oui|si|sí|sim)\b|\b(it does|it is|it worked|works now|i did|i have|fixed|solved)\b|네|예|응|맞|됐|됩니다|해결|是的?|对|好了|可以|解决|はい|ええ|そう|直り|できました|解決/i],
];

const simple = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[\p{P}\p{S}]+/gu, ' ').replace(/\s+/g, ' ').trim();

/** What the reader may choose at a step, with its words. */
export function choicesOf({ node, symptom }: Pick<StepPlace, 'node' | 'symptom'>, locale: string): { answer: string; label: string }[] {
  if (node.kind === 'diagnose') {
    const asked = node.questions.find((each) => each.id === symptom);
    return [...(asked?.options ?? []).map((option) => ({ answer: option.answer, label: say(option.label, locale) || sayAnswer(option.answer, locale) })), { answer: 'unknown', label: sayAnswer('unknown', locale) }];
  }
  const typed = (node.kind === 'question' && (node.ask === 'number' || node.ask === 'text')) || (node.kind === 'action' && node.action === 'check-version');
  const shown = node.edges.filter((edge) => !typed || edge.answer === 'unknown').filter((edge) => !(node.kind === 'action' && node.action !== 'check-version' && edge.answer === 'done'));
  return shown.map((edge) => ({ answer: edge.answer, label: say(edge.label, locale) || sayAnswer(edge.answer, locale) }));
}

/** Takes a choice, a number or words for one of the step's answers. */
export function understand(place: StepPlace, said: string, locale: string): Understood | null {
  const { node } = place;
  const choices = choicesOf(place, locale);
  const exact = choices.find((choice) => choice.answer === said.trim());
  if (exact) return { answer: exact.answer, confidence: 1 };
  if (node.kind === 'action') return node.action === 'check-version' ? version(node, said) : node.edges.some((edge) => edge.answer === said) ? { answer: said, confidence: 1 } : null;
  if (node.kind === 'question' && node.ask === 'number') return number(node, said);
  const words = byLabel(choices, said) ?? byPattern(choices, said);
  if (words) return words;
  return node.kind === 'question' && node.ask === 'text' ? byWords(node, said) : null;
}

function byLabel(choices: { answer: string; label: string }[], said: string): Understood | null {
  const heard = simple(said);
  const same = choices.find((choice) => simple(choice.label) === heard || simple(choice.answer) === heard);
  if (same) return { answer: same.answer, confidence: 0.95 };
  const within = choices.filter((choice) => simple(choice.label).length > 2 && (heard.includes(simple(choice.label)) || (heard.length > 3 && simple(choice.label).includes(heard))));
  return within.length === 1 && within[0] ? { answer: within[0].answer, confidence: 0.8 } : null;
}

function byPattern(choices: { answer: string }[], said: string): Understood | null {
  const meant = patterns.find(([, pattern]) => pattern.test(said))?.[0];
  const alias: Record<string, string> = { yes: 'solved', no: 'not-solved' };
  const fitting = choices.find((choice) => choice.answer === meant) ?? choices.find((choice) => choice.answer === alias[meant ?? '']);
  return fitting ? { answer: fitting.answer, confidence: 0.7 } : null;
}

function byWords(node: Extract<GuideNode, { kind: 'question' }>, said: string): Understood | null {
  const heard = ` ${simple(said)} `;
  const scored = node.edges.map((edge) => ({ edge, hits: (edge.words ?? []).filter((word) => heard.includes(/[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u.test(word) ? simple(word) : ` ${simple(word)}`)).length })).sort((a, b) => b.hits - a.hits);
  const [best, second] = scored;
  if (best && best.hits > 0 && best.hits > (second?.hits ?? 0)) return { answer: best.edge.answer, confidence: 0.75 };
  return node.edges.some((edge) => edge.answer === 'unknown') ? { answer: 'unknown', confidence: 0.5 } : null;
}

function number(node: Extract<GuideNode, { kind: 'question' }>, said: string): Understood | null {
  const found = /-?\d+(?:[.,]\d+)?/.exec(said.normalize('NFKC'))?.[0]?.replace(',', '.');
  if (found !== undefined && edgeFor(node, found)) return { answer: found, confidence: 1 };
  return node.edges.some((edge) => edge.answer === 'unknown') && /[^\d\s]/.test(said) && found === undefined ? byPattern([{ answer: 'unknown' }], said) : null;
}

function version(node: Extract<GuideNode, { kind: 'action' }>, said: string): Understood | null {
  const found = /\d+(?:\.\d+)*/.exec(said.normalize('NFKC'))?.[0];
  const answer = found === undefined ? 'unknown' : compareVersions(found, node.atLeast ?? '0') >= 0 ? 'current' : 'older';
  return node.edges.some((edge) => edge.answer === answer) ? { answer, confidence: found === undefined ? 0.5 : 1 } : null;
}

/** Less than, equal to or greater than 0, part by part: 2.10 is newer than 2.9. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split('.').map(Number)) as [number[], number[]];
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
