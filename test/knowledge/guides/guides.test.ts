// The pure part of guides: following a path, taking words for answers, asking what tells most, checks, and the telephone's words.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { guideGraph, type DiagnoseNode, type GuideGraph, type GuideNode } from '../../../protocol';
import { checkGuide } from '../../../server/knowledge/guides/check-guide';
import { expectedQuestions, nextSymptom, posterior, savingOf, verdict } from '../../../server/knowledge/guides/information';
import { meantBy, phonePrompt, speakable } from '../../../server/knowledge/guides/phone-step';
import { say } from '../../../server/knowledge/guides/say';
import { compareVersions, understand } from '../../../server/knowledge/guides/understand';
import { replay, type Place } from '../../../server/knowledge/guides/walk';

const written = JSON.parse(readFileSync(join(__dirname, '../../../server/app/demo/guides.json'), 'utf8')) as Record<string, { graph: unknown }>;
const linked = 'a'.repeat(24);
const graphs = Object.fromEntries(Object.entries(written).map(([name, { graph }]) => [name, guideGraph.parse(JSON.parse(JSON.stringify(graph).replace('"HUB"', `"${linked}"`)))])) as Record<'hub' | 'lamp' | 'login' | 'order', GuideGraph>;
const own = 'b'.repeat(24);
const at = (graph: GuideGraph, ...answers: [at: string, answer: string][]): Place => replay(new Map([[own, graph], [linked, graphs.hub]]), own, answers.map(([step, answer]) => ({ guideId: own, at: step, answer })));
const step = (place: Place) => (place.kind === 'step' ? place : null) as Extract<Place, { kind: 'step' }>;
const change = (graph: GuideGraph, id: string, more: object): GuideGraph => ({ ...graph, nodes: graph.nodes.map((node) => (node.id === id ? { ...node, ...more } as GuideNode : node)) });
const codes = (graph: GuideGraph): string[] => [...new Set(checkGuide(graph, new Map([[linked, graphs.hub]]), own).map((fault) => fault.code))];

test.each(Object.keys(graphs))('the demo guide %s has no fault but a way back', (name) => expect(checkGuide(graphs[name as 'hub'], new Map([[linked, graphs.hub]]), own)).toEqual([]));

describe('a path', () => {
  test('goes from answer to answer to its end', () => {
    expect(step(at(graphs.hub)).at).toBe('light');
    expect(step(at(graphs.hub, ['light', 'red'])).at).toBe('cable');
    expect(at(graphs.hub, ['light', 'red'], ['cable', 'solved'])).toMatchObject({ kind: 'end', result: 'solved' });
    expect(at(graphs.hub, ['light', 'red'], ['cable', 'not-solved'], ['restart', 'not-solved'], ['version', 'current'])).toMatchObject({ kind: 'end', result: 'escalate' });
  });
  test('stops at an answer that does not fit', () => expect(step(at(graphs.hub, ['cable', 'solved'])).at).toBe('light'));
  test('takes the way of a number\'s range', () => {
    expect(step(at(graphs.order, ['days', '2'])).at).toBe('wait');
    expect(step(at(graphs.order, ['days', '4'])).at).toBe('state');
  });
  test('goes through a linked guide and comes back behind it', () => {
    const place = at({ ...graphs.lamp, nodes: [{ kind: 'start', id: 'start', title: {}, body: {}, next: 'do-hub' }, ...graphs.lamp.nodes.filter((node) => node.kind !== 'start')] });
    expect(place).toMatchObject({ kind: 'step', guideId: linked, at: 'light' });
  });
  test('asks for a guide it does not have', () => expect(replay(new Map(), own, [])).toEqual({ kind: 'missing', guideId: own }));
});

