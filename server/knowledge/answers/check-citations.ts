/** A sentence and the numbers of the articles it names. */
export interface Sentence {
  text: string;
  sources: number[];
}

const named = /\[(\d{1,3})\]/g;
const listed = /[[【]\s*(\d{1,3}(?:\s*[,，、;]\s*\d{1,3})*)\s*[\]】]/g;
const behind = /([.!?。！？…]+["'”’」』)]*)\s*((?:\[\d{1,3}\]\s*)+)/g;
// Signs that steer a terminal, turn the direction of text or hide letters have no place in an answer.
const hidden = /[\p{Cc}\p{Co}\p{Cs}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** One way to name articles: each number in brackets of its own, before the full stop. */
const tidy = (line: string): string => line.replace(hidden, ' ').replace(listed, (_whole, numbers: string) => numbers.split(/[,，、;]/).map((number) => `[${number.trim()}]`).join('')).replace(behind, ' $2$1 ');

/** The sentences of a text that name at least one of the articles given, 1 to `given`, and none that was not; without the brackets. Whatever names nothing is left out. */
export function checkCitations(text: string, given: number, locale: string): Sentence[] {
  const sentences = new Intl.Segmenter(locale, { granularity: 'sentence' });
  return text.split(/\r?\n/).flatMap((line) => [...sentences.segment(tidy(line))]).flatMap(({ segment }) => {
    const sources = [...new Set([...segment.matchAll(named)].map((match) => Number(match[1])))].sort((a, b) => a - b);
    const said = segment.replace(named, '').replace(/^\s*(?:[-*•#>]+|\d+[.)])\s+/, '').replace(/\*\*/g, '').replace(/\s+/g, ' ').replace(/\s+([.!?,;:。！？、，])/g, '$1').trim();
    return sources.length > 0 && sources.every((number) => number >= 1 && number <= given) && /[\p{L}\p{N}]/u.test(said) ? [{ text: said, sources }] : [];
  });
}
