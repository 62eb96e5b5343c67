import type { GuideFault, GuideGraph, GuideNode, Wording } from '../../../protocol';
import { has } from './say';

const manyQuestions = 7;
type Code = GuideFault['code'];
const fault = (code: Code, nodeId: string | null, { detail = '', severe = true }: { detail?: string; severe?: boolean } = {}): GuideFault => ({ code, severe, nodeId, detail });

/** Every way out of a step: answer → step. */
export function waysOf(node: GuideNode): { answer: string; to: string }[] {
  if (node.kind === 'start' || node.kind === 'link') return [{ answer: '', to: node.next }];
  if (node.kind === 'outcome') return [];
  if (node.kind === 'diagnose') return [...node.causes.map((cause) => ({ answer: cause.id, to: cause.to })), { answer: '', to: node.otherwise }];
  return node.edges.map(({ answer, to }) => ({ answer, to }));
}

/** Everything wrong with a graph, the severe first. `links` are the guides that links may lead to. */
export function checkGuide(graph: GuideGraph, links: ReadonlyMap<string, GuideGraph> = new Map(), ownId = ''): GuideFault[] {
  const faults = [...checkNames(graph), ...graph.nodes.flatMap((node) => [...checkWays(graph, node), ...checkAnswers(node), ...checkLink(node, links, ownId)]), ...checkReach(graph), ...checkLoops(graph), ...checkLength(graph), ...checkWords(graph)];
  return faults.sort((a, b) => Number(b.severe) - Number(a.severe));
}

function checkNames({ nodes }: GuideGraph): GuideFault[] {
  const starts = nodes.filter((node) => node.kind === 'start');
  const twice = [...new Set(nodes.map((node) => node.id).filter((id, i, all) => all.indexOf(id) !== i))];
  return [...(starts.length === 0 ? [fault('no-start', null)] : []), ...starts.slice(1).map((node) => fault('two-starts', node.id)), ...twice.map((id) => fault('same-name', id))];
}

const checkWays = ({ nodes }: GuideGraph, node: GuideNode): GuideFault[] => waysOf(node).filter(({ to }) => !nodes.some((each) => each.id === to)).map(({ answer, to }) => fault('leads-nowhere', node.id, { detail: answer || to }));

const needed: Record<string, readonly string[]> = { guidance: ['solved', 'not-solved'], yesno: ['yes', 'no'], 'open-ticket': ['done'], 'call-back': ['done'], 'check-version': ['current', 'older', 'unknown'], text: ['unknown'] };

function checkAnswers(node: GuideNode): GuideFault[] {
  if (node.kind === 'diagnose') return node.causes.filter((cause) => !Object.keys(cause.likely).some((id) => node.questions.some((each) => each.id === id))).map((cause) => fault('cause-unlikely', node.id, { detail: cause.id, severe: false }));
  if (node.kind !== 'question' && node.kind !== 'guidance' && node.kind !== 'action') return [];
  const kind = node.kind === 'question' ? node.ask : node.kind === 'action' ? node.action : 'guidance';
  const missing = (needed[kind] ?? []).filter((answer) => !node.edges.some((edge) => edge.answer === answer)).map((answer) => fault('missing-answer', node.id, { detail: answer }));
  if (node.edges.length === 0) return [fault('no-way-out', node.id)];
  const twice = node.edges.map((edge) => edge.answer).filter((answer, i, all) => all.indexOf(answer) !== i).map((answer) => fault('same-name', node.id, { detail: answer }));
  return [...missing, ...twice];
}

function checkLink(node: GuideNode, links: ReadonlyMap<string, GuideGraph>, ownId: string): GuideFault[] {
  if (node.kind !== 'link') return [];
  if (node.guideId === ownId) return [fault('circular-link', node.id)];
  if (!links.has(node.guideId)) return [fault('unknown-guide', node.id)];
  const seen = new Set<string>();
  const circular = (id: string): boolean => id === ownId || (!seen.has(id) && !!seen.add(id) && (links.get(id)?.nodes ?? []).some((each) => each.kind === 'link' && circular(each.guideId)));
  return ownId !== '' && circular(node.guideId) ? [fault('circular-link', node.id)] : [];
}

