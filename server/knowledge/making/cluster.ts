import { guessLanguage, stopWords } from '../search';

/** One question somebody asked. */
export interface Asked {
  text: string;
  kind: 'search' | 'ticket';
  id: string;
}

/** Questions about the same thing. */
export interface Cluster {
  members: Asked[];
  /** The member nearest to the middle. */
  label: string;
  /** What it is about, as most of its members write it. */
  words: string[];
}

const near = 0.34;
const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
const polite = new Set('please help hello hi'.split(' '));

/** The words that say what a text is about: their stems, and how each is written there. */
function wordsOf(text: string): Map<string, string> {
  const grammar = stopWords(guessLanguage(text) ?? 'en');
  const found = new Map<string, string>();
  for (const { segment, isWordLike } of segmenter.segment(text.normalize('NFKC'))) {
    const word = segment.toLowerCase();
    if (!isWordLike || grammar.has(word) || polite.has(word) || (word.length === 1 && !/\p{sc=Han}/u.test(word))) continue;
    found.set(word.replace(/(?:ing|ed|es|s|e)$/, (end, at: number) => (at >= 4 ? '' : end)), segment);
  }
  return found;
}

const mostWritten = (forms: ReadonlyMap<string, number> | undefined, stem: string): string => [...(forms ?? [])].sort((a, b) => b[1] - a[1])[0]?.[0] ?? stem;

type Vector = Map<string, number>;
const length = (vector: Vector): number => Math.sqrt([...vector.values()].reduce((sum, value) => sum + value * value, 0)) || 1;
const likeness = (a: Vector, b: Vector): number => [...a].reduce((sum, [word, value]) => sum + value * (b.get(word) ?? 0), 0) / (length(a) * length(b));

interface Group {
  middle: Vector;
  members: { asked: Asked; vector: Vector }[];
  /** How often each form of a stem was written. */
  written: Map<string, Map<string, number>>;
}

const counted = (forms: Map<string, number> | undefined, form: string): Map<string, number> => (forms ?? new Map<string, number>()).set(form, (forms?.get(form) ?? 0) + 1);

/** Puts questions about the same thing together: each joins the nearest group whose middle is near enough, else begins one. */
export function cluster(asked: readonly Asked[]): Cluster[] {
  const texts = asked.map((each) => wordsOf(each.text));
  const counts = new Map<string, number>();
  for (const words of texts) for (const word of words.keys()) counts.set(word, (counts.get(word) ?? 0) + 1);
  const rarity = (word: string): number => Math.log(1 + asked.length / (counts.get(word) ?? 1));
  const groups: Group[] = [];
  asked.forEach((each, i) => {
    const vector: Vector = new Map([...(texts[i]?.keys() ?? [])].map((word) => [word, rarity(word)]));
    if (vector.size === 0) return;
    const best = groups.map((group) => ({ group, like: likeness(vector, group.middle) })).sort((a, b) => b.like - a.like)[0];
    const group: Group = best && best.like >= near ? best.group : { middle: new Map(), members: [], written: new Map() };
    if (group.members.length === 0) groups.push(group);
    group.members.push({ asked: each, vector });
    for (const [word, value] of vector) group.middle.set(word, (group.middle.get(word) ?? 0) + value);
    for (const [stem, form] of texts[i] ?? []) group.written.set(stem, counted(group.written.get(stem), form));
  });
  return groups.map(({ middle, members, written }) => ({
    members: members.map((member) => member.asked), label: [...members].sort((a, b) => likeness(b.vector, middle) - likeness(a.vector, middle))[0]?.asked.text ?? '',
    words: [...middle].sort((a, b) => b[1] - a[1]).slice(0, 5).map(([stem]) => mostWritten(written.get(stem), stem)),
  }));
}
