import { createHash, timingSafeEqual } from 'node:crypto';
import { newSecret } from '../kernel';

const shape = /^(?:tlk_)?[\w-]{43}([0-9a-f]{24})$/;

/** What opens something: a secret nobody can guess, followed by the company it belongs to. Only its hash is stored. */
export const newToken = (companyId: string): string => newSecret() + companyId;

/** The company a token belongs to, null when it is no token of ours. */
export const companyOfToken = (token: string): string | null => shape.exec(token)?.[1] ?? null;

/** What is stored of a token. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** Whether two texts are the same; takes the same time wherever they differ. */
export const sameText = (one: string, other: string): boolean =>
  timingSafeEqual(createHash('sha256').update(one).digest(), createHash('sha256').update(other).digest());
