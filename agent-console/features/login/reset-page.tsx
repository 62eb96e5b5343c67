import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from '../../lib/i18n';
import { Link } from 'wouter';
import { accessEndpoints } from '../../../protocol/access';
import { call } from '../../api/call';
import { problemText } from '../../api/problem';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/field';
import { Fault, Frame } from './frame';

/** Asks for a reset link; the answer is the same whether the address is known or not. */
export function ResetPage() {
  const { t } = useTranslation();
  const [email, setEmail] = useState('');
  const ask = useMutation({ mutationFn: () => call(accessEndpoints.askReset, { body: { email } }) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate();
  };
  return (
    <Frame title={t('reset.title')} about={ask.isSuccess ? t('reset.sent', { email }) : t('reset.about')}>
      {ask.isSuccess ? null : (
        <form onSubmit={submit} className="mb-4 grid gap-4">
          <TextField label={t('login.email')} type="email" autoComplete="username" autoFocus required value={email} onChange={(event) => setEmail(event.target.value)} className="h-10" />
          <Fault text={ask.error ? problemText(t, ask.error) : ''} />
          <Button look="primary" type="submit" className="h-10" disabled={ask.isPending}>{t('reset.go')}</Button>
        </form>
      )}
      <p className="text-center"><Link href="/" className="text-sm text-accent underline-offset-2 hover:underline">{t('reset.back')}</Link></p>
    </Frame>
  );
}
