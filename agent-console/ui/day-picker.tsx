import { CalendarDays } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../lib/i18n';
import { IconButton } from './button';
import { Calendar, type CalendarProps } from './calendar';
import { Popover } from './popover';

/** A button that opens the calendar, which closes once a day is chosen. */
export function DayPicker({ disabled, onChoose, ...rest }: CalendarProps & { disabled: boolean | undefined }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const choose = (day: string) => {
    setOpen(false);
    onChoose(day);
  };
  return (
    <Popover open={open} onOpenChange={setOpen} align="end" label={t('calendar')} trigger={<IconButton small label={t('calendar')} disabled={disabled}><CalendarDays size={14} /></IconButton>}>
      <Calendar {...rest} onChoose={choose} />
    </Popover>
  );
}
