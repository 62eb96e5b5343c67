import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from '../../lib/i18n';
import { Link, useLocation } from 'wouter';
import { accessEndpoints } from '../../../protocol/access';
import { call } from '../../api/call';
import { ProblemError, problemText } from '../../api/problem';
import { becomeMe } from '../../api/shared';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/field';
import { Skeleton } from '../../ui/states';
import { Fault, Frame } from './frame';

interface Purpose { kind: 'invitation' | 'reset' | 'first'; name: string; email: string }

function ChoosePassword({ token, purpose }: { token: string; purpose: Purpose }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [name, setName] = useState(purpose.name);
  const [email, setEmail] = useState(purpose.email);
  const [password, setPassword] = useState('');
  const first = purpose.kind === 'first';
  const use = useMutation({
    mutationFn: () => call(accessEndpoints.useLink, { body: { token, password, ...(purpose.kind === 'reset' ? {} : { name }), ...(first ? { email } : {}) } }),
    onSuccess: ({ me }) => {
      becomeMe(me);
      go(first ? '/welcome' : '/');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    use.mutate();
  };
  const fields = use.error instanceof ProblemError ? use.error.fields : {};
  return (
    <form onSubmit={submit} className="grid gap-4">
      {purpose.kind === 'reset' ? null : <TextField label={t('link.name')} autoComplete="name" autoFocus required value={name} error={fields.name} onChange={(event) => setName(event.target.value)} className="h-10" />}
      <TextField label={t('login.email')} type="email" autoComplete="username" readOnly={!first} required value={email} error={fields.email} onChange={(event) => setEmail(event.target.value)} className="h-10" />
      <TextField label={t('link.password')} hint={t('link.password.hint')} type="password" autoComplete="new-password" minLength={10} required value={password} error={fields.password} onChange={(event) => setPassword(event.target.value)} className="h-10" />
      <Fault text={use.error ? problemText(t, use.error) : ''} />
      <Button look="primary" type="submit" className="h-10" disabled={use.isPending}>{t('link.go')}</Button>
    </form>
  );
}

/** Reads the token behind the # of the address, which no server and no log ever sees, and lets its owner choose a password. */
export function LinkPage() {
  const { t } = useTranslation();
  const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
  const link = useQuery({ queryKey: ['link', token], queryFn: () => call(accessEndpoints.readLink, { body: { token } }), enabled: token !== '', gcTime: 0 });
  if (token && link.isPending) return <Frame title={t('app')}><Skeleton rows={2} /></Frame>;
  if (!link.data) {
    return (
      <Frame title={t('link.over')} about={link.error ? problemText(t, link.error) : t('problem.link-expired')}>
        <Link href="/reset" className="text-md text-accent underline underline-offset-2">{t('link.again')}</Link>
      </Frame>
    );
  }
  return <Frame title={t(`link.title.${link.data.kind}`)} about={t(`link.about.${link.data.kind}`, { name: link.data.name })}><ChoosePassword token={token} purpose={link.data} /></Frame>;
}
