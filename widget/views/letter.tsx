import { useState } from 'preact/hooks';
import { useApp, useStore } from '../frame/app';
import { newId } from '../frame/ids';
import { Field, isEmail, Oops } from './parts';

/** Nobody is there: a letter that is answered by e-mail. Sent again with the same id until it is taken. */
export function Letter() {
  const { t, leaveLetter, sorry, go } = useApp();
  const question = useStore((state) => state.question);
  const [clientId] = useState(newId);
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [text, setText] = useState(question);
  const [tried, setTried] = useState(false);
  const [step, setStep] = useState<'writing' | 'busy' | 'sent'>('writing');
  const [problem, setProblem] = useState<string | null>(null);
  const emailFault = isEmail(email) ? undefined : t(email.trim() ? 'emailWrong' : 'needed');
  const textFault = text.trim() ? undefined : t('needed');

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    const form = event.currentTarget as HTMLFormElement;
    if (emailFault ?? textFault) return form.querySelector<HTMLElement>(emailFault ? '[type=email]' : 'textarea')?.focus();
    setStep('busy');
    setProblem(null);
    try {
      await leaveLetter({ clientId, email: email.trim(), text: text.trim(), ...(name.trim() ? { name: name.trim() } : {}) });
      setStep('sent');
    } catch (error) {
      setProblem(sorry(error));
      setStep('writing');
    }
  };

  if (step === 'sent') {
    return (
      <div class="page" role="status">
        <h2>{t('thanks')}</h2>
        <p>{t('letterSent', { email: email.trim() })}</p>
        <button type="button" class="primary wide" onClick={() => go('home')}>{t('done')}</button>
      </div>
    );
  }
  return (
    <form class="page" noValidate onSubmit={submit}>
      <h2>{t('write')}</h2>
      <Field id="tl-name" label={t('name')}><input id="tl-name" dir="auto" autocomplete="name" maxLength={200} value={name} onInput={(event) => setName(event.currentTarget.value)} /></Field>
      <Field id="tl-email" label={t('email')} fault={tried ? emailFault : undefined}>
        <input id="tl-email" type="email" data-focus dir="auto" required autocomplete="email" maxLength={254} value={email} aria-invalid={tried && !!emailFault} aria-describedby="tl-email-note" onInput={(event) => setEmail(event.currentTarget.value)} />
      </Field>
      <Field id="tl-text" label={t('message')} fault={tried ? textFault : undefined}>
        <textarea id="tl-text" dir="auto" required rows={6} maxLength={50000} value={text} aria-invalid={tried && !!textFault} aria-describedby="tl-text-note" onInput={(event) => setText(event.currentTarget.value)} />
      </Field>
      {problem && <Oops text={problem} />}
      <button type="submit" class="primary wide" data-testid="tl-letter-send" disabled={step === 'busy'}>{t('send')}</button>
    </form>
  );
}
