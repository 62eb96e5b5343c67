import { useState } from 'react';
import { useTranslation } from '../../lib/i18n';
import { momentOf, wallClock } from '../../lib/wall-clock';
import { Button } from '../../ui/button';
import { Actions, Dialog } from '../../ui/dialog';
import { DayField } from '../../ui/day-field';
import { useManner } from '../../ui/time';

/** A moment of one's own for sending later. */
export function LaterDialog({ onSend, onClose }: { onSend: (sendAt: string) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const { timeZone } = useManner();
  const [at, setAt] = useState(() => wallClock(new Date(Date.now() + 2 * 86_400_000), timeZone));
  return (
    <Dialog open onClose={onClose} title={t('send.at')} description={t('send.at.about')}>
      <form onSubmit={(event) => { event.preventDefault(); onSend(momentOf(at, timeZone).toISOString()); }}>
        <DayField label={t('send.at.moment')} time required min={wallClock(new Date(), timeZone)} value={at} onChange={setAt} />
        <Actions><Button onClick={onClose}>{t('cancel')}</Button><Button look="primary" type="submit">{t('send.later')}</Button></Actions>
      </form>
    </Dialog>
  );
}
