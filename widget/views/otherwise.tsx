import { useState } from 'preact/hooks';
import type { WordKey } from '../locales/words';
import { useApp, useStore } from '../frame/app';
import { Field, isEmail, Oops } from './parts';

type Way = 'phone' | 'email';
const offers: Record<Way, WordKey> = { phone: 'callMe', email: 'mailMe' };
const isPhone = (value: string) => /^\+?[0-9 ()/.-]{5,30}$/.test(value.trim());

/** Who waits may be called or written to instead, in the same place; what is agreed stands here afterwards. */
export function Otherwise() {
  const { t, locale, chat } = useApp();
  const { phase, ask, answerBy, opensAt } = useStore((state) => state.chat);
  const [chosen, choose] = useState<Way | null>(null);
  const way = ask ?? chosen;
  const moment = (at: string) => new Date(at).toLocaleString(locale, { weekday: 'long', hour: 'numeric', minute: '2-digit' });
  if (phase === 'active' || phase === 'ended') return null;
  if (answerBy) {
    const { kind, value, at } = answerBy;
    return <p class="otherwise" role="status" data-testid="tl-agreed"><b>{t(kind === 'phone' ? 'willCall' : 'willMail', { value: `\u2068${value}\u2069` })}</b>{at && ` ${moment(at)}`}</p>;
  }
  if (phase === 'none') return opensAt ? <p class="otherwise">{t('backAt', { time: moment(opensAt) })}</p> : null;
  return (
    <div class="otherwise">
      {opensAt && <p>{t('backAt', { time: moment(opensAt) })}</p>}
      {way
        ? <AddressForm key={way} way={way} label={t(offers[way])} go={(value) => chat.answerBy(way, value)} cancel={ask ? undefined : { label: t('stay'), run: () => choose(null) }} />
        : <p class="ways">{(['phone', 'email'] as const).map((one) => <button key={one} type="button" class="small" data-testid={`tl-by-${one}`} onClick={() => choose(one)}>{t(offers[one])}</button>)}</p>}
    </div>
  );
}

interface FormProps {
  way: Way;
  label: string;
  first?: string;
  go(value: string): Promise<unknown>;
  cancel: { label: string; run: () => void } | undefined;
}

/** One line for an address or a number, checked before it is sent. */
export function AddressForm({ way, label, first = '', go, cancel }: FormProps) {
  const { t, sorry } = useApp();
  const [value, setValue] = useState(first);
  const [fault, setFault] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const right = way === 'phone' ? isPhone(value) : isEmail(value);
    setFault(right ? undefined : t(value.trim() && way === 'email' ? 'emailWrong' : 'needed'));
    if (!right) return (event.currentTarget as HTMLFormElement).querySelector('input')?.focus();
    setBusy(true);
    await go(value.trim()).catch((error: unknown) => setProblem(sorry(error)));
    setBusy(false);
  };
  return (
    <form noValidate onSubmit={submit}>
      <Field id="tl-otherwise" label={t(way)} fault={fault}>
        <input id="tl-otherwise" type="text" inputMode={way === 'phone' ? 'tel' : 'email'} autocomplete={way === 'phone' ? 'tel' : 'email'} dir="ltr" required maxLength={way === 'phone' ? 30 : 254} value={value}
          aria-invalid={!!fault} aria-describedby="tl-otherwise-note" onInput={(event) => setValue(event.currentTarget.value)} />
      </Field>
      {problem && <Oops text={problem} />}
      <p class="ways"><button type="submit" class="primary" data-testid="tl-otherwise-go" disabled={busy}>{label}</button>{cancel && <button type="button" class="small" onClick={cancel.run}>{cancel.label}</button>}</p>
    </form>
  );
}
