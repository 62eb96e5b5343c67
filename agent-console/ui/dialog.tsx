import { Dialog as Base } from 'radix-ui';
import { useRef, type ReactNode } from 'react';
import { useTranslation } from '../lib/i18n';
import { X } from 'lucide-react';
import { cx } from '../lib/cx';
import { IconButton } from './button';

/** Begins at the first thing to fill in or press, not at the cross; a finger gets no keyboard over what it has not read yet. */
function beginInside(event: Event): void {
  if (!matchMedia('(pointer: fine)').matches) return;
  const inside = (event.target as HTMLElement).querySelector('[data-inside]');
  const first = inside?.querySelector<HTMLElement>(':is(input:not([type=radio]:not(:checked)), select, textarea, button, a[href]):not(:disabled)');
  if (!first) return;
  event.preventDefault();
  first.focus();
}

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: string;
  children: ReactNode;
  wide?: boolean;
  /** A drawer at the end of the line instead of a window in the middle. */
  drawer?: boolean;
}

/** A window over the page with a name; Escape closes it and focus returns to where it was. */
export function Dialog({ open, onClose, title, description, children, wide = false, drawer = false }: DialogProps) {
  const { t } = useTranslation();
  // Radix returns to its own trigger only, and ours open without one.
  const before = useRef<Element | null>(null);
  const returnThere = (event: Event): void => {
    if (!(before.current instanceof HTMLElement) || !before.current.isConnected) return;
    event.preventDefault();
    before.current.focus();
  };
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Overlay className="fixed inset-0 z-40 bg-scrim data-[state=open]:animate-appear" />
        <Base.Content onOpenAutoFocus={(event) => { before.current = document.activeElement; beginInside(event); }} onCloseAutoFocus={returnThere} {...(description ? {} : { 'aria-describedby': undefined })}
          className={cx('fixed z-50 flex flex-col bg-surface shadow-float data-[state=open]:animate-rise focus:outline-none',
            drawer ? 'inset-y-0 end-0 w-[min(420px,100vw)]' : 'inset-x-4 top-[8vh] mx-auto max-h-[84vh] overflow-hidden rounded-lg', !drawer && (wide ? 'max-w-[860px]' : 'max-w-[480px]'))}>
          <header className="flex items-start gap-3 px-6 pt-4 pb-3">
            <div className="min-w-0 flex-1">
              <Base.Title className="text-lg font-semibold">{title}</Base.Title>
              {description ? <Base.Description className="mt-1 text-md text-muted">{description}</Base.Description> : null}
            </div>
            <Base.Close asChild><IconButton label={t('close')} className="-me-2"><X size={16} /></IconButton></Base.Close>
          </header>
          <div className="-mt-2 min-h-0 flex-1 scroll-pb-16 overflow-y-auto"><div data-inside className="px-6 pt-2 pb-6">{children}</div></div>
        </Base.Content>
      </Base.Portal>
    </Base.Root>
  );
}

/** Buttons at the end of a dialog, in sight however long it is. */
export function Actions({ children }: { children: ReactNode }) {
  return <div className="sticky bottom-0 z-1 -mx-6 mt-2 -mb-6 flex flex-wrap justify-end gap-2 border-t border-line bg-surface px-6 py-3">{children}</div>;
}
