import type { FieldDefinition } from '../../protocol';
import { badInput, type Ctx } from '../kernel';
import type { FieldValue } from './customer.model';
import { listFields } from './field.model';

/** Checks values of custom fields against their declarations. Null takes a value away. Throws bad-input naming every field that is unknown or of the wrong type. */
export async function checkFields(ctx: Ctx, subject: FieldDefinition['subject'], values: Record<string, FieldValue>): Promise<Record<string, FieldValue>> {
  if (Object.keys(values).length === 0) return {};
  const declared = new Map((await listFields(ctx, subject)).map((field) => [field.key, field]));
  const faults = Object.entries(values).flatMap(([key, value]) => {
    const field = declared.get(key);
    const fault = field ? faultOf(field, value) : 'is not a declared field';
    return fault === null ? [] : [[`fields.${key}`, fault]];
  });
  if (faults.length > 0) throw badInput(Object.fromEntries(faults) as Record<string, string>);
  return values;
}

/** What is wrong with a value, null when nothing is. */
export function faultOf({ type, choices }: Pick<FieldDefinition, 'type' | 'choices'>, value: FieldValue): string | null {
  if (value === null) return null;
  switch (type) {
    case 'number': return typeof value === 'number' && Number.isFinite(value) ? null : 'must be a number';
    case 'boolean': return typeof value === 'boolean' ? null : 'must be true or false';
    case 'date': return typeof value === 'string' && isDay(value) ? null : 'must be a date like 2026-08-31';
    case 'choice': return typeof value === 'string' && choices.includes(value) ? null : `must be one of: ${choices.join(', ')}`;
    case 'text': return typeof value === 'string' ? null : 'must be text';
  }
}

function isDay(text: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** The values after a change: given ones replace, null removes. */
export function mergeFields(now: Record<string, FieldValue>, change: Record<string, FieldValue>): Record<string, FieldValue> {
  return Object.fromEntries(Object.entries({ ...now, ...change }).filter(([, value]) => value !== null));
}
