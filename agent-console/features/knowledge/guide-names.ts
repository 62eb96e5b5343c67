import type { GuideFault, GuideGraph } from '../../../protocol/guides';
import { languageName, useTranslation } from '../../lib/i18n';

const first = (words: Partial<Record<string, string>>): string => Object.values(words).find(Boolean) ?? '';

/** What a step is called to whoever writes the guide: its title in the language at hand, else in another, else its kind and place. */
export function useStepNames(graph: GuideGraph, locale: string): (id: string) => string {
  const { t } = useTranslation();
  return (id) => {
    const at = graph.nodes.findIndex((node) => node.id === id);
    const node = graph.nodes[at];
    if (!node) return t('guides.no-step');
    if (node.kind === 'start') return t('guides.kind.start');
    return node.title[locale] || first(node.title) || t('guides.untitled', { kind: t(`guides.kind.${node.kind}`), place: at + 1 });
  };
}

/** Answers with words of their own: which way they are is fixed, and the reader's words come by themselves. */
export const fixedAnswers: readonly string[] = ['yes', 'no', 'unknown', 'solved', 'not-solved', 'done', 'skipped', 'current', 'older'];

/** What is wrong, where, and what it is about, in words. */
export function useFaultWords(nameOf: (id: string) => string): (fault: GuideFault) => string {
  const { t, has } = useTranslation();
  return ({ code, nodeId, detail }) => {
    const about = code === 'missing-translation' ? languageName(detail) : has(`guides.said.${detail}`) ? t(`guides.said.${detail}`) : detail;
    return [t(`guides.fault.${code}`), nodeId ? nameOf(nodeId) : '', about].filter(Boolean).join(' · ');
  };
}
