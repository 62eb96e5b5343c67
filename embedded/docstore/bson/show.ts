import { T, typeOf } from './value';
import type { Maybe } from './value';

/** A value as MongoDB's messages show it. */
export function show(value: Maybe): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value === undefined || value === null) return 'null';
  if (value instanceof Map) return `{ ${[...value].map(([k, v]) => `${k}: ${show(v)}`).join(', ')} }`;
  if (Array.isArray(value)) return `[ ${value.map(show).join(', ')} ]`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (typeof value === 'object') return typeOf(value) === T.objectId ? `ObjectId('${(value as { bytes: Buffer }).bytes.toString('hex')}')` : 'value' in value ? String(value.value) : '?';
  return String(value);
}
