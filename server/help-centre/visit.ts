import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request, Response } from 'express';
import { companyById } from '../access';
import type { Ctx } from '../kernel';
import { audienceOf, type Reader } from '../knowledge';
import type { Brand, Frame } from './page';
import type { HelpPorts } from './ports';
import { customerOfCookie } from './sign-in';
import { speaker, tongueOf } from './words';

/** The style sheet, tokens first, and what its address carries so that it may be kept for a year. */
export const style = ['tokens.css', 'style.css'].map((file) => readFileSync(join(__dirname, file), 'utf8')).join('');
const styleVersion = createHash('sha1').update(style).digest('hex').slice(0, 10);

/** One request for a page: whose company, in which language, and what to answer with. */
export interface Visitor {
  ctx: Ctx;
  ports: HelpPorts;
  frame: Frame;
  /** Random name of this visit, for telling whether the answers helped. */
  session: string;
  /** Customer who proved their address; null for everybody else. */
  customer: { id: string; email: string } | null;
  /** Of which brand, and what they may read. */
  reader: Reader;
  cookies: Record<string, string | undefined>;
  request: Request;
  response: Response;
}

const sessionCookie = 'tl_visit';
/** Remembers which face was asked for by its address, where it has no host of its own. */
export const brandCookie = 'tl_brand';

/** The face a request is shown. */
export const brandOf = (ctx: Ctx, ports: HelpPorts, request: Request): Promise<Brand> => ports.brand(ctx, { host: request.hostname, key: parseCookie(request.headers.cookie ?? '')[brandCookie] });

/** Where the reader came in: the brand's own host, or the installation's address. */
export const originOf = (ctx: Ctx, brand: Brand, request: Request): string => (brand.ownHost ? `${request.protocol}://${request.headers.host ?? request.hostname}` : ctx.publicUrl);

export async function visitorOf(ctx: Ctx, ports: HelpPorts, { request, response }: { request: Request; response: Response }): Promise<Visitor> {
  const cookies = parseCookie(request.headers.cookie ?? '');
  const brand = await brandOf(ctx, ports, request);
  const tongue = tongueOf(typeof request.params['tongue'] === 'string' ? request.params['tongue'] : undefined, request.headers['accept-language'], brand.locale);
  const known = cookies[sessionCookie];
  const session = known && /^[\w-]{8,60}$/.test(known) ? known : createHash('sha256').update(`${String(ctx.clock.now())}${String(Math.random())}${request.ip ?? ''}`).digest('hex').slice(0, 32);
  const customer = customerOfCookie(ctx, cookies['tl_me']);
  const frame: Frame = { brand, tongue, t: speaker(tongue), origin: originOf(ctx, brand, request), styleVersion, signedIn: customer !== null, timeZone: (await companyById(ctx.companyId))?.timeZone ?? 'UTC' };
  const reader: Reader = { brandId: brand.id, audience: await audienceOf(ctx, customer?.email ?? null) };
  const visitor: Visitor = { ctx, ports, frame, session, customer, reader, cookies, request, response };
  if (known !== session) keep(visitor, { name: sessionCookie, value: session });
  return visitor;
}

/** Keeps something in the reader's browser, out of reach of scripts and of other sites; without `seconds` until it is closed. */
export function keep({ ctx, response }: Pick<Visitor, 'ctx' | 'response'>, { name, value, seconds }: { name: string; value: string; seconds?: number }): void {
  response.append('Set-Cookie', stringifySetCookie({ name, value, path: '/help', httpOnly: true, sameSite: 'lax', secure: ctx.publicUrl.startsWith('https:'), ...(seconds === undefined ? {} : { maxAge: seconds }) }));
}
