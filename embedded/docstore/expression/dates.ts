import { fail } from '../errors';
import { asNumber, isNumeric } from '../bson/numbers';
import { show } from '../bson/show';
import { Raw, T, isInt32, isOperators } from '../bson/value';
import type { Maybe, Value } from '../bson/value';
import { withNamed } from './forms';
import type { Form } from './forms';
import { isNullish, needText, needWhole, typeName } from './operator';
import { offsetAt, zoned } from './zones';

function asDate(value: Maybe, where: string): Date {
  if (value instanceof Date) return value;
  if (value instanceof Raw && value.type === T.objectId) return new Date(value.bytes.readUInt32BE(0) * 1000);
  if (value instanceof Raw && value.type === T.timestamp) return new Date(value.bytes.readUInt32LE(4) * 1000);
  return fail(16006, `can't convert from BSON type ${typeName(value)} to Date in ${where}`);
}

/** The zone of an operator's arguments; null when one is given that is null. */
function zone(args: Record<string, Maybe>): string | null {
  return 'timezone' in args ? isNullish(args['timezone']) ? null : needText(args['timezone'], 'timezone', 40517) : 'UTC';
}

function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;
}

const fields: Record<string, (local: Date) => number> = {
  $year: (d) => d.getUTCFullYear(), $month: (d) => d.getUTCMonth() + 1, $dayOfMonth: (d) => d.getUTCDate(), $hour: (d) => d.getUTCHours(),
  $minute: (d) => d.getUTCMinutes(), $second: (d) => d.getUTCSeconds(), $millisecond: (d) => d.getUTCMilliseconds(),
  $dayOfWeek: (d) => d.getUTCDay() + 1, $dayOfYear: dayOfYear, $isoDayOfWeek: (d) => d.getUTCDay() || 7,
};

function fieldForm(name: string, read: (local: Date) => number): [string, Form] {
  return [name, (operand, compile, compiling) => {
    const evaluated: boolean = isOperators(operand);
    const given = !evaluated && operand instanceof Map ? operand : undefined;
    for (const key of given?.keys() ?? []) if (key !== 'date' && key !== 'timezone') fail(40535, `unrecognized option to ${name}: "${key}"`);
    if (Array.isArray(operand) && operand.length !== 1) fail(40536, `${name} accepts exactly one argument if given an array, but was given ${operand.length}`);
    const input: Value = given ? given.get('date') ?? fail(40539, `missing 'date' argument to ${name}, provided: ${show(given)}`) : Array.isArray(operand) ? operand[0]! : operand;
    const date = compile(input, compiling);
    const where = given?.has('timezone') ? compile(given.get('timezone')!, compiling) : undefined;
    return (frame) => {
      const value = date(frame);
      const timezone = zone(where ? { timezone: where(frame) } : {});
      return isNullish(value) || timezone === null ? null : read(zoned(asDate(value, name), timezone));
    };
  }];
}

const pad = (value: number, digits = 2): string => String(value).padStart(digits, '0');
const formats: Record<string, (local: Date) => string> = {
  Y: (d) => pad(d.getUTCFullYear(), 4), m: (d) => pad(d.getUTCMonth() + 1), d: (d) => pad(d.getUTCDate()), H: (d) => pad(d.getUTCHours()),
  M: (d) => pad(d.getUTCMinutes()), S: (d) => pad(d.getUTCSeconds()), L: (d) => pad(d.getUTCMilliseconds(), 3), j: (d) => pad(dayOfYear(d), 3),
  w: (d) => String(d.getUTCDay() + 1), u: (d) => String(d.getUTCDay() || 7), '%': () => '%',
};

