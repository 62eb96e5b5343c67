import { useTranslation } from '../lib/i18n';
import { create } from 'zustand';
import { X } from 'lucide-react';
import { cx } from '../lib/cx';
import { Button, IconButton } from './button';

interface Action {
  label: string;
  run: () => void;
}

interface Toast {
  id: number;
  text: string;
  bad: boolean;
  action: Action | undefined;
}

const useToasts = create<{ shown: Toast[] }>()(() => ({ shown: [] }));
let next = 1;
const close = (id: number) => useToasts.setState(({ shown }) => ({ shown: shown.filter((one) => one.id !== id) }));

/** Says briefly what was done, with a way back or on where there is one; stays 7 s, a fault 12 s. */
export function toast(text: string, { bad = false, undo, action = undo && { label: '', run: undo } }: { bad?: boolean; undo?: () => void; action?: Action | undefined } = {}): void {
  const id = next++;
  useToasts.setState(({ shown }) => ({ shown: [...shown.slice(-2), { id, text, bad, action }] }));
  setTimeout(() => close(id), bad ? 12_000 : 7_000);
}

/** Where they appear. */
export function Toasts() {
  const { t } = useTranslation();
  const { shown } = useToasts();
  return (
    <div role="status" aria-live="polite" className="pointer-events-none fixed inset-x-4 bottom-16 z-60 mx-auto grid max-w-[440px] gap-2 sm:bottom-4">
      {shown.map((one) => (
        <div key={one.id} className={cx('pointer-events-auto flex items-center gap-3 rounded-lg bg-surface py-2 ps-4 pe-2 text-md shadow-float animate-rise', one.bad && 'text-bad')}>
          <span className="min-w-0 flex-1">{one.text}</span>
          {one.action ? <Button look="quiet" small onClick={() => { one.action?.run(); close(one.id); }}>{one.action.label || t('undo')}</Button> : null}
          <IconButton label={t('close')} small onClick={() => close(one.id)}><X size={14} /></IconButton>
        </div>
      ))}
    </div>
  );
}
