import type { BrokenLoop } from '../../protocol';
import { problem, type Ctx } from '../kernel';

const hourMs = 3_600_000;
/** Automatic mails to one address, and to one domain, within an hour. */
const most = { address: 5, domain: 30 } as const;
const brokenForMs = 24 * hourMs;
const onceForSeconds = 30 * 86_400;

type Kind = BrokenLoop['kind'];
interface Broken { since: number; until: number; mails: number }

const base = (ctx: Ctx): string => `{t:${ctx.companyId}}:loop`;
const brokenKey = (ctx: Ctx): string => `${base(ctx)}:broken`;
const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

/**
 * Asks before anything automatic is sent: one mail per address, thread and occasion, five an hour per address, thirty per domain. Beyond that the
 * address or domain gets nothing automatic for a day, or until a supervisor allows it again. Saying yes counts.
 */
export async function mayAnswerByMachine(ctx: Ctx, { address, ticketId, occasion }: { address: string; ticketId: string; occasion: string }): Promise<boolean> {
  const to = address.toLowerCase();
  const places: [Kind, string][] = [['address', to], ['domain', domainOf(to)]];
  for (const [kind, value] of places) if (await isBroken(ctx, kind, value)) return false;
  if (!(await ctx.redis.set(`${base(ctx)}:once:${occasion}:${ticketId}:${to}`, '1', 'EX', onceForSeconds, 'NX'))) return false;
  for (const [kind, value] of places) {
    const mails = await countHour(ctx, `${base(ctx)}:${kind}:${value}`);
    if (mails <= most[kind]) continue;
    await breakLoop(ctx, { kind, value, mails });
    return false;
  }
  return true;
}

async function isBroken(ctx: Ctx, kind: Kind, value: string): Promise<boolean> {
  const text = await ctx.redis.hget(brokenKey(ctx), `${kind} ${value}`);
  return text !== null && (JSON.parse(text) as Broken).until > ctx.clock.now();
}

async function countHour(ctx: Ctx, key: string): Promise<number> {
  const now = ctx.clock.now();
  const answers = await ctx.redis.multi().zremrangebyscore(key, 0, now - hourMs).zadd(key, now, `${now} ${Math.random()}`).zcard(key).expire(key, 7200).exec();
  return Number(answers?.[2]?.[1] ?? 0);
}

async function breakLoop(ctx: Ctx, { kind, value, mails }: { kind: Kind; value: string; mails: number }): Promise<void> {
  const now = ctx.clock.now();
  const broken: Broken = { since: now, until: now + brokenForMs, mails };
  await ctx.redis.hset(brokenKey(ctx), `${kind} ${value}`, JSON.stringify(broken));
  ctx.log.warn({ kind, value, mails }, 'automatic mail is stopped: too many within an hour');
}

/** What is stopped now, latest first. */
export async function brokenLoops(ctx: Ctx): Promise<BrokenLoop[]> {
  const all = Object.entries(await ctx.redis.hgetall(brokenKey(ctx))).map(([name, text]) => ({ name, broken: JSON.parse(text) as Broken }));
  return all.filter(({ broken }) => broken.until > ctx.clock.now()).sort((a, b) => b.broken.since - a.broken.since).map(({ name, broken }) => {
    const [kind = 'address', value = ''] = name.split(' ');
    return { kind: kind as Kind, value, since: new Date(broken.since).toISOString(), until: new Date(broken.until).toISOString(), mails: broken.mails };
  });
}

/** Allows automatic mail again and begins to count anew. Throws not-found. */
export async function resetLoop(ctx: Ctx, { kind, value }: { kind: Kind; value: string }): Promise<void> {
  const removed = await ctx.redis.hdel(brokenKey(ctx), `${kind} ${value}`);
  if (removed === 0) throw problem('not-found');
  await ctx.redis.del(`${base(ctx)}:${kind}:${value}`);
}