describe('an answer in words', () => {
  const yesno = step(at({ locales: ['en'], title: {}, about: {}, nodes: [{ kind: 'start', id: 's', title: {}, body: {}, next: 'q' }, { kind: 'question', id: 'q', ask: 'yesno', title: {}, body: {}, edges: [{ answer: 'yes', to: 'q' }, { answer: 'no', to: 'q' }, { answer: 'unknown', to: 'q' }] }] }));
  test.each([['yes please', 'yes'], ['Nope', 'no'], ['it does not', 'no'], ['네', 'yes'], ['아니요', 'no'], ['没有', 'no'], ['是的', 'yes'], ['はい', 'yes'], ['いいえ', 'no'], ['모르겠어요', 'unknown'], ['わかりません', 'unknown'], ["I don't know", 'unknown']])('"%s" means %s', (said, meant) => expect(understand(yesno, said, 'en')?.answer).toBe(meant));
  test('that says neither is asked again', () => expect(understand(yesno, 'purple', 'en')).toBeNull());
  test('chooses by label', () => {
    const light = step(at(graphs.hub));
    expect(understand(light, 'it blinks red', 'en')).toEqual({ answer: 'red', confidence: 0.95 });
    expect(understand(light, '파란색', 'ko')?.answer).toBe('blue');
    expect(understand(light, 'the thing blinks red all day: It blinks red!', 'en')?.answer).toBe('red');
  });
  test('gives a number or a version', () => {
    expect(understand(step(at(graphs.order)), 'about 6 days', 'en')?.answer).toBe('6');
    const version = step(at(graphs.hub, ['light', 'blue'], ['restart', 'not-solved']));
    expect(['v2.10', '2.2.9', 'dunno'].map((said) => understand(version, said, 'en')?.answer)).toEqual(['current', 'older', 'unknown']);
    expect(compareVersions('2.10', '2.9')).toBeGreaterThan(0);
  });
});

describe('asking what tells most', () => {
  const node = graphs.lamp.nodes.find((each): each is DiagnoseNode => each.kind === 'diagnose') as DiagnoseNode;
  test('chances add up and follow the answers', () => {
    const after = posterior(node, new Map([['wall', 'no']]));
    expect(after.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1);
    expect(after[0]).toBeGreaterThan(0.7);
    expect(posterior(node, new Map([['wall', 'unknown']]))).toEqual(posterior(node, new Map()));
  });
  test('one answer never rules a cause out for good', () => expect(Math.min(...posterior(node, new Map([['wall', 'no'], ['all', 'no'], ['near', 'no']])))).toBeGreaterThan(0));
  test('it needs fewer questions than the written order, and reports how many', () => {
    const { authored, chosen } = savingOf(node);
    expect(chosen).toBeLessThan(authored);
    expect(expectedQuestions(node, 'authored')).toBeLessThanOrEqual(node.questions.length);
  });
  test('it stops when sure, or when nothing is left', () => {
    const given = new Map<string, string>();
    for (let symptom = nextSymptom(node, given); symptom; symptom = nextSymptom(node, given)) given.set(symptom.id, symptom.id === 'all' ? 'no' : 'yes');
    expect(verdict(node, given)).toBe('do-hub');
    expect(verdict(node, new Map())).toBe('person');
  });
});