function format(date: Date, pattern: string, where: string): string {
  const local = zoned(date, where);
  return pattern.replace(/%(.?)/g, (_, letter: string) => {
    const minutes = offsetAt(date, where);
    if (letter === 'z') return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(minutes) / 60))}${pad(Math.abs(minutes) % 60)}`;
    if (letter === 'Z') return `${minutes < 0 ? '-' : '+'}${pad(Math.abs(minutes), 3)}`;
    if ('GVUBb'.includes(letter) && letter !== '') fail(238, `%${letter} is not supported by this store`);
    return (formats[letter] ?? fail(18536, `Invalid format character '%${letter}' in format string`))(local);
  });
}

const lengths: Record<string, number> = { millisecond: 1, second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000 };
const monthUnits: Record<string, number> = { month: 1, quarter: 3, year: 12 };

function unitOf(value: Maybe, where: string): string {
  const unit = needText(value, where);
  return Object.hasOwn(lengths, unit) || Object.hasOwn(monthUnits, unit) ? unit : fail(9, `unknown time unit value: ${unit}`);
}

function monthsSince(local: Date): number {
  return (local.getUTCFullYear() - 2000) * 12 + local.getUTCMonth();
}

/** The moment whose local time in the zone this is. */
function unzoned(local: number, where: string): Date {
  const guess = new Date(local - offsetAt(new Date(local), where) * 60_000);
  return new Date(local - offsetAt(guess, where) * 60_000);
}

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

function weekStart(value: Maybe): number {
  if (isNullish(value)) return 0;
  const at = weekdays.findIndex((day) => day.startsWith(needText(value, 'startOfWeek').toLowerCase()));
  return at < 0 ? fail(9, `unknown day of week value: ${String(value)}`) : at;
}

function truncate(args: Record<string, Maybe>): Maybe {
  if ([args['date'], args['unit'], args['binSize']].some((arg) => arg === null) || isNullish(args['date'])) return null;
  const unit = unitOf(args['unit'], '$dateTrunc');
  const size = args['binSize'] === undefined ? 1 : needWhole(args['binSize'], '$dateTrunc');
  if (size < 1) fail(5439018, `$dateTrunc requires 'binSize' to be greater than 0, but got ${size}`);
  const where = zone(args);
  if (where === null) return null;
  const local = zoned(asDate(args['date'], '$dateTrunc'), where);
  const inMonths = monthUnits[unit];
  if (inMonths) return unzoned(Date.UTC(2000, Math.floor(monthsSince(local) / (inMonths * size)) * inMonths * size, 1), where);
  const length = lengths[unit]! * size;
  const origin = unit === 'week' ? Date.UTC(2000, 0, 2 + weekStart(args['startOfWeek'])) - (weekStart(args['startOfWeek']) === 6 ? 604_800_000 : 0) : Date.UTC(2000, 0, 1);
  return unzoned(origin + Math.floor((local.getTime() - origin) / length) * length, where);
}

function shift(args: Record<string, Maybe>, sign: number): Maybe {
  if ([args['startDate'], args['unit'], args['amount']].some(isNullish)) return null;
  const unit = unitOf(args['unit'], '$dateAdd');
  const amount = needWhole(args['amount'], '$dateAdd') * sign;
  const date = asDate(args['startDate'], '$dateAdd');
  const inMonths = monthUnits[unit];
  const where = zone(args);
  if (where === null) return null;
  if (!inMonths && unit !== 'day' && unit !== 'week') return new Date(date.getTime() + lengths[unit]! * amount);
  const local = zoned(date, where);
  if (!inMonths) return unzoned(local.getTime() + lengths[unit]! * amount, where);
  const day = local.getUTCDate();
  const moved = new Date(local.getTime());
  moved.setUTCDate(1);
  moved.setUTCMonth(moved.getUTCMonth() + inMonths * amount);
  const last = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(day, last));
  return unzoned(moved.getTime(), where);
}

function difference(args: Record<string, Maybe>): Maybe {
  if ([args['startDate'], args['endDate'], args['unit']].some(isNullish)) return null;
  const unit = unitOf(args['unit'], '$dateDiff');
  const where = zone(args);
  if (where === null) return null;
  const [a, b] = [args['startDate'], args['endDate']].map((value) => zoned(asDate(value, '$dateDiff'), where)) as [Date, Date];
  const inMonths = monthUnits[unit];
  if (inMonths) return BigInt(Math.floor(monthsSince(b) / inMonths) - Math.floor(monthsSince(a) / inMonths));
  const origin = unit === 'week' ? Date.UTC(2000, 0, 2 + weekStart(args['startOfWeek'])) : Date.UTC(2000, 0, 1);
  const count = (date: Date): number => Math.floor((date.getTime() - origin) / lengths[unit]!);
  return BigInt(count(b) - count(a));
}

function toDate(value: Maybe): Maybe {
  if (isNullish(value)) return null;
  if (typeof value === 'string') return parse(value, 'UTC');
  if (typeof value === 'boolean' || (typeof value === 'number' && isInt32(value))) fail(241, `Unsupported conversion from ${typeName(value)} to date in $convert with no onError value`);
  return isNumeric(value) ? new Date(Math.trunc(asNumber(value))) : asDate(value, '$toDate');
}

function parse(text: string, where: string): Date {
  const iso = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(Z|[+-]\d\d:?\d\d)?$/.exec(text);
  const date = new Date(`${text.replace(' ', 'T')}${iso?.[1] || text.length <= 10 ? '' : 'Z'}`);
  if (!iso || Number.isNaN(date.getTime())) fail(241, `Error parsing date string '${text}'`);
  return iso[1] ? date : unzoned(date.getTime(), where);
}

/** Dates. */
export const dates = new Map<string, Form>([
  ...Object.entries(fields).map(([name, read]) => fieldForm(name, read)),
  withNamed('$dateToString', [['date'], ['format', 'timezone', 'onNull']], (args) => {
    if (isNullish(args['date'])) return args['onNull'] ?? null;
    const where = zone(args);
    if (where === null || ('format' in args && isNullish(args['format']))) return null;
    const pattern = 'format' in args ? needText(args['format'], "$dateToString's 'format'", 18533) : `%Y-%m-%dT%H:%M:%S.%L${where === 'UTC' ? 'Z' : ''}`;
    return format(asDate(args['date'], '$dateToString'), pattern, where);
  }),
  withNamed('$dateTrunc', [['date', 'unit'], ['binSize', 'timezone', 'startOfWeek']], truncate),
  withNamed('$dateAdd', [['startDate', 'unit', 'amount'], ['timezone']], (args) => shift(args, 1)),
  withNamed('$dateSubtract', [['startDate', 'unit', 'amount'], ['timezone']], (args) => shift(args, -1)),
  withNamed('$dateDiff', [['startDate', 'endDate', 'unit'], ['timezone', 'startOfWeek']], difference),
  ['$toDate', (operand, compile, compiling) => {
    const run = compile(Array.isArray(operand) && operand.length === 1 ? operand[0]! : operand, compiling);
    return (frame) => toDate(run(frame));
  }],
]);
