import { useState } from 'react';
import type { Ticket } from '../../../protocol/tickets';
import { dayOf, clock } from '../../lib/format';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { Actions, Dialog } from '../../ui/dialog';
import { Segments, TextField } from '../../ui/field';
import { useManner } from '../../ui/time';
import { useTicketActions } from './actions';

const two = (value: number): string => String(value).padStart(2, '0');
/** A moment as a field for date and time takes it, on the reader's own clock. */
const fieldOf = (at: Date): string => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;

function morning(days: number): Date {
  const at = new Date();
  at.setDate(at.getDate() + days);
  at.setHours(9, 0, 0, 0);
  return at;
}

/** What most people mean; a week begins on Monday. */
function usual(): { word: string; at: Date }[] {
  const now = new Date();
  return [{ word: 'snooze.later', at: new Date(now.getTime() + 3 * 3_600_000) }, { word: 'snooze.tomorrow', at: morning(1) }, { word: 'snooze.week', at: morning(((8 - now.getDay()) % 7) || 7) }];
}

/** Sets a ticket aside until a moment, to come back by itself or because something is to be done then. */
export function SnoozeDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const { t } = useTranslation();
  const manner = useManner();
  const { snooze } = useTicketActions(ticket);
  const [choices] = useState(usual);
  const [at, setAt] = useState(() => fieldOf(morning(1)));
  const [kind, setKind] = useState<'snooze' | 'follow-up'>('snooze');
  const [note, setNote] = useState('');
  const moment = new Date(at);
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
            const value = fieldOf(then);
            return (
              <button key={word} type="button" aria-pressed={value === at} onClick={() => setAt(value)} className="flex min-h-9 items-center gap-3 rounded-md px-3 text-start text-md ring-1 ring-line ring-inset transition-colors duration-(--quick) hover:bg-hover aria-pressed:bg-hover aria-pressed:ring-accent">
                <span className="flex-1">{t(word)}</span>
                <span className="text-sm text-muted tnum">{dayOf(then.toISOString(), { language: manner.language })}, {clock(then.toISOString(), { language: manner.language })}</span>
              </button>
            );
          })}
        </div>
        <TextField label={t('snooze.at')} type="datetime-local" required min={fieldOf(new Date())} value={at} error={past ? t('snooze.past') : undefined} onChange={(event) => setAt(event.target.value)} />
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
