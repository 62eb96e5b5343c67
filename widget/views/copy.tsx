import { useState } from 'preact/hooks';
import { useApp, useStore } from '../frame/app';
import { AddressForm } from './otherwise';

/** A copy of the conversation by mail, once somebody has answered. */
export function Copy() {
  const { t, chat, session } = useApp();
  const answered = useStore((state) => state.thread.rows.some((row) => row.from === 'agent'));
  const [step, setStep] = useState<'offer' | 'asking' | { sentTo: string }>('offer');
  if (!answered) return null;
  if (typeof step === 'object') return <p class="quiet" role="status" data-testid="tl-copied">{t('copySent', { email: `\u2068${step.sentTo}\u2069` })}</p>;
  if (step === 'offer') return <p class="ways"><button type="button" class="small" data-testid="tl-copy" onClick={() => setStep('asking')}>{t('copy')}</button></p>;
  const go = async (email: string) => {
    await chat.mailCopy(email);
    setStep({ sentTo: email });
  };
  return <div class="stack"><AddressForm way="email" label={t('send')} first={session.email()} go={go} cancel={{ label: t('close'), run: () => setStep('offer') }} /></div>;
}
