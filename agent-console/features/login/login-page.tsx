import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from '../../lib/i18n';
import { Link } from 'wouter';
import { accessEndpoints } from '../../../protocol/access';
import { call } from '../../api/call';
import { ProblemError, problemText } from '../../api/problem';
import { becomeMe } from '../../api/shared';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/field';
import { Fault, Frame } from './frame';

/** The log-in form; the second factor is asked for only when the account has one. */
export function LoginPage() {
  const { t } = useTranslation();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const logIn = useMutation({
    mutationFn: () => call(accessEndpoints.logIn, { body: { email, password, ...(code ? { code } : {}) } }),
    onSuccess: ({ me }) => becomeMe(me),
  });
  const problem = logIn.error instanceof ProblemError ? logIn.error.code : null;
  const [needsCode, setNeedsCode] = useState(false);
  if (problem === 'second-factor-needed' && !needsCode) setNeedsCode(true);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    logIn.mutate();
  };
  return (
    <Frame title={t('login.title')}>
      <form data-testid="login-form" onSubmit={submit} className="grid gap-4">
        <TextField label={t('login.email')} type="email" name="email" autoComplete="username" autoFocus required value={email} onChange={(event) => setEmail(event.target.value)} className="h-10" />
        <TextField label={t('login.password')} type="password" name="password" autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.target.value)} className="h-10" />
        {needsCode ? <TextField label={t('login.code')} hint={t('login.code.hint')} name="code" inputMode="numeric" autoComplete="one-time-code" autoFocus required value={code} onChange={(event) => setCode(event.target.value)} className="h-10 tnum" /> : null}
        <Fault text={logIn.error && problem !== 'second-factor-needed' ? problemText(t, logIn.error) : ''} />
        <Button look="primary" type="submit" className="h-10" disabled={logIn.isPending}>{t('login.go')}</Button>
        <Link href="/reset" className="justify-self-center text-sm text-accent underline-offset-2 hover:underline">{t('login.forgot')}</Link>
      </form>
    </Frame>
  );
}
