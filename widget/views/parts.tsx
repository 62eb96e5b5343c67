import type { ComponentChildren } from 'preact';
import { useApp } from '../frame/app';

/** What failed, and the next action. */
export function Oops({ text, retry }: { text: string; retry?: () => void }) {
  const { t } = useApp();
  return <div class="oops" role="alert"><p>{text}</p>{retry && <button type="button" class="secondary" onClick={retry}>{t('retry')}</button>}</div>;
}

/** Grey lines, shown only when it takes longer than a moment. */
export const Waiting = () => <div class="waiting" aria-hidden="true"><i /><i /><i /></div>;

export interface FieldProps {
  id: string;
  label: string;
  hint?: string;
  fault?: string | undefined;
  children: ComponentChildren;
}

/** A labelled field; the fault stands below it and is tied to it. */
export const Field = ({ id, label, hint, fault, children }: FieldProps) => (
  <div class="field">
    <label for={id}>{label}</label>
    {children}
    {fault ? <p class="fault" id={`${id}-note`}>{fault}</p> : hint && <p class="quiet" id={`${id}-note`}>{hint}</p>}
  </div>
);

export const isEmail = (value: string) => /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(value.trim());
