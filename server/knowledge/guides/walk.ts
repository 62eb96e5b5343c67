import type { GuideEdge, GuideGraph, GuideNode } from '../../../protocol';
import { nextSymptom, verdict } from './information';

/** One answer on a path: the step (with the question after a slash for a diagnosing step) and the code of the answer. */
export interface Step {
  guideId: string;
  at: string;
  answer: string;
}

/** Where a path leads. `missing` names a guide that must be loaded first. */
export type Place =
  | { kind: 'step'; guideId: string; node: Exclude<GuideNode, { kind: 'start' | 'link' | 'outcome' }>; at: string; symptom: string | null }
  | { kind: 'end'; guideId: string; node: Extract<GuideNode, { kind: 'outcome' }> | null; result: 'solved' | 'escalate' }
  | { kind: 'missing'; guideId: string };

interface Frame {
  guideId: string;
  nodeId: string;
}

const mostHops = 2000;

/** Follows the answers through the guides from the beginning. Answers that do not fit the step they come to are as if not given. */
export function replay(graphs: ReadonlyMap<string, GuideGraph>, root: string, steps: readonly Step[]): Place {
  const frames: Frame[] = [{ guideId: root, nodeId: '' }];
  const left = [...steps];
  for (let hops = 0; hops < mostHops; hops += 1) {
    const frame = frames.at(-1);
    if (!frame) break;
    const graph = graphs.get(frame.guideId);
    if (!graph) return { kind: 'missing', guideId: frame.guideId };
    const node = frame.nodeId === '' ? graph.nodes.find((each) => each.kind === 'start') : graph.nodes.find((each) => each.id === frame.nodeId);
    const place = node ? move(node, { frames, frame, left }) : lost(frame);
    if (place) return place;
  }
  return { kind: 'end', guideId: root, node: null, result: 'escalate' };
}

// A step that is not there any more: a person goes on.
const lost = (frame: Frame): Place => ({ kind: 'end', guideId: frame.guideId, node: null, result: 'escalate' });

function move(node: GuideNode, { frames, frame, left }: { frames: Frame[]; frame: Frame; left: Step[] }): Place | null {
  if (node.kind === 'start') return go(frame, node.next);
  if (node.kind === 'link') {
    frame.nodeId = node.next;
    frames.push({ guideId: node.guideId, nodeId: '' });
    return frames.length > 12 ? lost(frame) : null;
  }
  if (node.kind === 'outcome') {
    if (node.result === 'solved' || frames.length === 1) return { kind: 'end', guideId: frame.guideId, node, result: node.result };
    frames.pop();
    return null;
  }
  if (node.kind === 'diagnose') return diagnose(node, frame, left);
  const answer = left[0]?.at === node.id && left[0].guideId === frame.guideId ? left[0].answer : null;
  const edge = answer === null ? undefined : edgeFor(node, answer);
  if (!edge) return { kind: 'step', guideId: frame.guideId, node, at: node.id, symptom: null };
  left.shift();
  return go(frame, edge.to);
}

function diagnose(node: Extract<GuideNode, { kind: 'diagnose' }>, frame: Frame, left: Step[]): Place | null {
  const given = new Map<string, string>();
  for (;;) {
    const symptom = nextSymptom(node, given);
    if (!symptom) return go(frame, verdict(node, given));
    const at = `${node.id}/${symptom.id}`;
    const answer = left[0]?.at === at && left[0].guideId === frame.guideId ? left[0].answer : null;
    if (answer === null || (answer !== 'unknown' && !symptom.options.some((option) => option.answer === answer))) return { kind: 'step', guideId: frame.guideId, node, at, symptom: symptom.id };
    left.shift();
    given.set(symptom.id, answer);
  }
}

function go(frame: Frame, to: string): null {
  frame.nodeId = to;
  return null;
}

/** The way an answer code takes; numbers take the way of their range. */
export function edgeFor(node: Extract<GuideNode, { kind: 'question' | 'guidance' | 'action' }>, answer: string): GuideEdge | undefined {
  const named = node.edges.find((edge) => edge.answer === answer);
  if (named || node.kind !== 'question' || node.ask !== 'number') return named;
  const value = Number(answer);
  return Number.isFinite(value) && answer.trim() !== '' ? node.edges.find((edge) => (edge.from !== undefined || edge.upTo !== undefined) && value >= (edge.from ?? -Infinity) && value < (edge.upTo ?? Infinity)) : undefined;
}
