import { lazy, Suspense, type ComponentProps } from 'react';
import { cx } from '../lib/cx';
import { control, Field, type Extra } from './field';

const DayPicker = lazy(() => import('./day-picker').then((file) => ({ default: file.DayPicker })));

interface DayInputProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value' | 'type' | 'min' | 'max'> {
  /** YYYY-MM-DD, with THH:MM after it where the time belongs to it; empty for none. */
  value: string;
  min?: string | undefined;
  max?: string | undefined;
  time?: boolean;
  onChange: (value: string) => void;
}

/** A day to type, or to choose from a calendar of our own; fingers get the one of their device. */
export function DayInput({ value, min, max, time = false, onChange, className, ...rest }: DayInputProps) {
  return (
    <span className="relative block">
      <input {...rest} type={time ? 'datetime-local' : 'date'} min={min} max={max} value={value} onChange={(event) => onChange(event.target.value)} className={cx(className, 'pe-8!')} />
      <span className="absolute inset-y-0 end-1 flex items-center pointer-coarse:hidden">
        <Suspense fallback={null}><DayPicker value={value.slice(0, 10)} min={min?.slice(0, 10)} max={max?.slice(0, 10)} disabled={rest.disabled} onChoose={(day) => onChange(time ? `${day}T${value.slice(11) || '09:00'}` : day)} /></Suspense>
      </span>
    </span>
  );
}

/** The same with a label above it. */
export function DayField({ label, hint, error, hideLabel, className, ...rest }: Extra & DayInputProps) {
  return <Field label={label} hint={hint} error={error} hideLabel={hideLabel ?? false}>{(props) => <DayInput {...rest} {...props} className={cx(control, 'h-8 px-3', className)} />}</Field>;
}
