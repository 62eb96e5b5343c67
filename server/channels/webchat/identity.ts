import { createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto';
import { z } from 'zod';
import { problem } from '../../kernel';
import type { IdentityKey } from './settings';

type Key = Pick<IdentityKey, 'id' | 'algorithm' | 'key'>;

/** Who the host site says the visitor is. */
export interface Identity {
  /** The site's own id of the person. */
  subject: string;
  name: string;
  email: string;
}

const header = z.object({ alg: z.enum(['HS256', 'EdDSA']), kid: z.string().optional(), crit: z.never().optional() });
const claims = z.object({ sub: z.string().min(1).max(200), exp: z.number(), nbf: z.number().optional(), iat: z.number().optional(), name: z.string().max(200).default(''), email: z.string().max(254).default('') });
const leewaySeconds = 60;

/** Reads a signed identity (compact JWT). Throws identity-unsigned for anything but a right signature of an active key and a time within its bounds. */
export function readIdentity(jwt: string, keys: readonly Key[], now: number): Identity {
  const parts = jwt.split('.');
  const [head = '', body = '', signature = ''] = parts;
  const { alg, kid } = parsed(header, head);
  const bytes = Buffer.from(signature, 'base64url');
  const signed = Buffer.from(`${head}.${body}`);
  const fitting = keys.filter((key) => key.algorithm === alg && (kid === undefined || key.id === '' || key.id === kid));
  if (parts.length !== 3 || !fitting.some((key) => isRight(key, signed, bytes))) throw problem('identity-unsigned');
  const { sub, exp, nbf, iat, name, email } = parsed(claims, body);
  const seconds = now / 1000;
  if (exp < seconds || Math.max(nbf ?? 0, iat ?? 0) > seconds + leewaySeconds) throw problem('identity-unsigned');
  return { subject: sub, name, email };
}

function parsed<T>(shape: z.ZodType<T>, part: string): T {
  try {
    return shape.parse(JSON.parse(Buffer.from(part, 'base64url').toString('utf8')));
  } catch {
    throw problem('identity-unsigned');
  }
}

function isRight({ algorithm, key }: Key, signed: Buffer, signature: Buffer): boolean {
  if (algorithm === 'HS256') {
    const right = createHmac('sha256', key).update(signed).digest();
    return right.length === signature.length && timingSafeEqual(right, signature);
  }
  try {
    return verify(null, signed, createPublicKey(key), signature);
  } catch {
    return false;
  }
}
