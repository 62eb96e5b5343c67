import type { MailboxHealth } from '../../../protocol';
import type { Ctx } from '../../kernel';

/** What a reader says of its mailbox; times in epoch milliseconds. */
export interface ReaderHealth {
  state: MailboxHealth['state'];
  code: MailboxHealth['code'];
  detail: string;
  since: number;
  checkedAt: number | null;
  lastMailAt: number | null;
  lagSeconds: number | null;
}

const keyOf = (companyId: string): string => `{t:${companyId}}:mailbox-health`;

/** Notes how reading goes; a new state begins now. */
export async function noteHealth(ctx: Ctx, mailboxId: string, news: Partial<ReaderHealth> & Pick<ReaderHealth, 'state' | 'code' | 'detail'>): Promise<void> {
  const before = (await readHealth(ctx)).get(mailboxId);
  const now = ctx.clock.now();
  const health: ReaderHealth = { lastMailAt: null, lagSeconds: null, ...before, checkedAt: now, ...news, since: before?.state === news.state ? before.since : now };
  await ctx.redis.hset(keyOf(ctx.companyId), mailboxId, JSON.stringify(health));
}

/** How every mailbox that is fetched is doing, by id. */
export async function readHealth(ctx: Ctx): Promise<Map<string, ReaderHealth>> {
  const all = await ctx.redis.hgetall(keyOf(ctx.companyId));
  return new Map(Object.entries(all).map(([id, text]) => [id, JSON.parse(text) as ReaderHealth]));
}
