import { DropdownMenu as Base } from 'radix-ui';
import type { ReactNode } from 'react';
import { Check } from 'lucide-react';
import { cx } from '../lib/cx';
import { showStroke } from '../lib/keys';
import { usePreferences } from '../lib/preferences';
import { isMac, keysOf, useAriaKeys, type CommandId } from '../lib/shortcuts';
import { Keys } from './marks';

interface MenuProps {
  trigger: ReactNode;
  children: ReactNode;
  align?: 'start' | 'end';
  label?: string;
  /** Opens as soon as it is there. */
  defaultOpen?: boolean;
  /** Where something else than the trigger opens it too. */
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

/** A menu under a button. The trigger is one button-like element. */
export function Menu({ trigger, children, align = 'start', label, defaultOpen = false, ...state }: MenuProps) {
  return (
    <Base.Root modal={false} defaultOpen={defaultOpen} {...state}>
      <Base.Trigger asChild>{trigger}</Base.Trigger>
      <Base.Portal>
        <Base.Content align={align} sideOffset={4} collisionPadding={8} aria-label={label}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 max-w-80 overflow-y-auto rounded-lg bg-surface p-1 shadow-float data-[state=open]:animate-rise">
          {children}
        </Base.Content>
      </Base.Portal>
    </Base.Root>
  );
}

interface ItemProps {
  children: ReactNode;
  onSelect: () => void;
  checked?: boolean;
  disabled?: boolean;
  danger?: boolean;
  icon?: ReactNode;
  hint?: ReactNode;
  /** The command that does the same by key; its key stands beside the words. */
  command?: CommandId;
}

function KeyOf({ command }: { command: CommandId }) {
  const stroke = usePreferences(({ keymap }) => keysOf(command, keymap)[0]);
  return stroke ? <span aria-hidden className="flex"><Keys>{showStroke(stroke, isMac())}</Keys></span> : null;
}

/** One line of a menu; `checked` makes it a choice. */
export function MenuItem({ children, onSelect, checked, disabled = false, danger = false, icon, hint, command }: ItemProps) {
  const keys = useAriaKeys(command);
  const className = cx('flex min-h-8 items-center gap-2 rounded-md px-2 py-1 text-md outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover', danger && 'text-bad');
  const inside = (
    <>
      {checked === undefined && icon ? <span className="flex w-4 justify-center text-muted">{icon}</span> : null}
      {checked !== undefined ? <span className="flex w-4 justify-center text-accent">{checked ? <Check size={14} aria-hidden /> : icon}</span> : null}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {hint ? <span className="ps-4 text-xs text-muted">{hint}</span> : null}
      {command ? <KeyOf command={command} /> : null}
    </>
  );
  if (checked === undefined) return <Base.Item {...keys} className={className} disabled={disabled} onSelect={onSelect}>{inside}</Base.Item>;
  return <Base.CheckboxItem {...keys} className={className} checked={checked} disabled={disabled} onSelect={onSelect}>{inside}</Base.CheckboxItem>;
}

/** A heading inside a menu. */
export function MenuLabel({ children }: { children: ReactNode }) {
  return <Base.Label className="px-2 pt-2 pb-1 text-xs font-medium text-muted">{children}</Base.Label>;
}

/** A line between groups. */
export function MenuLine() {
  return <Base.Separator className="my-1 h-px bg-line" />;
}
