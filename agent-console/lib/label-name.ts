import type { SortAspect } from '../../protocol/sorting';
import { useTranslation } from './i18n';

/** The name of a label in the reader's language; topics are the company's own words. */
export function useLabelName(): (aspect: SortAspect, label: string) => string {
  const { t, has } = useTranslation();
  return (aspect, label) => (aspect !== 'topic' && has(`sorting.${aspect}.${label}`) ? t(`sorting.${aspect}.${label}`) : label);
}
