import { baseLanguage } from './tokens';
import type { SearchDocument, SearchFilters } from './types';

type Test = (document: SearchDocument) => boolean;

/** A text about no product in particular fits every product; likewise versions. */
const fits = (wanted: readonly string[] | undefined, held: (d: SearchDocument) => readonly string[] | undefined): Test[] => {
  if (!wanted || wanted.length === 0) return [];
  const set = new Set(wanted);
  return [(document) => {
    const values = held(document);
    return !values || values.length === 0 || values.some((value) => set.has(value));
  }];
};

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
    ...fits(filters?.products, (d) => d.products),
    ...fits(filters?.versions, (d) => d.versions),
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