describe('a check finds', () => {
  test.each<[string, GuideGraph]>([
    ['no-start', { ...graphs.hub, nodes: graphs.hub.nodes.filter((node) => node.kind !== 'start') }],
    ['two-starts', { ...graphs.hub, nodes: [...graphs.hub.nodes, { kind: 'start', id: 'again', title: {}, body: {}, next: 'light' }] }],
    ['same-name', { ...graphs.hub, nodes: [...graphs.hub.nodes, ...graphs.hub.nodes.slice(-1)] }],
    ['leads-nowhere', change(graphs.hub, 'start', { next: 'nothing' })],
    ['unreachable', { ...graphs.hub, nodes: [...graphs.hub.nodes, { kind: 'outcome', id: 'island', title: { en: 'x', ko: 'x', zh: 'x', ja: 'x' }, body: {}, result: 'solved' }] }],
    ['endless', { ...graphs.hub, nodes: [{ kind: 'start', id: 'start', title: {}, body: {}, next: 'start' }] }],
    ['loop', change(graphs.hub, 'update', { edges: [{ answer: 'solved', to: 'solved' }, { answer: 'not-solved', to: 'light' }] })],
    ['missing-answer', change(graphs.hub, 'update', { edges: [{ answer: 'solved', to: 'solved' }] })],
    ['no-way-out', change(graphs.hub, 'update', { edges: [] })],
    ['missing-translation', { ...graphs.hub, locales: [...graphs.hub.locales, 'de'] }],
    ['unknown-guide', change(graphs.lamp, 'do-hub', { guideId: 'c'.repeat(24) })],
    ['circular-link', change(graphs.lamp, 'do-hub', { guideId: own })],
    ['cause-unlikely', change(graphs.lamp, 'find', { causes: (graphs.lamp.nodes.find((node) => node.kind === 'diagnose') as DiagnoseNode).causes.map((cause) => ({ ...cause, likely: {} })) })],
    ['many-questions', { ...graphs.hub, nodes: [{ kind: 'start', id: 'start', title: {}, body: {}, next: 'q0' }, ...Array.from({ length: 8 }, (_, i): GuideNode => ({ kind: 'question', id: `q${i}`, ask: 'yesno', title: { en: 'x', ko: 'x', zh: 'x', ja: 'x' }, body: {}, edges: [{ answer: 'yes', to: i === 7 ? 'solved' : `q${i + 1}` }, { answer: 'no', to: 'solved' }] })), ...graphs.hub.nodes.filter((node) => node.id === 'solved')] }],
  ])('%s', (code, graph) => expect(codes(graph)).toContain(code));
});

describe('the telephone', () => {
  const about = { runId: own, locale: 'en' };
  test('offers at most four choices at once and turns the page', () => {
    const many: GuideGraph = { locales: ['en'], title: {}, about: {}, nodes: [{ kind: 'start', id: 's', title: {}, body: {}, next: 'q' }, { kind: 'question', id: 'q', ask: 'choice', title: { en: 'Which?' }, body: {}, edges: ['a', 'b', 'c', 'd', 'e'].map((answer) => ({ answer, to: 'q', label: { en: `Choice ${answer}` } })) }] };
    const place = step(at(many));
    const first = phonePrompt(about, place);
    expect(first.gather?.options.map(({ digit, answer }) => [digit, answer])).toEqual([['1', 'a'], ['2', 'b'], ['3', 'c'], ['4', 'd']]);
    expect(meantBy(place, { digits: '9', part: 0, locale: 'en' })).toBe('more');
    expect(meantBy(place, { digits: '1', part: 1, locale: 'en' })).toEqual({ answer: 'e' });
    expect(meantBy(place, { digits: '7', part: 0, locale: 'en' })).toBeNull();
    expect(phonePrompt(about, place, { part: 1 }).say).toEqual(['For "Choice e" press 1.']);
  });
  test('says Markdown without its signs, and ends or connects', () => {
    expect(speakable('1. **Pull** the plug ![x](/a)\n- wait [here](/b)')).toBe('1. Pull the plug wait here');
    expect(phonePrompt(about, at(graphs.hub, ['light', 'red'], ['cable', 'solved']) as Exclude<Place, { kind: 'missing' }>)).toMatchObject({ gather: null, then: 'hang-up' });
    expect(phonePrompt({ runId: own, locale: 'ko' }, step(at(graphs.order))).gather?.digits).toBe(20);
  });
});

test('a text falls back from its language to a near one, to English, to any', () => {
  expect([say({ 'zh-Hant': '繁', en: 'e' }, 'zh-TW'), say({ en: 'e', ko: 'k' }, 'ja'), say({ ko: 'k' }, 'ja'), say(undefined, 'en')]).toEqual(['繁', 'e', 'k', '']);
});
