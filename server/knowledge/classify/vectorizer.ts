import { readText, tellingOf, type Feature } from './features';
import { silentWords } from './silent-words';
import type { LabelledText } from './types';

/** Rare features count more than plain TF-IDF says, letters and words together more than words: chosen by cross-validation over three sets (docs/knowledge.md). */
const RARITY = 1.3;
const SHARES = [0.8, 1, 0.8, 0.8] as const;
const MANY_TEXTS = 20_000;
/** Pairs seen once are forgotten when there are so many of them: long texts have hundreds each. */
const MOST_PAIRS = 500_000;

/** A text as numbers: feature ids (ascending within a group) and their values; `known` is the share of its features that training had seen. */
export interface Sparse {
  ids: Int32Array;
  values: Float32Array;
  known: number;
}

const MEANING_SHARE = 1.5;

/** A text's vector of meaning joined to its words, as features after the last word feature. */
export function withMeaning({ ids, values, known }: Sparse, meaning: Float32Array, from: number): Sparse {
  const length = Math.sqrt(meaning.reduce((sum, x) => sum + x * x, 0)) || 1;
  const joined = { ids: new Int32Array(ids.length + meaning.length), values: new Float32Array(ids.length + meaning.length), known };
  joined.ids.set(ids);
  joined.values.set(values);
  meaning.forEach((x, i) => {
    joined.ids[ids.length + i] = from + i;
    joined.values[ids.length + i] = (MEANING_SHARE * x) / length;
  });
  return joined;
}

function featuresOf(text: string, silent: ReadonlySet<string> | null): readonly Feature[] {
  const { words, features } = readText(text);
  return silent ? [...features, ...tellingOf(words, silent)] : features;
}

/** Counts in how many texts each feature is. Pairs of one text only teach nothing, and all of a group together are at most as many as words and letters. */
function counted(texts: readonly string[], silent: ReadonlySet<string>): [string, number][] {
  const [counts, ...paired] = [0, 1, 2].map(() => new Map<string, number>()) as [Map<string, number>, Map<string, number>, Map<string, number>];
  for (const text of texts) {
    for (const { key, group } of featuresOf(text, silent)) {
      const into = group < 2 ? counts : (paired[group - 2] as Map<string, number>);
      into.set(key, (into.get(key) ?? 0) + 1);
    }
    for (const pairs of paired) if (pairs.size > MOST_PAIRS) for (const [key, count] of pairs) if (count === 1) pairs.delete(key);
  }
  const least = texts.length > MANY_TEXTS ? 2 : 1;
  const kept = [...counts].filter(([, count]) => count >= least);
  return [...kept, ...paired.flatMap((pairs) => [...pairs].filter(([, count]) => count > least).sort((a, b) => b[1] - a[1]).slice(0, kept.length))];
}

interface Known {
  id: number;
  feature: Feature;
}

/** Turns texts into sparse vectors. Each group has length one before its share is applied. */
export class Vectorizer {
  private readonly ids: Map<string, number>;
  private readonly quiet: ReadonlySet<string> | null;

  constructor(readonly keys: readonly string[], readonly rarity: Float32Array, readonly silent: readonly string[] | null) {
    this.ids = new Map(keys.map((key, id) => [key, id]));
    this.quiet = silent && new Set(silent);
  }

  /** Learns the features of the training texts. Features of one text only are left out when there are many texts. */
  static learn(rows: readonly LabelledText[]): Vectorizer {
    const silent = silentWords(rows);
    const kept = counted(rows.map((row) => row.text), new Set(silent));
    const rarity = Float32Array.from(kept, ([, count]) => Math.log(1 + rows.length / count) ** RARITY);
    return new Vectorizer(kept.map(([key]) => key), rarity, silent);
  }

  get size(): number {
    return this.keys.length;
  }

  vector(text: string): Sparse {
    return this.read(text).vector;
  }

  /** The vector of a text, and for each of its numbers the word it came from. */
  read(text: string): { vector: Sparse; owners: Int32Array } {
    const groups: Known[][] = SHARES.map(() => []);
    let total = 0;
    let known = 0;
    for (const feature of featuresOf(text, this.quiet)) {
      const id = this.ids.get(feature.key);
      // Most pairs of any text are new.
      if (feature.group < 2) total += feature.count;
      if (id === undefined) continue;
      if (feature.group < 2) known += feature.count;
      groups[feature.group]?.push({ id, feature });
    }
    const all = groups.flat();
    const vector = { ids: new Int32Array(all.length), values: new Float32Array(all.length), known: total === 0 ? 0 : known / total };
    let at = 0;
    groups.forEach((group, index) => {
      this.fill({ ids: vector.ids.subarray(at), values: vector.values.subarray(at) }, group, SHARES[index] ?? 1);
      at += group.length;
    });
    return { vector, owners: Int32Array.from(all, ({ feature }) => feature.owner) };
  }

  private fill(into: { ids: Int32Array; values: Float32Array }, known: readonly Known[], share: number): void {
    let at = 0;
    let square = 0;
    for (const { id, feature } of known) {
      const value = (1 + Math.log(feature.count)) * (this.rarity[id] ?? 0);
      into.ids[at] = id;
      into.values[at++] = value;
      square += value * value;
    }
    const scale = share / (Math.sqrt(square) || 1);
    for (let i = 0; i < at; i += 1) into.values[i] = (into.values[i] ?? 0) * scale;
  }
}
