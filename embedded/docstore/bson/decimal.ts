import { Decimal128 } from 'bson';
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
  return parseDecimal(decimalText(raw))!;
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

/** The text of a Decimal128, as the drivers print it. */
export function decimalText(raw: Raw): string {
  return new Decimal128(raw.bytes).toString();
}

/** The nearest double. */
export function decimalNumber(value: Decimal): number {
  const { kind, negative, digits, exponent } = value;
  return kind === 'nan' ? NaN : Number(`${negative ? '-' : ''}${kind === 'infinite' ? 'Infinity' : `${digits}e${exponent}`}`);
}
