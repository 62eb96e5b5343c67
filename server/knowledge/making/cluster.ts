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
  words: string[];
}

const near = 0.34;
const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
const plain = new Set('a an the my our your i we you it is are was do does did can could not no to of in on for with and or how what why when where from at be have has me this that please help hello hi'.split(' '));

function wordsOf(text: string): string[] {
  const words = [...segmenter.segment(text.normalize('NFKC').toLowerCase())].filter((part) => part.isWordLike).map((part) => part.segment.replace(/(?:ing|ed|es|s)$/, (end, at: number) => (at >= 4 ? '' : end)));
  return [...new Set(words.filter((word) => !plain.has(word) && (word.length > 1 || /\p{sc=Han}/u.test(word))))];
}

type Vector = Map<string, number>;
const length = (vector: Vector): number => Math.sqrt([...vector.values()].reduce((sum, value) => sum + value * value, 0)) || 1;
const likeness = (a: Vector, b: Vector): number => [...a].reduce((sum, [word, value]) => sum + value * (b.get(word) ?? 0), 0) / (length(a) * length(b));

/** Puts questions about the same thing together: each joins the nearest group whose middle is near enough, else begins one. */
export function cluster(asked: readonly Asked[]): Cluster[] {
  const texts = asked.map((each) => wordsOf(each.text));
  const counts = new Map<string, number>();
  for (const words of texts) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const rarity = (word: string): number => Math.log(1 + asked.length / (counts.get(word) ?? 1));
  const groups: { middle: Vector; members: { asked: Asked; vector: Vector }[] }[] = [];
  asked.forEach((each, i) => {
    const vector: Vector = new Map((texts[i] ?? []).map((word) => [word, rarity(word)]));
    if (vector.size === 0) return;
    const best = groups.map((group) => ({ group, like: likeness(vector, group.middle) })).sort((a, b) => b.like - a.like)[0];
    const group = best && best.like >= near ? best.group : { middle: new Map<string, number>(), members: [] };
    if (group.members.length === 0) groups.push(group);
    group.members.push({ asked: each, vector });
    for (const [word, value] of vector) group.middle.set(word, (group.middle.get(word) ?? 0) + value);
  });
  return groups.map(({ middle, members }) => ({
    members: members.map((member) => member.asked), label: [...members].sort((a, b) => likeness(b.vector, middle) - likeness(a.vector, middle))[0]?.asked.text ?? '', words: [...middle].sort((a, b) => b[1] - a[1]).slice(0, 5).map(([word]) => word),
  }));
}
