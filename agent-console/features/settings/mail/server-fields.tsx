import type { MailServer } from '../../../../protocol/mailboxes';
import { useTranslation } from '../../../lib/i18n';
import { Segments, Select, TextField } from '../../../ui/field';
import type { MailboxForm } from './servers';

/** The same parts stand in a form about a mailbox more than once: how it changes. */
export interface FormPart { form: MailboxForm; set: (change: Partial<MailboxForm>) => void; fields: Record<string, string> }

const securities = ['tls', 'starttls', 'none'] as const;

/** One server: name, port, encryption, and whom to log in as. */
export function ServerFields({ way, form, set, fields }: FormPart & { way: 'imap' | 'smtp' }) {
  const { t } = useTranslation();
  const server = form[way];
  const change = (part: Partial<MailServer>) => set({ [way]: { ...server, ...part } });
  return (
    <fieldset className="grid gap-3 sm:grid-cols-[1fr_88px_180px]">
      <legend className="mb-2 text-sm font-semibold">{t(`mailbox.${way}`)}</legend>
      <TextField label={t('mailbox.host')} required maxLength={253} value={server.host} error={fields[`${way}.host`]} spellCheck={false} onChange={(event) => change({ host: event.target.value })} />
      <TextField label={t('mailbox.port')} required type="number" min={1} max={65_535} value={server.port} error={fields[`${way}.port`]} onChange={(event) => change({ port: Number(event.target.value) })} />
      <Select label={t('mailbox.security')} value={server.security} error={fields[`${way}.security`]} onChange={(event) => change({ security: event.target.value as MailServer['security'] })}>
        {securities.map((one) => <option key={one} value={one}>{t(`mailbox.security.${one}`)}</option>)}
      </Select>
      <div className="sm:col-span-3"><TextField label={t('mailbox.user')} required maxLength={254} value={server.user} error={fields[`${way}.user`]} autoComplete="off" spellCheck={false} onChange={(event) => change({ user: event.target.value })} /></div>
    </fieldset>
  );
}

/** Password or token; what is stored stays when nothing is typed. */
export function SignIn({ form, set, fields, stored }: FormPart & { stored: boolean }) {
  const { t } = useTranslation();
  const hint = stored ? t('mailbox.keep') : undefined;
  const kinds = form.home === 'microsoft' ? (['oauth2'] as const) : (['password', 'oauth2'] as const);
  return (
    <div className="grid gap-3">
      {kinds.length > 1 ? <Segments label={t('mailbox.sign-in')} value={form.signIn} onChange={(signIn) => set({ signIn })} options={kinds.map((value) => ({ value, label: t(`mailbox.sign-in.${value}`) }))} /> : null}
      {form.signIn === 'password' ? (
        <TextField label={t('mailbox.password')} type="password" autoComplete="new-password" required={!stored} maxLength={1000} value={form.password} hint={form.home === 'google' ? t('mailbox.password.google') : hint} onChange={(event) => set({ password: event.target.value })} />
      ) : (
        <>
          <p className="text-sm text-muted">{t('mailbox.oauth.about')}</p>
          <div className="grid gap-3 sm:grid-cols-2">
            <TextField label={t('mailbox.client-id')} required={!stored} value={form.clientId} hint={hint} error={fields['credentials.clientId']} autoComplete="off" onChange={(event) => set({ clientId: event.target.value })} />
            <TextField label={t('mailbox.client-secret')} type="password" autoComplete="new-password" value={form.clientSecret} onChange={(event) => set({ clientSecret: event.target.value })} />
          </div>
          <TextField label={t('mailbox.refresh-token')} type="password" autoComplete="new-password" required={!stored} value={form.refreshToken} onChange={(event) => set({ refreshToken: event.target.value })} />
          {form.home === 'imap' ? <TextField label={t('mailbox.token-url')} type="url" required={!stored} value={form.tokenUrl} error={fields['credentials.tokenUrl']} onChange={(event) => set({ tokenUrl: event.target.value })} /> : null}
        </>
      )}
    </div>
  );
}
