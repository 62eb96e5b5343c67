import { useApp } from '../frame/app';

export function Consent() {
  const { t, agree } = useApp();
  return (
    <div class="page">
      <h2 tabIndex={-1}>{t('hello')}</h2>
      <p>{t('consentText')}</p>
      <div class="stack">
        <button type="button" class="primary" onClick={() => agree(true)}>{t('agree')}</button>
        <button type="button" class="secondary" onClick={() => agree(false)}>{t('decline')}</button>
      </div>
    </div>
  );
}
