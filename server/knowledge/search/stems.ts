import { newStemmer } from 'snowball-stemmers';

const NAMES: Readonly<Record<string, string>> = {
  en: 'english', de: 'german', es: 'spanish', fr: 'french', it: 'italian', nl: 'dutch', pt: 'portuguese', ru: 'russian', sv: 'swedish', da: 'danish',
  nb: 'norwegian', nn: 'norwegian', no: 'norwegian', fi: 'finnish', hu: 'hungarian', tr: 'turkish', ro: 'romanian', cs: 'czech', ca: 'catalan',
};
export type Stem = (word: string) => string;
const same: Stem = (word) => word;
const made = new Map<string, Stem>();

const ARABIC_MARKS = /[\u064b-\u065f\u0670\u0640]/g;
const ARABIC_FRONT = /^(?:وال|بال|كال|فال|لل|ال|و(?=.{3}))/;
// "My, your, his ... shipment" of words that end in a bound t.
const ARABIC_OWNED = /ت(?:ي|ك|ه|ها|نا|كم|هم)$/;
const ARABIC_BACK = /(?:ها|ان|ات|ون|ين|يه|ية|ه|ة|ي)$/;

/** Light Arabic stemming: marks off, letters that are written in several ways made one, article and common endings cut. */
function arabic(word: string): string {
  const plain = word.replace(ARABIC_MARKS, '').replace(/[أإآٱ]/g, 'ا').replace(/ى/g, 'ي');
  const front = plain.replace(ARABIC_FRONT, '');
  const bare = front.length >= 2 ? front : plain;
  const owned = bare.replace(ARABIC_OWNED, '');
  if (owned !== bare && owned.length >= 3) return owned;
  const back = bare.replace(ARABIC_BACK, '');
  return back.length >= 3 ? back : bare;
}

const JOSA = new RegExp(`(?:${[
  '으로부터', '에서부터', '으로서', '으로써', '이라는', '이라고', '에게서', '까지', '부터', '에서', '에게', '으로', '처럼', '보다', '마다', '조차', '이나', '이란',
  '라는', '라고', '하는', '하여', '합니다', '됩니다', '입니다', '습니다', '은', '는', '이', '가', '을', '를', '의', '에', '로', '와', '과', '도', '만', '나', '란',
].join('|')})$`);

/** Cuts the particle that sticks to a Korean noun; a word of one syllable stays as it is. */
export function withoutParticle(word: string): string {
  const bare = word.replace(JOSA, '');
  return bare.length >= 2 || (word.length > 2 && bare.length === 1) ? bare : word;
}

/** The stemmer of a base language; the identity for a language without one. */
export function stemOf(language: string): Stem {
  const ready = made.get(language);
  if (ready) return ready;
  const name = NAMES[language];
  const stem = language === 'ar' ? arabic : name === undefined ? same : bySnowball(name);
  made.set(language, stem);
  return stem;
}

function bySnowball(name: string): Stem {
  const stemmer = newStemmer(name);
  return (word) => stemmer.stem(word);
}
