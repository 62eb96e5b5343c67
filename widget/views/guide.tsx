import { useEffect, useRef, useState } from 'preact/hooks';
import type { GuideView } from '../../protocol/guides';
import { useApp, useStore } from '../frame/app';
import type { Work } from '../frame/guides';
import { rich } from '../frame/rich';
import { People } from './home';
import { Field, Oops, Waiting } from './parts';

export function Guide() {
  const { t, guides } = useApp();
  const id = useStore((state) => state.guideId) ?? '';
  const guide = useStore((state) => state.guide);
  useEffect(() => void guides.open(id), [id]);
  return (
    <>
      <div class="page">
        {guide.is === 'failed' && <Oops text={t('loadFailed')} retry={() => void guides.open(id)} />}
        {(guide.is === 'busy' || guide.is === 'idle') && <Waiting />}
        {guide.is === 'there' && <Step key={guide.value.step.nodeId + guide.value.path.length} view={guide.value} />}
      </div>
      <People />
    </>
  );
}

/** One step at a time: what is asked, big answers, the way back, and the way to a person. */
function Step({ view }: { view: GuideView }) {
  const { t, guides, sorry, origin } = useApp();
  const { step, path } = view;
  const heading = useRef<HTMLHeadingElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const run: Work = async (work) => {
    setBusy(true);
    setProblem(null);
    await work().catch((error: unknown) => setProblem(sorry(error)));
    setBusy(false);
  };
  return (
    <section lang={view.locale} dir="auto" data-testid="tl-step" data-node={step.nodeId}>
      <p class="label"><bdi>{view.title}</bdi></p>
      <h2 ref={heading} tabIndex={-1}>{step.title}</h2>
      {step.html && <div class="prose">{rich(step.html, origin)}</div>}
      {step.unsure && <p class="fault" role="alert">{t('guideAgain')}</p>}
      {step.entry !== 'none' && <Entry view={view} busy={busy} run={run} />}
      {step.choices.length > 0 && <div class="answers">
        {step.choices.map(({ answer, label }) => <button key={answer} type="button" class="secondary wide" data-testid="tl-answer" data-answer={answer} disabled={busy} onClick={() => void run(() => guides.answer(view, answer))}>{label}</button>)}
      </div>}
      {problem && <Oops text={problem} />}
      <p class="guide-foot">
        {path.length > 0 && view.state === 'running' && <button type="button" class="plain" data-testid="tl-step-back" disabled={busy} onClick={() => void run(() => guides.back(view))}>{t('guideBack')}</button>}
        {view.state !== 'solved' && <Talk />}
      </p>
      {view.code && path.length > 0 && <p class="quiet">{t('guideCode', { code: view.code.replace(/^\d{4}/, '$& ') })}</p>}
    </section>
  );
}

function Talk() {
  const { t, talk, go } = useApp();
  const settings = useStore((state) => state.settings);
  const online = settings.is === 'there' && settings.value.online;
  return <button type="button" class="plain" data-testid="tl-step-talk" onClick={() => (online ? talk() : go('letter'))}>{t('guideNo')}</button>;
}

function Entry({ view, busy, run }: { view: GuideView; busy: boolean; run: Work }) {
  const { t, guides } = useApp();
  const { entry } = view.step;
  const [value, setValue] = useState('');
  const [address, setAddress] = useState('');
  const asksAddress = entry === 'ticket' || entry === 'call-back';
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (asksAddress ? !address.trim() : !value.trim()) return;
    void run(() => (asksAddress ? guides.answer(view, 'done', { address: address.trim(), text: value }) : guides.answer(view, value.trim())));
  };
  return (
    <form noValidate onSubmit={submit}>
      {asksAddress && <Field id="tl-address" label={t(entry === 'ticket' ? 'email' : 'phone')}><input id="tl-address" inputMode={entry === 'ticket' ? 'email' : 'tel'} autocomplete={entry === 'ticket' ? 'email' : 'tel'} required maxLength={254} value={address} onInput={(event) => setAddress(event.currentTarget.value)} /></Field>}
      {entry === 'ticket'
        ? <Field id="tl-entry" label={t('message')}><textarea id="tl-entry" rows={3} maxLength={20000} value={value} onInput={(event) => setValue(event.currentTarget.value)} /></Field>
        : entry !== 'call-back' && <Field id="tl-entry" label={t(entry === 'number' ? 'number' : 'yourAnswer')}><input id="tl-entry" dir="auto" inputMode={entry === 'number' ? 'decimal' : 'text'} maxLength={500} value={value} onInput={(event) => setValue(event.currentTarget.value)} /></Field>}
      <button type="submit" class="primary wide" data-testid="tl-entry-send" disabled={busy}>{t('send')}</button>
    </form>
  );
}
