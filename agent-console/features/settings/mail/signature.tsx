import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { writingEndpoints } from '../../../../protocol/writing';
import { call } from '../../../api/call';
import { keys } from '../../../api/keys';
import { useTranslation } from '../../../lib/i18n';
import { Button } from '../../../ui/button';
import { TextArea } from '../../../ui/field';
import { Loaded } from '../../../ui/states';
import { useSaving } from '../saving';
import { VariableHint } from './variable-hint';

function Form({ stored }: { stored: string }) {
  const { t } = useTranslation();
  const [text, setText] = useState(stored);
  const save = useSaving(() => call(writingEndpoints.putSignature, { body: { text } }));
  return (
    <form className="grid max-w-[720px] gap-3" onSubmit={(event) => { event.preventDefault(); save.mutate(undefined); }}>
      <TextArea label={t('signature.text')} rows={5} maxLength={5000} value={text} onChange={(event) => setText(event.target.value)} />
      <VariableHint onPick={(name) => setText(text + name)} />
      <Button look="primary" type="submit" className="justify-self-start" disabled={save.isPending || text === stored}>{t('save')}</Button>
    </form>
  );
}

/** What stands below everything I write by mail. */
export function SignatureSection() {
  const signature = useQuery({ queryKey: keys.settings('signature'), queryFn: () => call(writingEndpoints.signature), staleTime: 0 });
  return <Loaded query={signature} rows={2}>{({ text }) => <Form key={text} stored={text} />}</Loaded>;
}
