import { useTranslation } from '../../lib/i18n';
import type { Composition } from '../../../protocol/writing';
import type { Draft } from '../../lib/drafts';
import { Tick } from '../../ui/field';

/** What will stand below an answer by mail: the signature, and the exchange or what is forwarded. */
export function Below({ composition, draft, onWrite }: { composition: Composition | undefined; draft: Draft; onWrite: (change: Partial<Draft>) => void }) {
  const { t } = useTranslation();
  if (!composition) return null;
  const { signature, quote } = composition;
  const quoted = draft.mode === 'forward' || (draft.quote ?? quote.text !== '');
  return (
    <details className="group px-3 pb-1 text-sm" data-testid="composer-below">
      <summary className="fold w-fit min-h-6 items-center rounded-sm text-muted hover:text-ink">{t(quoted ? 'composer.below.both' : 'composer.below.signature')}</summary>
      <div className="grid max-h-[24vh] gap-2 overflow-y-auto rounded-md bg-sunken p-2" tabIndex={0} role="region" aria-label={t('composer.below')}>
        <p dir="auto" className="whitespace-pre-wrap text-soft">{signature ? `-- \n${signature}` : t('composer.no-signature')}</p>
        {draft.mode === 'forward' ? null : <Tick label={t('composer.quote')} checked={quoted} onChange={(event) => onWrite({ quote: event.target.checked })} />}
        {quoted && quote.text ? <p dir="auto" className="break-words whitespace-pre-wrap text-muted">{quote.text}</p> : null}
      </div>
    </details>
  );
}
