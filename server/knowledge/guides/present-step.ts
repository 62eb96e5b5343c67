import type { GuideGraph, GuideNode, GuideView, WalkedStep } from '../../../protocol';
import { renderMarkdown } from '../public-article';
import { standing, type GuideRunDoc, type TakenStep } from './guide-run.model';
import { say, sayAnswer } from './say';
import { choicesOf } from './understand';
import type { Place } from './walk';

type Seen = Exclude<Place, { kind: 'missing' }>;
type Graphs = ReadonlyMap<string, GuideGraph>;

const endings: Record<string, Record<'solved' | 'escalate', string>> = {
  en: { solved: 'Good. That is all.', escalate: 'A person can take it from here.' }, ko: { solved: '좋습니다. 끝났습니다.', escalate: '이제 상담원이 이어서 도와드릴 수 있습니다.' },
  zh: { solved: '好的，已完成。', escalate: '接下来可由客服人员继续处理。' }, ja: { solved: 'よかったです。以上で終わりです。', escalate: 'ここからは担当者が引き継げます。' },
};
const endingOf = (result: 'solved' | 'escalate', locale: string): string => (endings[locale.split('-')[0] ?? 'en'] ?? endings['en'])?.[result] ?? '';

/** The step in hand, in a language. */
export function stepOf(place: Seen, locale: string, unsure: boolean): GuideView['step'] {
  if (place.kind === 'end') return { nodeId: place.node?.id ?? '', kind: 'outcome', title: say(place.node?.title, locale) || endingOf(place.result, locale), html: renderMarkdown(say(place.node?.body, locale)), entry: 'none', choices: [], result: place.result, unsure: false };
  const { node, at, symptom } = place;
  const asked = node.kind === 'diagnose' ? node.questions.find((each) => each.id === symptom) : node;
  return { nodeId: at, kind: node.kind === 'diagnose' ? 'question' : node.kind, title: say(asked?.title, locale), html: renderMarkdown(say(asked?.body, locale)), entry: entryOf(node), choices: choicesOf(place, locale), result: null, unsure };
}

function entryOf(node: GuideNode): GuideView['step']['entry'] {
  if (node.kind === 'question') return node.ask === 'number' || node.ask === 'text' ? node.ask : 'none';
  if (node.kind !== 'action') return 'none';
  return node.action === 'check-version' ? 'text' : node.action === 'open-ticket' ? 'ticket' : 'call-back';
}

/** The words of one step of a path. */
export function walked(graphs: Graphs, step: TakenStep, locale: string): WalkedStep {
  const [nodeId = '', symptomId] = step.at.split('/');
  const node = graphs.get(step.guideId)?.nodes.find((each) => each.id === nodeId);
  const asked = node?.kind === 'diagnose' ? node.questions.find((each) => each.id === symptomId) : node;
  return { guideId: step.guideId, nodeId: step.at, kind: node?.kind ?? 'question', title: say(asked?.title, locale) || step.at, answer: step.answer, said: wordsOf(node, step, locale), front: step.front, by: step.by, at: step.when.toISOString(), dropped: step.dropped };
}

function wordsOf(node: GuideNode | undefined, step: TakenStep, locale: string): string {
  const symptomId = step.at.split('/')[1];
  const label = node?.kind === 'diagnose' ? node.questions.find((each) => each.id === symptomId)?.options.find((option) => option.answer === step.answer)?.label : node && 'edges' in node ? node.edges.find((edge) => edge.answer === step.answer)?.label : undefined;
  const typed = step.confidence < 1 || /^-?\d/.test(step.answer) || (node?.kind === 'question' && node.ask === 'text') || (node?.kind === 'action' && node.action === 'check-version');
  return typed ? step.said : say(label, locale) || sayAnswer(step.answer, locale);
}

/** A run as its front ends show it. */
export function presentRun(run: GuideRunDoc, { place, graphs }: { place: Seen; graphs: Graphs }, locale = run.locale): GuideView {
  return {
    runId: run._id, guideId: run.guideId, title: say(graphs.get(run.guideId)?.title, locale), locale, state: run.state, ticketId: run.ticketId, step: stepOf(place, locale, run.unsure),
    path: standing(run).map((step) => walked(graphs, step, locale)), code: run.state === 'running' ? run.code : '',
  };
}