function reached({ nodes }: GuideGraph): Set<string> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const seen = new Set<string>();
  const open = nodes.filter((node) => node.kind === 'start').slice(0, 1).map((node) => node.id);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = byId.get(id);
    if (!node || seen.has(id)) continue;
    seen.add(id);
    open.push(...waysOf(node).map((way) => way.to));
  }
  return seen;
}

function checkReach(graph: GuideGraph): GuideFault[] {
  const seen = reached(graph);
  return graph.nodes.some((node) => node.kind === 'start') ? graph.nodes.filter((node) => !seen.has(node.id)).map((node) => fault('unreachable', node.id)) : [];
}

const pauses = (node: GuideNode): boolean => ['question', 'guidance', 'action', 'diagnose'].includes(node.kind);

/** A ring without any step that waits for somebody would never end; a ring with one lets a reader go round. */
function checkLoops(graph: GuideGraph): GuideFault[] {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const found = new Map<string, boolean>();
  const done = new Set<string>();
  const visit = (id: string, path: GuideNode[]): void => {
    const node = byId.get(id);
    if (!node) return;
    const at = path.indexOf(node);
    if (at >= 0) return void found.set(id, (found.get(id) ?? false) || !path.slice(at).some(pauses));
    if (done.has(id)) return;
    for (const way of waysOf(node)) visit(way.to, [...path, node]);
    done.add(id);
  };
  for (const node of graph.nodes) visit(node.id, []);
  return [...found].map(([id, endless]) => (endless ? fault('endless', id) : fault('loop', id, { severe: false })));
}

/** Longest way in questions; a ring is counted once. */
function checkLength(graph: GuideGraph): GuideFault[] {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const known = new Map<string, number>();
  const longest = (id: string, path: ReadonlySet<string>): number => {
    const node = byId.get(id);
    if (!node || path.has(id)) return 0;
    const before = known.get(id);
    if (before !== undefined) return before;
    const further = Math.max(0, ...waysOf(node).map((way) => longest(way.to, new Set([...path, id]))));
    known.set(id, further + (node.kind === 'question' ? 1 : 0));
    return known.get(id) ?? 0;
  };
  const start = graph.nodes.find((node) => node.kind === 'start');
  const questions = start ? longest(start.id, new Set()) : 0;
  return questions > manyQuestions ? [fault('many-questions', null, { detail: String(questions), severe: false })] : [];
}

const builtIn = new Set(['yes', 'no', 'unknown', 'solved', 'not-solved', 'done', 'skipped', 'current', 'older']);

function wordingsOf(node: GuideNode): Wording[] {
  const titled = node.kind === 'start' || node.kind === 'link' ? [] : [node.title];
  const bodies = Object.keys(node.body).length > 0 ? [node.body] : [];
  if (node.kind === 'diagnose') return [...bodies, ...node.questions.flatMap((each) => [each.title, ...each.options.filter((option) => option.label || !builtIn.has(option.answer)).map((option) => option.label ?? {})])];
  const ranged = node.kind === 'question' && (node.ask === 'number' || node.ask === 'text');
  const labels = 'edges' in node && !ranged ? node.edges.filter((edge) => edge.label || !builtIn.has(edge.answer)).map((edge) => edge.label ?? {}) : [];
  return [...titled, ...bodies, ...labels];
}

function checkWords(graph: GuideGraph): GuideFault[] {
  const missing = (wordings: Wording[], nodeId: string | null): GuideFault[] => graph.locales.filter((locale) => wordings.some((wording) => !has(wording, locale))).map((locale) => fault('missing-translation', nodeId, { detail: locale }));
  return [...missing([graph.title], null), ...graph.nodes.flatMap((node) => missing(wordingsOf(node), node.id))];
}
