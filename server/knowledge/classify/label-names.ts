import type { LabelledText } from './types';

const SPELLED = /\p{L}{3}/u;

/** A row per label made of its own name ("card_arrival": "card arrival"): with few examples a name says as much as one of them. */
export function labelNames(labels: readonly string[]): LabelledText[] {
  return labels.map((label) => ({ label, text: label.replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2').replace(/[_\-./:]+/g, ' ').trim() })).filter(({ text }) => SPELLED.test(text));
}
