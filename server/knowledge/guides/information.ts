import type { DiagnoseNode, GuideSaving } from '../../../protocol';

/** What was answered so far at a diagnosing step: question → answer. */
export type Given = ReadonlyMap<string, string>;
type Symptom = DiagnoseNode['questions'][number];

const little = 0.01;
const rareEnough = 0.0005;

/** How likely an answer is with a cause; never quite impossible, so that one wrong answer rules nothing out for good. */
function likelihood(node: DiagnoseNode, { cause, symptom, answer }: { cause: DiagnoseNode['causes'][number]; symptom: Symptom; answer: string }): number {
  if (answer === 'unknown') return 1;
  const said = cause.likely[symptom.id] ?? {};
  const known = symptom.options.reduce((sum, option) => sum + (said[option.answer] ?? 0), 0);
  const unnamed = symptom.options.filter((option) => said[option.answer] === undefined).length;
  const rest = Math.max(0, 1 - known);
  const given = said[answer] ?? (unnamed > 0 ? rest / unnamed : 0);
  const total = known + (unnamed > 0 ? rest : 0) || 1;
  return little / symptom.options.length + (1 - little) * (given / total);
}

/** How likely each cause is after the answers, in the order of the causes. */
export function posterior(node: DiagnoseNode, given: Given): number[] {
  const weights = node.causes.map((cause) => [...given].reduce((product, [id, answer]) => {
    const symptom = node.questions.find((each) => each.id === id);
    return symptom ? product * likelihood(node, { cause, symptom, answer }) : product;
  }, cause.share));
  const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  return weights.map((weight) => weight / total);
}

const entropy = (chances: readonly number[]): number => -chances.reduce((sum, p) => sum + (p > 0 ? p * Math.log2(p) : 0), 0);

/** Chance of each answer to a question, as things stand. */
function outlook(node: DiagnoseNode, symptom: Symptom, now: readonly number[]): { answer: string; chance: number }[] {
  return symptom.options.map(({ answer }) => ({ answer, chance: node.causes.reduce((sum, cause, i) => sum + (now[i] ?? 0) * likelihood(node, { cause, symptom, answer }), 0) }));
}

/** How many bits a question is expected to tell. */
export function gain(node: DiagnoseNode, symptom: Symptom, given: Given): number {
  const now = posterior(node, given);
  const after = outlook(node, symptom, now).reduce((sum, { answer, chance }) => sum + chance * entropy(posterior(node, new Map([...given, [symptom.id, answer]]))), 0);
  return entropy(now) - after;
}

/** The question to ask next; null when one cause is sure enough or nothing is left that tells anything. */
export function nextSymptom(node: DiagnoseNode, given: Given, order: DiagnoseNode['order'] = node.order): Symptom | null {
  if (Math.max(...posterior(node, given)) >= node.sureAt) return null;
  const open = node.questions.filter((symptom) => !given.has(symptom.id));
  if (order === 'authored') return open[0] ?? null;
  const ranked = open.map((symptom) => ({ symptom, bits: gain(node, symptom, given) })).sort((a, b) => b.bits - a.bits);
  const best = ranked[0];
  return best && best.bits > 1e-6 ? best.symptom : null;
}

/** Where a diagnosing step leads: the likeliest cause when it stands out (sure enough, or all asked and twice as likely as the next), else `otherwise`. */
export function verdict(node: DiagnoseNode, given: Given): string {
  const ranked = posterior(node, given).map((chance, i) => ({ chance, to: node.causes[i]?.to ?? node.otherwise })).sort((a, b) => b.chance - a.chance);
  const [first, second] = ranked;
  return first && (first.chance >= node.sureAt || first.chance >= 2 * (second?.chance ?? 0)) ? first.to : node.otherwise;
}

/** Questions asked on average until the step ends, when customers have each cause as often as its share says. Paths rarer than one in 2,000 count as ended. */
export function expectedQuestions(node: DiagnoseNode, order: DiagnoseNode['order']): number {
  const walk = (given: Given, weight: number): number => {
    const symptom = weight < rareEnough ? null : nextSymptom(node, given, order);
    if (!symptom) return 0;
    const now = posterior(node, given);
    return weight + outlook(node, symptom, now).reduce((sum, { answer, chance }) => sum + walk(new Map([...given, [symptom.id, answer]]), weight * chance), 0);
  };
  return walk(new Map(), 1);
}

/** What asking by information saves over the written order. */
export const savingOf = (node: DiagnoseNode): GuideSaving => ({ nodeId: node.id, authored: round(expectedQuestions(node, 'authored')), chosen: round(expectedQuestions(node, 'information')) });

const round = (value: number): number => Math.round(value * 100) / 100;
