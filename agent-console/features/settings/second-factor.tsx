import { useState } from 'react';
import { accessEndpoints } from '../../../protocol/access';
import { call } from '../../api/call';
import { queryClient } from '../../api/client';
import { keys } from '../../api/keys';
import { useMe } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/field';
import { Chip } from '../../ui/marks';
import { useSaving } from './saving';

const again = () => void queryClient.invalidateQueries({ queryKey: keys.me });

function Codes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="grid max-w-[480px] gap-3">
      <p className="text-md">{t('factor.codes')}</p>
      <ul className="grid grid-cols-2 gap-1 rounded-md bg-sunken p-3 font-mono text-md">{codes.map((code) => <li key={code}>{code}</li>)}</ul>
      <div className="flex gap-2"><Button onClick={() => void navigator.clipboard?.writeText(codes.join('\n'))}>{t('copy-all')}</Button><Button look="primary" onClick={onDone}>{t('factor.kept')}</Button></div>
    </div>
  );
}

function SetUp({ qr, secret, onDone }: { qr: string; secret: string; onDone: (codes: string[]) => void }) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const confirm = useSaving(() => call(accessEndpoints.confirmSecondFactor, { body: { code } }), { quiet: true, done: ({ recoveryCodes }) => onDone(recoveryCodes) });
  return (
    <form className="grid max-w-[480px] gap-4" onSubmit={(event) => { event.preventDefault(); confirm.mutate(undefined); }}>
      <p className="text-md">{t('factor.scan')}</p>
      <img alt={t('factor.qr')} src={`data:image/svg+xml,${encodeURIComponent(qr)}`} className="size-44 rounded-md bg-paper p-2 ring-1 ring-line" />
      <p className="text-sm text-muted">{t('factor.secret')} <code className="font-mono text-ink select-all">{secret}</code></p>
      <TextField label={t('login.code')} inputMode="numeric" autoComplete="one-time-code" required value={code} onChange={(event) => setCode(event.target.value)} className="tnum" />
      <Button look="primary" type="submit" className="justify-self-start" disabled={confirm.isPending}>{t('factor.on')}</Button>
    </form>
  );
}

function SwitchOff() {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const end = useSaving(() => call(accessEndpoints.endSecondFactor, { body: { password } }), { done: again });
  return (
    <form className="flex max-w-[480px] flex-wrap items-end gap-2" onSubmit={(event) => { event.preventDefault(); end.mutate(undefined); }}>
      <Chip tone="good" className="self-center">{t('factor.is-on')}</Chip>
      <div className="min-w-40 flex-1"><TextField label={t('login.password')} type="password" autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.target.value)} /></div>
      <Button type="submit" disabled={end.isPending}>{t('factor.off')}</Button>
    </form>
  );
}

/** The authenticator app: switch on with a picture to scan, keep the recovery codes, switch off with the password. */
export function SecondFactor() {
  const { t } = useTranslation();
  const { account } = useMe();
  const [codes, setCodes] = useState<string[] | null>(null);
  const start = useSaving(() => call(accessEndpoints.startSecondFactor), { quiet: true });
  if (codes) return <Codes codes={codes} onDone={() => { setCodes(null); again(); }} />;
  if (account.secondFactor) return <SwitchOff />;
  if (start.data) return <SetUp qr={start.data.qr} secret={start.data.secret} onDone={setCodes} />;
  return <Button disabled={start.isPending} onClick={() => start.mutate(undefined)}>{t('factor.start')}</Button>;
}
