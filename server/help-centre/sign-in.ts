import { randomBytes } from 'node:crypto';
import { customerAt, identifyCustomer } from '../customers';
import { isSigned, problem, sign, system, type Ctx } from '../kernel';

const linkMs = 15 * 60_000;
const stayMs = 7 * 86_400_000;

/** How long a sign-in lasts, in seconds. */
export const staySeconds = stayMs / 1000;

const pack = (ctx: Ctx, purpose: string, parts: string[]): string => {
  const text = parts.map((part) => Buffer.from(part).toString('base64url')).join('.');
  return `${text}.${sign(ctx.secrets, purpose, `${ctx.companyId}:${text}`)}`;
};

function unpack(ctx: Ctx, purpose: string, token: string | undefined): string[] | null {
  const parts = (token ?? '').split('.');
  const signature = parts.pop() ?? '';
  if (!isSigned(ctx.secrets, purpose, { text: `${ctx.companyId}:${parts.join('.')}`, signature })) return null;
  return parts.map((part) => Buffer.from(part, 'base64url').toString('utf8'));
}

/** The token of a mail link; null when nobody with this address ever wrote to the company, which the reader is not told. */
export async function linkFor(ctx: Ctx, email: string): Promise<string | null> {
  if (!(await customerAt(ctx, 'email', email))) return null;
  return pack(ctx, 'help-link', [email, String(ctx.clock.now() + linkMs), randomBytes(12).toString('hex')]);
}

/** Uses a link, once: proves the address and answers the cookie that stays. Throws link-expired. */
export async function signIn(ctx: Ctx, token: string): Promise<string> {
  const [email = '', until = '0', nonce = ''] = unpack(ctx, 'help-link', token) ?? [];
  if (Number(until) < ctx.clock.now()) throw problem('link-expired');
  if ((await ctx.redis.set(`{t:${ctx.companyId}}:help-link:${nonce}`, '1', 'PX', linkMs, 'NX')) === null) throw problem('link-expired');
  const customer = await identifyCustomer(ctx, system('help-centre'), { kind: 'email', value: email, verified: true });
  return pack(ctx, 'help-session', [customer._id, email, String(ctx.clock.now() + stayMs)]);
}

/** Who a cookie belongs to; null for none, a forged or an old one. */
export function customerOfCookie(ctx: Ctx, cookie: string | undefined): { id: string; email: string } | null {
  const [id, email, until] = unpack(ctx, 'help-session', cookie) ?? [];
  return id && email && Number(until) > ctx.clock.now() ? { id, email } : null;
}
