import { deserialize, serialize } from 'node:v8';
import { confidenceOf, judgeText, type Calibration } from './calibration';
import { readText } from './features';
import type { Linear } from './softmax';
import { OUT_OF_SCOPE, type Classifier, type Measured, type Prediction, type Reason } from './types';
import { Vectorizer, withMeaning, type Sparse } from './vectorizer';

const TOP = 5;
const REASONS = 6;
const FORMAT = 1;

export interface Parts {
  labels: readonly string[];
  vectorizer: Vectorizer;
  linear: Linear;
  calibration: Calibration;
  measured: Measured | undefined;
}

/** A trained classifier. */
export class Model implements Classifier {
  constructor(private readonly parts: Parts) {}

  get labels(): readonly string[] {
    return this.parts.labels;
  }

  get measured(): Measured | undefined {
    return this.parts.measured;
  }

  /** `meaning` is given when, and only when, the model was trained with meaning. */
  classify(text: string, meaning?: Float32Array): Prediction {
    const { labels, vectorizer, linear, calibration } = this.parts;
    const { vector: words, owners } = vectorizer.read(text);
    const vector = meaning ? withMeaning(words, meaning, vectorizer.size) : words;
    if (words.ids.length === 0) return { label: OUT_OF_SCOPE, confidence: 1, top: [], why: [] };
    const { shares, order, signs } = judgeText(linear, vector);
    const best = order[0] ?? 0;
    const top = order.slice(0, TOP).map((c) => ({ label: labels[c] ?? '', share: shares[c] ?? 0 }));
    return { label: labels[best] ?? '', confidence: confidenceOf(calibration, signs), top, why: this.reasons(wordsSaid(text, owners), words, best) };
  }

  /** A feature speaks for a label as far as its weight there exceeds its mean weight; letters speak for the word they came from. */
  private reasons(said: readonly string[], { ids, values }: Sparse, label: number): Reason[] {
    const { weights: all, labels } = this.parts.linear;
    const weights = new Map<string, number>();
    for (let k = 0; k < ids.length; k += 1) {
      const at = (ids[k] as number) * labels;
      let mean = 0;
      for (let c = 0; c < labels; c += 1) mean += (all[at + c] as number) / labels;
      const word = said[k] ?? '';
      weights.set(word, (weights.get(word) ?? 0) + (values[k] as number) * ((all[at + label] as number) - mean));
    }
    const total = [...weights.values()].reduce((sum, weight) => sum + Math.abs(weight), 0) || 1;
    const reasons = [...weights].map(([word, weight]) => ({ word, weight: weight / total }));
    return reasons.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, REASONS);
  }

  save(): Uint8Array {
    const { labels, vectorizer, linear, calibration, measured } = this.parts;
    return serialize({ format: FORMAT, labels, keys: vectorizer.keys, rarity: vectorizer.rarity, silent: vectorizer.silent, linear, calibration, measured });
  }
}

const wordsSaid = (text: string, owners: Int32Array): string[] => {
  const { words } = readText(text);
  return Array.from(owners, (owner) => words[owner] ?? '');
};

interface Saved {
  format: number;
  labels: string[];
  keys: string[];
  rarity: Float32Array;
  /** Not there in models learnt before words were told apart. */
  silent: readonly string[] | null | undefined;
  linear: Linear;
  calibration: Calibration;
  measured: Measured | undefined;
}

/** Reads a saved model back; throws when the bytes are none, or of another format: train again then. */
export function loadClassifier(bytes: Uint8Array): Classifier {
  const saved = deserialize(bytes) as Saved;
  if (saved?.format !== FORMAT) throw new Error('Not a classifier of this version');
  const { labels, keys, rarity, silent, linear, calibration, measured } = saved;
  return new Model({ labels, vectorizer: new Vectorizer(keys, rarity, silent ?? null), linear, calibration, measured });
}
