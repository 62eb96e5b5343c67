import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '../../lib/i18n';
import { Link } from 'wouter';
import { workforceEndpoints } from '../../../protocol/workforce';
import { call } from '../../api/call';
import { problemText } from '../../api/problem';
import { setDesk, useDesk, useDispositions } from '../../api/shared';
import { Button } from '../../ui/button';
import { Select } from '../../ui/field';
import { StateSign } from '../../ui/marks';
import { Watch } from '../../ui/time';
import { toast } from '../../ui/toast';

/** After-contact work: time left, an outcome where one is needed, more time once, or done. */
export function WrapUpBar() {
  const { t } = useTranslation();
  const wrapUp = useDesk().data?.wrapUp;
  const [outcome, setOutcome] = useState('');
  const dispositions = useDispositions();
  const finish = useMutation({
    mutationFn: (extend: boolean) => call(workforceEndpoints.finishWrapUp, { body: extend ? { extend } : outcome ? { disposition: outcome } : {} }),
    onSuccess: (desk) => {
      setDesk(desk);
      setOutcome('');
    },
    onError: (error) => toast(problemText(t, error), { bad: true }),
  });
  if (!wrapUp) return null;
  return (
    <section aria-label={t('wrap-up.title')} data-testid="wrap-up" className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-violet-soft px-4 py-1.5">
      <span className="flex items-center gap-2 text-md font-medium text-violet"><StateSign state="wrap-up" />{t('wrap-up.title')}</span>
      {wrapUp.until ? <Watch until={wrapUp.until} className="text-md text-soft" /> : null}
      <Link href={`/inbox/mine/${wrapUp.ticketId}`} className="text-sm text-accent underline underline-offset-2">{t('wrap-up.ticket')}</Link>
      <span className="flex-1" />
      {wrapUp.dispositionRequired ? (
        <div className="w-48">
          <Select label={t('solve.outcome')} hideLabel value={outcome} onChange={(event) => setOutcome(event.target.value)} className="h-7!">
            <option value="">{t('solve.choose')}</option>
            {dispositions.data?.map((one) => <option key={one.code} value={one.code}>{one.label}</option>)}
          </Select>
        </div>
      ) : null}
      {wrapUp.until && !wrapUp.extended ? <Button small onClick={() => finish.mutate(true)} disabled={finish.isPending}>{t('wrap-up.extend')}</Button> : null}
      <Button small look="primary" onClick={() => finish.mutate(false)} disabled={finish.isPending || (wrapUp.dispositionRequired && !outcome)}>{t('wrap-up.done')}</Button>
    </section>
  );
}
