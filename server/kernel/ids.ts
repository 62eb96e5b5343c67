import { randomBytes } from 'node:crypto';
import { Types } from 'mongoose';

/** A new id: 24 hexadecimal digits, roughly in order of time. */
export const newId = (): string => new Types.ObjectId().toHexString();

/** A secret nobody can guess, 32 bytes in URL-safe letters. */
export const newSecret = (): string => randomBytes(32).toString('base64url');
