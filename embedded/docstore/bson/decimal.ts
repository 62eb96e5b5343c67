import { Raw, T } from './value';

/** A Decimal128 taken apart: (−1)^negative × digits × 10^exponent, or infinite, or not a number. */
export interface Decimal {
  negative: boolean;
  digits: bigint;
  exponent: number;
  kind: 'finite' | 'infinite' | 'nan';
}

const BIAS = 6176;
const MAX_DIGITS = 10n ** 34n;

/** Takes a Decimal128 value apart. */
export function readDecimal(raw: Raw): Decimal {
  const low = raw.bytes.readBigUInt64LE(0);
  const high = raw.bytes.readBigUInt64LE(8);
  const negative = high >> 63n === 1n;
  const top = Number((high >> 58n) & 0x1fn);
  if (top === 0x1f) return { negative: false, digits: 0n, exponent: 0, kind: 'nan' };
  if (top === 0x1e) return { negative, digits: 0n, exponent: 0, kind: 'infinite' };
  const wide = Number((high >> 61n) & 3n) === 3;
  const exponent = Number(((wide ? high >> 47n : high >> 49n)) & 0x3fffn) - BIAS;
  const digits = wide ? 0n : ((high & 0x1ffffffffffffn) << 64n) | low;
  return { negative, digits: digits < MAX_DIGITS ? digits : 0n, exponent, kind: 'finite' };
}

/** Rounds half to even so that the digits fit 34 places, and makes the value. */
export function makeDecimal(from: Decimal): Raw {
  const bytes = Buffer.alloc(16);
  const sign = from.negative ? 1n << 63n : 0n;
  if (from.kind !== 'finite') {
    bytes.writeBigUInt64LE(sign | (from.kind === 'nan' ? 0x1fn : 0x1en) << 58n, 8);
    return new Raw(T.decimal, bytes);
  }
  let { digits, exponent } = from;
  const extra = Math.max(digits.toString().length - 34, -6176 - exponent, 0);
  if (extra > 0) {
    const unit = 10n ** BigInt(extra);
    const rest = digits % unit;
    digits /= unit;
    if (rest * 2n > unit || (rest * 2n === unit && digits % 2n === 1n)) digits += 1n;
    exponent += extra;
    if (digits === MAX_DIGITS) {
      digits /= 10n;
      exponent += 1;
    }
  }
  while (exponent > 6111 && digits !== 0n && digits * 10n < MAX_DIGITS) {
    digits *= 10n;
    exponent -= 1;
  }
  if (exponent > 6111 && digits !== 0n) return makeDecimal({ negative: from.negative, digits: 0n, exponent: 0, kind: 'infinite' });
  const biased = BigInt(Math.min(exponent, 6111) + BIAS);
  bytes.writeBigUInt64LE(digits & 0xffffffffffffffffn, 0);
  bytes.writeBigUInt64LE(sign | (biased << 49n) | (digits >> 64n), 8);
  return new Raw(T.decimal, bytes);
}

/** The decimal nearest to a finite double, by its shortest text; a bigint exactly. */
export function toDecimal(value: number | bigint): Decimal {
  if (typeof value === 'bigint') return { negative: value < 0n, digits: value < 0n ? -value : value, exponent: 0, kind: 'finite' };
  if (Number.isNaN(value)) return { negative: false, digits: 0n, exponent: 0, kind: 'nan' };
  if (!Number.isFinite(value)) return { negative: value < 0, digits: 0n, exponent: 0, kind: 'infinite' };
  return parseDecimal(Number.isInteger(value) && Math.abs(value) < 1e21 ? String(value) : value.toPrecision(15))!;
}

/** Reads the text of a decimal number; undefined when it is none. */
export function parseDecimal(text: string): Decimal | undefined {
  const special = /^([+-]?)(inf(?:inity)?|nan)$/i.exec(text);
  if (special) return { negative: special[1] === '-', digits: 0n, exponent: 0, kind: /nan/i.test(special[2]!) ? 'nan' : 'infinite' };
  const parts = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(text);
  if (!parts || !(parts[2] || parts[3])) return undefined;
  const fraction = parts[3] ?? '';
  return { negative: parts[1] === '-', digits: BigInt(`${parts[2]}${fraction}`), exponent: Number(parts[4] ?? 0) - fraction.length, kind: 'finite' };
}

/** The text of a decimal, as the drivers print it. */
export function decimalText(value: Decimal): string {
  const sign = value.negative ? '-' : '';
  if (value.kind === 'nan') return 'NaN';
  if (value.kind === 'infinite') return `${sign}Infinity`;
  const digits = value.digits.toString();
  const scientific = value.exponent + digits.length - 1;
  if (value.exponent > 0 || scientific < -6) {
    return `${sign}${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ''}E${scientific < 0 ? '' : '+'}${scientific}`;
  }
  if (value.exponent === 0) return sign + digits;
  const padded = digits.padStart(1 - value.exponent, '0');
  return `${sign}${padded.slice(0, value.exponent)}.${padded.slice(value.exponent)}`;
}

/** The nearest double. */
export function decimalNumber(value: Decimal): number {
  return Number(decimalText(value));
}
