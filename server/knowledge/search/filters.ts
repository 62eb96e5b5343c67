import { baseLanguage } from './tokens';
import type { SearchDocument, SearchFilters } from './types';

type Test = (document: SearchDocument) => boolean;

const plain = (name: string): string => name.normalize('NFKC').trim().toLowerCase();
const number = (version: string): string => plain(version).replace(/^v(?:ersion)?[ .]*(?=\d)/, '');
/** "2" is about 2.3.1 too, not about 20. */
const covers = (about: string, wanted: string): boolean => wanted === about || wanted.startsWith(`${about}.`);

/** A text about no product in particular fits every product; likewise versions. Capitals and a "v" before a version do not count. */
const isAbout = (held: readonly string[] | undefined, wanted: readonly string[], what: 'product' | 'version'): boolean => {
  if (!held || held.length === 0) return true;
  return held.some((one) => wanted.some((other) => (what === 'product' ? plain(other) === plain(one) : covers(number(one), number(other)))));
};

const fits = (wanted: readonly string[] | undefined, { what, held }: { what: 'product' | 'version'; held: (d: SearchDocument) => readonly string[] | undefined }): Test[] =>
  (!wanted || wanted.length === 0 ? [] : [(document) => isAbout(held(document), wanted, what)]);

/** Visibility is strict: what a text does not say, nobody may see. An empty list lets nothing through. */
const within = (allowed: readonly string[] | undefined, held: (d: SearchDocument) => string | undefined): Test[] => {
  if (!allowed) return [];
  const set = new Set(allowed);
  return [(document) => {
    const value = held(document);
    return value !== undefined && set.has(value);
  }];
};

/** Whether readers of a brand (null: of the company itself) may see what belongs to these brands; what names none belongs to all. */
export const belongsTo = (brands: readonly string[] | undefined, brand: string | null): boolean => !brands?.length || (brand !== null && brands.includes(brand));

const faced = (brand: string | null | undefined): Test[] => (brand === undefined ? [] : [({ brands }) => belongsTo(brands, brand)]);

/** The filters, language excepted, as one test. */
export function visibility(filters: SearchFilters | undefined): Test {
  const tests = [
    ...within(filters?.audiences, (d) => d.audience),
    ...within(filters?.states, (d) => d.state),
    ...fits(filters?.products, { what: 'product', held: (d) => d.products }),
    ...fits(filters?.versions, { what: 'version', held: (d) => d.versions }),
    ...faced(filters?.brand),
  ];
  return (document) => tests.every((test) => test(document));
}

/** Whether a text is in the reader's language; regions are ignored, a text without a language is in every language. */
export function inLanguage(language: string | undefined): Test {
  if (!language) return () => true;
  const wanted = baseLanguage(language);
  return (document) => document.language === undefined || baseLanguage(document.language) === wanted;
}
