import type { Allowance, Ctx } from '../kernel';
import { hashOf } from './tokens';

// A network address is shared by a whole office, an account is not.
const allowances = {
  'log-in-from': { points: 300, seconds: 300 },
  'log-in-account': { points: 10, seconds: 900 },
  'reset-from': { points: 30, seconds: 900 },
  'reset-account': { points: 5, seconds: 3600 },
  'link-from': { points: 60, seconds: 300 },
} as const satisfies Record<string, Allowance>;

export type Throttled = keyof typeof allowances;

/** Counts one attempt; throws too-many-requests when there were too many. */
export const throttle = (ctx: Ctx, kind: Throttled, value: string): Promise<void> => ctx.limits.take(kind, keyOf(ctx, kind, value), allowances[kind]);

/** Forgets the attempts after a success. */
export const forgive = (ctx: Ctx, kind: Throttled, value: string): Promise<void> => ctx.limits.forget(kind, keyOf(ctx, kind, value), allowances[kind]);

// Neither addresses nor mail addresses stand in Redis in the clear.
const keyOf = (ctx: Ctx, kind: Throttled, value: string): string => `{t:${ctx.companyId}}:${hashOf(kind.endsWith('-from') ? networkOf(value) : value).slice(0, 22)}`;

/** What one subscriber of a network holds: an IPv4 address, or the first 64 bits of an IPv6 address. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address;
  const [head = '', tail] = address.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = tail === undefined ? front : [...front, ...Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0'), ...back];
  return groups.slice(0, 4).map((group) => group.toLowerCase().replace(/^0+(?=.)/, '')).join(':');
}
