import { wordsOf } from './features';
import { randomOf } from './softmax';
import { OUT_OF_SCOPE, type LabelledText } from './types';

const SHARE = 0.1;
const SOURCES = 3;

/**
 * Texts that belong to no topic, made of words drawn from three texts at a time. Trained against as out of scope, they teach the model that single
 * words do not make a topic; it was worth .002-.004 of accuracy on the sets of docs/knowledge.md.
 */
export function nonsense(rows: readonly LabelledText[], seed: number): LabelledText[] {
  const random = randomOf(seed + 1);
  const made: LabelledText[] = [];
  for (let i = 0; i < Math.floor(rows.length * SHARE); i += 1) {
    const words: string[] = [];
    for (let k = 0; k < SOURCES; k += 1) {
      const row = rows[Math.floor(random() * rows.length)];
      words.push(...wordsOf(row?.text ?? '').filter(() => random() < 1 / SOURCES));
    }
    if (words.length > 0) made.push({ text: words.join(' '), label: OUT_OF_SCOPE });
  }
  return made;
}
