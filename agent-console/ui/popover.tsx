import { Popover as Base } from 'radix-ui';
import type { ReactNode } from 'react';

/** Begins at the element that asks for it, else at the first that takes the focus. */
function beginAt(event: Event): void {
  const first = (event.target as HTMLElement).querySelector<HTMLElement>('[data-begin]');
  if (!first) return;
  event.preventDefault();
  first.focus();
}

interface PopoverProps {
  trigger: ReactNode;
  label: string;
  children: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  align?: 'start' | 'end';
}

/** A small window beside its button. */
export function Popover({ trigger, label, children, align = 'start', ...state }: PopoverProps) {
  return (
    <Base.Root {...state}>
      <Base.Trigger asChild>{trigger}</Base.Trigger>
      <Base.Portal>
        <Base.Content align={align} sideOffset={4} collisionPadding={8} aria-label={label} onOpenAutoFocus={beginAt}
          className="z-50 w-72 rounded-lg bg-surface p-3 shadow-float data-[state=open]:animate-rise focus:outline-none">
          {children}
        </Base.Content>
      </Base.Portal>
    </Base.Root>
  );
}
