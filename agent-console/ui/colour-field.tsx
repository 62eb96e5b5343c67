import { useState } from 'react';
import { swatches } from '../../protocol/swatches';
import { useTranslation } from '../lib/i18n';
import { control, Field } from './field';

interface ColourFieldProps {
  label: string;
  hint?: string;
  /** # and six digits. */
  value: string;
  onChange: (value: string) => void;
}

const whole = /^#[0-9a-f]{6}$/;

/** A colour to type, with the one it is in front of it, and some to choose from below. */
export function ColourField({ label, hint, value, onChange }: ColourFieldProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  const write = (text: string) => {
    const tidy = text.trim().toLowerCase().replace(/^(?=[0-9a-f]{6}$)/, '#');
    setTyped(tidy);
    if (whole.test(tidy)) onChange(tidy);
  };
  return (
    <Field label={label} hint={hint} error={whole.test(typed) ? undefined : t('colour.wrong')}>
      {(props) => (
        <div className="flex flex-wrap items-center gap-2">
          <span className="relative">
            <span aria-hidden className="absolute inset-y-2 start-2 size-4 rounded-sm ring-1 ring-edge ring-inset" style={{ background: value }} />
            <input {...props} dir="ltr" required pattern="#[0-9a-f]{6}" maxLength={9} spellCheck={false} autoComplete="off" value={typed} onChange={(event) => write(event.target.value)} className={`${control} h-8 w-28! ps-8 pe-2 tnum`} />
          </span>
          <span className="flex flex-wrap gap-1">
            {Object.entries(swatches).map(([name, colour]) => <button key={name} type="button" aria-label={t(`colour.${name}`)} title={t(`colour.${name}`)} aria-pressed={value === colour} onClick={() => write(colour)} className="grid size-6 place-items-center rounded-md aria-pressed:ring-2 aria-pressed:ring-accent"><span className="size-4 rounded-sm" style={{ background: colour }} /></button>)}
          </span>
        </div>
      )}
    </Field>
  );
}
