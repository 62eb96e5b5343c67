import { wordsOf } from './features';
import type { LabelledText } from './types';

const COMMON = 0.01;
const TELLS_LITTLE = 0.13;

/** Words of at least one text in a hundred that stand in the texts of all labels alike, so that they tell nothing: "the", "how", "please" in whatever language the texts are. */
export function silentWords(rows: readonly LabelledText[]): string[] {
  const labels = new Map<string, number>();
  const words = new Map<string, Map<string, number>>();
  for (const { text, label } of rows) {
    labels.set(label, (labels.get(label) ?? 0) + 1);
    for (const word of new Set(wordsOf(text))) {
      const counts = words.get(word) ?? new Map<string, number>();
      words.set(word, counts.set(label, (counts.get(label) ?? 0) + 1));
    }
  }
  const shares = new Map([...labels].map(([label, count]) => [label, count / rows.length]));
  const unknown = [...shares.values()].reduce((sum, share) => sum - share * Math.log(share), 0);
  return [...words].filter(([, counts]) => {
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    if (total < COMMON * rows.length) return false;
    // How much of what is unknown of a text's label the word takes away (Kullback and Leibler).
    const told = [...counts].reduce((sum, [label, count]) => sum + (count / total) * Math.log(count / total / (shares.get(label) ?? 1)), 0);
    return told < TELLS_LITTLE * unknown;
  }).map(([word]) => word);
}
