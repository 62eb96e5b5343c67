// Makes an input that a schema takes, from the schema alone, so that endpoints nobody thought of are tried too.
import { z } from 'zod';

interface Schema {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  format?: string;
  pattern?: string;
  default?: unknown;
  minimum?: number;
  maxLength?: number;
  minLength?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minItems?: number;
  propertyNames?: Schema;
  additionalProperties?: Schema | boolean;
}

/** What stands in strings, and the id to be used for whatever a field of that name refers to. */
export interface Palette {
  mark: string;
  idFor(field: string): string;
  /** Optional fields as well. */
  all: boolean;
}

const serial = { n: 0 };
const candidates = (palette: Palette, field: string): string[] => {
  serial.n += 1;
  return [palette.idFor(field), `${palette.mark}-${serial.n}`, `${palette.mark}${serial.n}`, 'en', 'email', '+351210000100', '#336699', '09:00', '2026-11-24', `${palette.mark}.example`, `x${serial.n}@${palette.mark}.example`, 'tier', `https://${palette.mark}.example`];
};

function textOf(schema: Schema, field: string, palette: Palette): string {
  if (schema.format === 'date-time') return '2027-01-04T09:00:00.000Z';
  if (schema.format === 'email') return `x${(serial.n += 1)}@${palette.mark}.example`;
  if (schema.format === 'uri') return `https://${palette.mark}.example`;
  // A cleaned address takes any text as far as its schema tells.
  if (!schema.pattern && /email|^(address|to|cc|bcc)$/i.test(field)) return `x${(serial.n += 1)}@${palette.mark}.example`;
  const { pattern } = schema;
  const fitting = pattern ? candidates(palette, field).find((each) => new RegExp(pattern).test(each)) : undefined;
  const text = fitting ?? `${palette.mark} ${(serial.n += 1)}`;
  return text.padEnd(schema.minLength ?? 0, '0').slice(0, schema.maxLength ?? 500);
}

function objectOf(schema: Schema, palette: Palette): unknown {
  const own = Object.entries(schema.properties ?? {}).filter(([name]) => palette.all || schema.required?.includes(name)).map(([name, inner]) => [name, valueOf(inner, name, palette)]);
  const more = schema.additionalProperties;
  const extra = typeof more === 'object' && Object.keys(more).length > 0 && palette.all ? [[textOf(schema.propertyNames ?? {}, 'key', palette), valueOf(more, 'value', palette)]] : [];
  return Object.fromEntries([...own, ...extra] as [string, unknown][]);
}

function valueOf(schema: Schema, field: string, palette: Palette): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const choice = schema.anyOf ?? schema.oneOf;
  if (choice) return valueOf(choice.find((each) => each.type !== 'null') ?? {}, field, palette);
  if (schema.allOf) return valueOf(Object.assign({}, ...schema.allOf) as Schema, field, palette);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'object') return objectOf(schema, palette);
  if (type === 'array') return palette.all || schema.minItems ? [valueOf(schema.items ?? {}, field.replace(/s$/, ''), palette)] : [];
  if (type === 'integer' || type === 'number') return schema.minimum && schema.minimum > 0 ? schema.minimum : 1;
  if (type === 'boolean') return false;
  return textOf(schema, field, palette);
}

/** An input the schema should take; undefined when there is no schema. */
export function sample(schema: z.ZodType | undefined, palette: Palette): unknown {
  return schema ? valueOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema, 'id', palette) : undefined;
}
