import { useState } from 'preact/hooks';
import { useApp, useStore } from '../frame/app';
import { Field, isEmail, Oops } from './parts';

type Answers = Record<'name' | 'email' | 'text', string>;

/** Asks what the company wants to know, together with the first message: one form, one step. */
export function Before() {
  const { t, missing, introduce, chat, topic, sorry, go } = useApp();
  const question = useStore((state) => state.question);
  const [asked] = useState(missing);
  const [answers, setAnswers] = useState<Answers>({ name: '', email: '', text: question });
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const faults: Partial<Answers> = {};
  for (const what of [...asked, 'text'] as const) if (!answers[what].trim()) faults[what] = t('needed');
  if (asked.includes('email') && answers.email.trim() && !isEmail(answers.email)) faults.email = t('emailWrong');

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    const [first] = Object.keys(faults);
    if (first) return (event.currentTarget as HTMLFormElement).querySelector<HTMLElement>(`[name=${first}]`)?.focus();
    setBusy(true);
    setProblem(null);
    try {
      await introduce(Object.fromEntries(asked.map((what) => [what, answers[what].trim()])));
      chat.send(answers.text.trim(), [], topic() ?? (question.trim() || undefined));
      go('chat');
    } catch (error) {
      setProblem(sorry(error));
      setBusy(false);
    }
  };

  const input = (what: keyof Answers) => ({
    id: `tl-${what}`, name: what, value: answers[what], dir: 'auto' as const, required: true,
    'aria-invalid': tried && !!faults[what], 'aria-describedby': (tried && faults[what]) || what === 'email' ? `tl-${what}-note` : undefined,
    onInput: (event: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) => setAnswers({ ...answers, [what]: event.currentTarget.value }),
  });
  const fault = (what: keyof Answers) => (tried ? faults[what] : undefined);

  return (
    <form class="page" noValidate onSubmit={submit}>
      <h2>{t('before')}</h2>
      {asked.includes('name') && <Field id="tl-name" label={t('name')} fault={fault('name')}><input {...input('name')} data-focus autocomplete="name" maxLength={200} /></Field>}
      {asked.includes('email') && <Field id="tl-email" label={t('email')} hint={t('emailHint')} fault={fault('email')}><input {...input('email')} type="email" data-focus autocomplete="email" maxLength={254} /></Field>}
      <Field id="tl-text" label={t('howHelp')} fault={fault('text')}><textarea {...input('text')} data-focus rows={4} maxLength={20000} /></Field>
      {problem && <Oops text={problem} />}
      <button type="submit" class="primary wide" data-testid="tl-start" disabled={busy}>{t('start')}</button>
    </form>
  );
}
