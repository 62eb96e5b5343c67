import { eachFeature, readText, wordsOf } from './features';

/** Rare features count more than plain TF-IDF says, letters more than words: chosen by cross-validation over three sets (docs/knowledge.md). */
const RARITY = 1.3;
const SHARES = [0.8, 1] as const;
const MANY_TEXTS = 20_000;

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

/** Turns texts into sparse vectors. Each group has length one before its share is applied. */
export class Vectorizer {
  private readonly ids: Map<string, number>;

  constructor(readonly keys: readonly string[], readonly rarity: Float32Array) {
    this.ids = new Map(keys.map((key, id) => [key, id]));
  }

  /** Learns the features of the training texts. Features of one text only are left out when there are many texts. */
  static learn(texts: readonly string[]): Vectorizer {
    const counts = new Map<string, number>();
    for (const text of texts) {
      const seen = new Set<string>();
      eachFeature(wordsOf(text), ({ key }) => seen.add(key));
      for (const key of seen) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const least = texts.length > MANY_TEXTS ? 2 : 1;
    const kept = [...counts].filter(([, count]) => count >= least);
    const rarity = Float32Array.from(kept, ([, count]) => Math.log(1 + texts.length / count) ** RARITY);
    return new Vectorizer(kept.map(([key]) => key), rarity);
  }

  get size(): number {
    return this.keys.length;
  }

  id(key: string): number | undefined {
    return this.ids.get(key);
  }

  vector(text: string): Sparse {
    const groups = [new Map<number, number>(), new Map<number, number>()] as const;
    let total = 0;
    let known = 0;
    for (const { key, group } of readText(text).features) {
      const id = this.ids.get(key);
      total += 1;
      if (id === undefined) continue;
      known += 1;
      groups[group].set(id, (groups[group].get(id) ?? 0) + 1);
    }
    const size = groups[0].size + groups[1].size;
    const sparse = { ids: new Int32Array(size), values: new Float32Array(size), known: total === 0 ? 0 : known / total };
    this.fill(sparse, groups[0], SHARES[0]);
    this.fill({ ids: sparse.ids.subarray(groups[0].size), values: sparse.values.subarray(groups[0].size) }, groups[1], SHARES[1]);
    return sparse;
  }

  private fill(into: { ids: Int32Array; values: Float32Array }, counts: ReadonlyMap<number, number>, share: number): void {
    let at = 0;
    let square = 0;
    for (const [id, count] of counts) {
      const value = (1 + Math.log(count)) * (this.rarity[id] ?? 0);
      into.ids[at] = id;
      into.values[at++] = value;
      square += value * value;
    }
    const scale = share / (Math.sqrt(square) || 1);
    for (let i = 0; i < at; i += 1) into.values[i] = (into.values[i] ?? 0) * scale;
  }
}
