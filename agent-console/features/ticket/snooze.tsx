import { useState } from 'react';
import type { Ticket } from '../../../protocol/tickets';
import { dayOf, clock } from '../../lib/format';
import { useTranslation } from '../../lib/i18n';
import { daysToMonday, momentOf, morningIn, wallClock } from '../../lib/wall-clock';
import { Button } from '../../ui/button';
import { Actions, Dialog } from '../../ui/dialog';
import { DayField } from '../../ui/day-field';
import { Segments, TextField } from '../../ui/field';
import { useManner } from '../../ui/time';
import { useTicketActions } from './actions';

/** What most people mean; a week begins on Monday. */
const usual = (timeZone: string | undefined): { word: string; at: Date }[] => [
  { word: 'snooze.later', at: new Date(Date.now() + 3 * 3_600_000) }, { word: 'snooze.tomorrow', at: morningIn(1, timeZone) }, { word: 'snooze.week', at: morningIn(daysToMonday(timeZone), timeZone) },
];

/** Sets a ticket aside until a moment, to come back by itself or because something is to be done then. */
export function SnoozeDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const { t } = useTranslation();
  const manner = useManner();
  const { snooze } = useTicketActions(ticket);
  const [choices] = useState(() => usual(manner.timeZone));
  const [at, setAt] = useState(() => wallClock(morningIn(1, manner.timeZone), manner.timeZone));
  const [kind, setKind] = useState<'snooze' | 'follow-up'>('snooze');
  const [note, setNote] = useState('');
  const moment = momentOf(at, manner.timeZone);
  const past = !(moment.getTime() > Date.now());
  const save = () => {
    snooze({ at: moment.toISOString(), kind, note: note.trim() });
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={t('ticket.snooze')} description={t(`snooze.about.${kind}`)}>
      <form className="grid gap-4" onSubmit={(event) => { event.preventDefault(); if (!past) save(); }}>
        <div role="group" aria-label={t('snooze.until')} className="grid gap-1">
          {choices.map(({ word, at: then }) => {
            const value = wallClock(then, manner.timeZone);
            return (
              <button key={word} type="button" aria-pressed={value === at} onClick={() => setAt(value)} className="flex min-h-9 items-center gap-3 rounded-md px-3 text-start text-md ring-1 ring-line ring-inset transition-colors duration-(--quick) hover:bg-hover aria-pressed:bg-hover aria-pressed:ring-accent">
                <span className="flex-1">{t(word)}</span>
                <span className="text-sm text-muted tnum">{dayOf(then.toISOString(), manner)}, {clock(then.toISOString(), manner)}</span>
              </button>
            );
          })}
        </div>
        <DayField label={t('snooze.at')} time required min={wallClock(new Date(), manner.timeZone)} value={at} error={past ? t('snooze.past') : undefined} onChange={setAt} />
        <Segments label={t('snooze.kind')} value={kind} onChange={setKind} options={[{ value: 'snooze', label: t('snooze.kind.snooze') }, { value: 'follow-up', label: t('snooze.kind.follow-up') }]} />
        <TextField label={t('snooze.note')} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
        <Actions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" type="submit" data-testid="snooze-go" disabled={past}>{t('ticket.snooze')}</Button>
        </Actions>
      </form>
    </Dialog>
  );
}
