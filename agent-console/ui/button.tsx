import { Slot } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from '../lib/cx';

type Look = 'primary' | 'plain' | 'quiet' | 'danger';
const looks: Record<Look, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong aria-disabled:bg-hover aria-disabled:text-muted',
  plain: 'bg-surface text-ink ring-1 ring-inset ring-line-strong hover:bg-hover',
  quiet: 'text-soft hover:bg-hover hover:text-ink',
  danger: 'bg-bad text-on-bad hover:bg-bad-strong',
};

export interface ButtonProps extends ComponentProps<'button'> {
  look?: Look;
  small?: boolean;
  /** Hands the look to its only child, e.g. a link. */
  asChild?: boolean;
}

/** The one button. Primary is for the single main action of a view. */
export function Button({ look = 'plain', small = false, asChild = false, className, ...rest }: ButtonProps) {
  const Tag = asChild ? Slot.Root : 'button';
  return (
    <Tag {...(asChild ? {} : { type: 'button' as const })} {...rest}
      className={cx('inline-flex shrink-0 items-center justify-center gap-2 rounded-md font-medium whitespace-nowrap transition-colors duration-(--quick) select-none disabled:opacity-50',
        small ? 'h-7 px-2 text-sm' : 'h-8 px-3 text-md', looks[look], className)} />
  );
}

interface IconButtonProps extends ComponentProps<'button'> {
  label: string;
  children: ReactNode;
  small?: boolean;
}

/** A square button with a picture; its label is read aloud and shown on hover. */
export function IconButton({ label, small = false, className, ...rest }: IconButtonProps) {
  return (
    <button type="button" aria-label={label} title={label} {...rest}
      className={cx('inline-flex shrink-0 items-center justify-center rounded-md text-muted transition-colors duration-(--quick) hover:bg-hover hover:text-ink aria-pressed:bg-hover aria-pressed:text-ink disabled:opacity-50',
        small ? 'size-6' : 'size-8', className)} />
  );
}
