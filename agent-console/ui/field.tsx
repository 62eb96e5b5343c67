import { useId, useState, type ComponentProps, type FormEvent, type ReactNode } from 'react';
import { cx } from '../lib/cx';
import { useTranslation, type Translate } from '../lib/i18n';

export const control = 'w-full rounded-md bg-surface text-md text-ink ring-1 ring-inset ring-edge transition-shadow duration-(--quick) hover:ring-faint aria-invalid:ring-bad disabled:opacity-60 disabled:bg-sunken';

interface FieldProps {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  hideLabel?: boolean;
  children: (props: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode;
}

// What the browser finds wrong, in the reader's language.
function wrongWith(t: Translate, { validity, type, min, max, minLength }: HTMLInputElement): string {
  if (validity.valueMissing) return t('field.missing');
  if (validity.tooShort) return t('field.short', { count: minLength });
  if (type === 'number' && (validity.rangeUnderflow || validity.rangeOverflow)) return t(max ? 'field.range' : 'field.least', { min, max });
  return t(type === 'email' || type === 'url' ? `field.${type}` : 'field.wrong');
}

/** A label, a control, and what to know about it or what is wrong with it. What a form cannot be sent with is said here instead of in the browser's bubble. */
export function Field({ label, hint, error, hideLabel = false, children }: FieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const [found, setFound] = useState<string>();
  const refuse = (event: FormEvent) => {
    const control = event.target as HTMLInputElement;
    event.preventDefault();
    setFound(wrongWith(t, control));
    if (control.form?.querySelector(':is(input, select, textarea):invalid') === control) control.focus();
  };
  error = found ?? error;
  const about = error ?? hint;
  return (
    <div className="grid gap-1" onInvalidCapture={refuse} onInput={() => setFound(undefined)}>
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'text-sm font-medium text-soft'}>{label}</label>
      {children({ id, ...(about ? { 'aria-describedby': `${id}-about` } : {}), ...(error ? { 'aria-invalid': true } : {}) })}
      {about ? <p id={`${id}-about`} className={cx('text-xs', error ? 'text-bad' : 'text-muted')}>{about}</p> : null}
    </div>
  );
}

export type Extra = Pick<FieldProps, 'label' | 'hint' | 'error' | 'hideLabel'>;

export function TextField({ label, hint, error, hideLabel, className, ...rest }: Extra & ComponentProps<'input'>) {
  return <Field label={label} hint={hint} error={error} hideLabel={hideLabel ?? false}>{(props) => <input {...rest} {...props} className={cx(control, 'h-8 px-3', className)} />}</Field>;
}

const line = 20;

/** Grows with what is written, from `rows` lines on. */
export function TextArea({ label, hint, error, hideLabel, className, rows = 3, ...rest }: Extra & ComponentProps<'textarea'>) {
  return <Field label={label} hint={hint} error={error} hideLabel={hideLabel ?? false}>{(props) => <textarea {...rest} {...props} rows={rows} style={{ minHeight: rows * line + 16 }} className={cx(control, 'block max-h-[60vh] resize-none px-3 py-2 [field-sizing:content]', className)} />}</Field>;
}

export function Select({ label, hint, error, hideLabel, className, children, ...rest }: Extra & ComponentProps<'select'>) {
  return (
    <Field label={label} hint={hint} error={error} hideLabel={hideLabel ?? false}>
      {(props) => <select {...rest} {...props} className={cx(control, 'h-8 px-3', className)}>{children}</select>}
    </Field>
  );
}

/** A tick box with its words; the whole line is the target, apart enough from the next also where half of it is scrolled away. */
export function Tick({ label, hint, className, ...rest }: { label: string; hint?: string } & ComponentProps<'input'>) {
  return (
    <label className={cx('flex items-start gap-2 py-1.5 text-md', className)}>
      <input type="checkbox" {...rest} className="mt-0.5" />
      <span>{label}{hint ? <span className="block text-xs text-muted">{hint}</span> : null}</span>
    </label>
  );
}

/** Several choices of which one holds, all visible. */
export function Segments<T extends string>({ label, value, options, onChange }: { label: string; value: T; options: { value: T; label: string }[]; onChange: (value: T) => void }) {
  const name = useId();
  return (
    <fieldset className="grid gap-1">
      <legend className="mb-1 text-sm font-medium text-soft">{label}</legend>
      <div className="flex w-fit flex-wrap gap-px rounded-md bg-sunken p-[2px] ring-1 ring-inset ring-line">
        {options.map((option) => (
          <label key={option.value} className="flex h-7 items-center rounded-sm px-3 text-sm text-soft has-checked:bg-surface has-checked:font-medium has-checked:text-ink has-checked:ring-1 has-checked:ring-line-strong has-focus-visible:outline-2 has-focus-visible:outline-accent">
            <input type="radio" name={name} className="sr-only" checked={option.value === value} onChange={() => onChange(option.value)} />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
