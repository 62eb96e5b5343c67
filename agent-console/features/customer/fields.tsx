import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '../../lib/i18n';
import { customerEndpoints, type Customer, type FieldDefinition } from '../../../protocol/customers';
import { call } from '../../api/call';
import { keys } from '../../api/keys';
import { allows } from '../../api/shared';
import { DayInput } from '../../ui/day-field';
import { useCustomerChange } from './change';

type Value = Customer['fields'][string];
const parse = (definition: FieldDefinition, text: string): Value => (text === '' ? null : definition.type === 'number' ? Number(text) : text);
const control = 'h-7 w-full min-w-0 rounded-sm bg-transparent px-1 text-sm hover:bg-hover focus:bg-surface disabled:opacity-100';

function FieldControl({ definition, value, disabled, save }: { definition: FieldDefinition; value: Value; disabled: boolean; save: (value: Value) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(value === null || value === undefined ? '' : String(value));
  const id = `field-${definition.key}`;
  if (definition.type === 'boolean') return <input id={id} type="checkbox" disabled={disabled} checked={value === true} onChange={(event) => save(event.target.checked)} />;
  if (definition.type === 'choice') {
    return <select id={id} disabled={disabled} value={text} onChange={(event) => { setText(event.target.value); save(event.target.value || null); }} className={control}><option value="">{t('none')}</option>{definition.choices.map((choice) => <option key={choice}>{choice}</option>)}</select>;
  }
  const leave = () => void (text !== String(value ?? '') && save(parse(definition, text)));
  if (definition.type === 'date') return <DayInput id={id} disabled={disabled} value={text} onChange={setText} onBlur={leave} className={control} />;
  return <input id={id} type={definition.type === 'number' ? 'number' : 'text'} disabled={disabled} value={text} onChange={(event) => setText(event.target.value)} onBlur={leave} className={control} />;
}

/** The fields an administrator declared for customers; each is saved when it is left. */
export function CustomerFields({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const change = useCustomerChange(customer.id);
  const definitions = useQuery({ queryKey: keys.settings('fields'), queryFn: () => call(customerEndpoints.fields) });
  const shown = definitions.data?.rows.filter((definition) => definition.subject === 'customer') ?? [];
  if (shown.length === 0) return null;
  return (
    <section className="border-t border-line px-4 py-3">
      <h2 className="mb-1 text-xs font-medium text-muted">{t('customer.fields')}</h2>
      <div className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] items-center gap-x-2 text-sm">
        {shown.map((definition) => {
          const value = customer.fields[definition.key] ?? null;
          return [
            <label key={`${definition.key}-label`} htmlFor={`field-${definition.key}`} className="min-h-7 truncate py-1 text-muted">{definition.label}</label>,
            <FieldControl key={`${definition.key}-${String(value)}`} definition={definition} value={value} disabled={!allows(customer.can, 'customer.edit')} save={(next) => change.mutate({ fields: { [definition.key]: next } })} />,
          ];
        })}
      </div>
    </section>
  );
}
