import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { knowledgeEndpoints, type KnowledgeSettings } from '../../../protocol/knowledge';
import { call } from '../../api/call';
import { queryClient } from '../../api/client';
import { keys } from '../../api/keys';
import { problemText } from '../../api/problem';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { TextArea } from '../../ui/field';
import { Page } from '../../ui/page';
import { Loaded } from '../../ui/states';
import { toast } from '../../ui/toast';
import { useKnowledgeSettings } from './placing';

// What a domain looks like, in every language.
const domain = 'dealer.example';

const words = (line: string, between: RegExp): string[] => [...new Set(line.split(between).map((one) => one.trim()).filter(Boolean))];

/** Lines as groups; a line with one word alone says nothing. */
const groupsOf = (text: string): string[][] => text.split('\n').map((line) => words(line, /[,，、]/)).filter((group) => group.length > 1);

function WordsForm({ settings }: { settings: KnowledgeSettings }) {
  const { t } = useTranslation();
  const [synonyms, setSynonyms] = useState(() => settings.synonyms.map((group) => group.join(', ')).join('\n'));
  const [partners, setPartners] = useState(() => settings.partnerDomains.join('\n'));
  const save = useMutation({
    mutationFn: () => call(knowledgeEndpoints.putSettings, { body: { synonyms: groupsOf(synonyms), partnerDomains: words(partners, /[\s,]+/) } }),
    onSuccess: () => { void queryClient.invalidateQueries({ queryKey: keys.settings('knowledge') }); toast(t('done.saved')); },
    onError: (error) => toast(problemText(t, error), { bad: true }),
  });
  return (
    <form className="grid gap-6" onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
      <TextArea label={t('words.synonyms')} hint={t('words.synonyms.hint')} placeholder={t('words.synonyms.example')} dir="auto" rows={10} value={synonyms} onChange={(event) => setSynonyms(event.target.value)} />
      <TextArea label={t('words.partners')} hint={t('words.partners.hint')} placeholder={domain} dir="ltr" rows={3} value={partners} onChange={(event) => setPartners(event.target.value)} />
      <div><Button look="primary" type="submit" disabled={save.isPending}>{t('save')}</Button></div>
    </form>
  );
}

/** Words that mean the same in this company, and whose people count as partners. */
export function WordsPage() {
  const { t } = useTranslation();
  const settings = useKnowledgeSettings();
  return (
    <Page title={t('words.title')} about={t('words.about')} back={{ href: '/knowledge', text: t('knowledge.all') }} narrow>
      <Loaded query={settings}>{(found) => <WordsForm settings={found} />}</Loaded>
    </Page>
  );
}
