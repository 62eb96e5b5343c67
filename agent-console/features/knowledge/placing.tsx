import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { knowledgeEndpoints, type Article } from '../../../protocol/knowledge';
import { call } from '../../api/call';
import { keys } from '../../api/keys';
import { useTranslation } from '../../lib/i18n';
import { Select, TextField } from '../../ui/field';

const governances = ['experience', 'compliance'] as const;

/** What the company says about its knowledge as a whole, and the products articles are about. */
export const useKnowledgeSettings = () => useQuery({ queryKey: keys.settings('knowledge'), queryFn: () => call(knowledgeEndpoints.settings) });

interface WordsFieldProps {
  label: string;
  hint?: string;
  words: string[];
  offered?: string[];
  onChange: (words: string[]) => void;
}

/** Words separated by commas. */
export function WordsField({ label, hint, words, offered = [], onChange }: WordsFieldProps) {
  const list = useId();
  return (
    <>
      <TextField label={label} hint={hint} list={list} value={words.join(', ')} onChange={(event) => onChange(event.target.value.split(/,\s*/))} onBlur={() => onChange(words.map((one) => one.trim()).filter(Boolean))} />
      <datalist id={list}>{offered.map((one) => <option key={one} value={one} />)}</datalist>
    </>
  );
}

type Placed = Pick<Article, 'products' | 'versions' | 'governance'>;

/** What an article is about, and who may change it. */
export function Placing({ placed, onChange }: { placed: Placed; onChange: (change: Partial<Placed>) => void }) {
  const { t } = useTranslation();
  const offered = useKnowledgeSettings().data?.products ?? [];
  return (
    <>
      <div className="w-44"><WordsField label={t('knowledge.products')} words={placed.products} offered={offered} onChange={(products) => onChange({ products })} /></div>
      <div className="w-32"><WordsField label={t('knowledge.versions')} words={placed.versions} onChange={(versions) => onChange({ versions })} /></div>
      <Select label={t('knowledge.governance')} value={placed.governance} onChange={(event) => onChange({ governance: event.target.value as Article['governance'] })}>{governances.map((one) => <option key={one} value={one}>{t(`governance.${one}`)}</option>)}</Select>
    </>
  );
}
