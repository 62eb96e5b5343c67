import { Trash2 } from 'lucide-react';
import type { WidgetGreeting } from '../../../protocol/channels';
import { useTranslation } from '../../lib/i18n';
import { Button, IconButton } from '../../ui/button';
import { TextField } from '../../ui/field';

const fresh: WidgetGreeting = { text: '', pages: '', seconds: 20, scroll: 0, everyDays: 7 };
const most = 10;

/** What the widget says by itself: on which pages, after how long, how far down, how often. */
export function Greetings({ value, onChange }: { value: WidgetGreeting[]; onChange: (value: WidgetGreeting[]) => void }) {
  const { t } = useTranslation();
  const set = (at: number, change: Partial<WidgetGreeting>) => onChange(value.map((one, index) => (index === at ? { ...one, ...change } : one)));
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-1 text-sm font-medium text-soft">{t('greetings.title')}</legend>
      <p className="text-xs text-muted">{t('greetings.about')}</p>
      {value.map((one, at) => (
        <div key={at} role="group" aria-label={t('greetings.one', { n: at + 1 })} className="grid gap-3 rounded-md p-3 ring-1 ring-line ring-inset" data-testid="greeting">
          <div className="flex items-end gap-2">
            <div className="min-w-0 flex-1"><TextField label={t('greetings.text')} required maxLength={200} value={one.text} onChange={(event) => set(at, { text: event.target.value })} /></div>
            <IconButton label={t('greetings.remove', { n: at + 1 })} onClick={() => onChange(value.filter((_one, index) => index !== at))}><Trash2 size={16} /></IconButton>
          </div>
          <TextField label={t('greetings.pages')} hint={t('greetings.pages.hint')} maxLength={200} value={one.pages} onChange={(event) => set(at, { pages: event.target.value })} />
          <div className="grid grid-cols-2 items-end gap-3 sm:grid-cols-3">
            <TextField label={t('greetings.seconds')} type="number" required min={0} max={3600} value={one.seconds} onChange={(event) => set(at, { seconds: event.target.valueAsNumber || 0 })} />
            <TextField label={t('greetings.scroll')} type="number" required min={0} max={100} value={one.scroll} onChange={(event) => set(at, { scroll: event.target.valueAsNumber || 0 })} />
            <TextField label={t('greetings.days')} type="number" required min={1} max={365} value={one.everyDays} onChange={(event) => set(at, { everyDays: event.target.valueAsNumber || 1 })} />
          </div>
        </div>
      ))}
      {value.length < most ? <Button className="justify-self-start" onClick={() => onChange([...value, fresh])}>{t('greetings.add')}</Button> : null}
    </fieldset>
  );
}
