import { useState } from 'react';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { Actions, Dialog } from '../../ui/dialog';
import { TextField } from '../../ui/field';

const local = (moment: Date): string => new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

/** A moment of one's own for sending later. */
export function LaterDialog({ onSend, onClose }: { onSend: (sendAt: string) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const [at, setAt] = useState(() => local(new Date(Date.now() + 2 * 86_400_000)));
  return (
    <Dialog open onClose={onClose} title={t('send.at')} description={t('send.at.about')}>
      <form onSubmit={(event) => { event.preventDefault(); onSend(new Date(at).toISOString()); }}>
        <TextField label={t('send.at.moment')} type="datetime-local" required min={local(new Date())} value={at} onChange={(event) => setAt(event.target.value)} />
        <Actions><Button onClick={onClose}>{t('cancel')}</Button><Button look="primary" type="submit">{t('send.later')}</Button></Actions>
      </form>
    </Dialog>
  );
}
