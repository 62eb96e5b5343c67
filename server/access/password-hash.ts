import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { newSecret } from '../kernel';

type Argon2 = typeof import('@node-rs/argon2');
const argon2Cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
// argon2id is the library's default algorithm.
const argon2Prefix = `$argon2id$v=19$m=${argon2Cost.memoryCost},t=${argon2Cost.timeCost},p=${argon2Cost.parallelism}$`;
const scryptCost = { exponent: 15, blockSize: 8, parallel: 1 };

/** Hashes passwords; a hash says which kind it is, so that kinds can change. */
export interface Hasher {
  hash(password: string): Promise<string>;
  /** Takes as long for no hash as for a wrong password. */
  verify(hash: string | null, password: string): Promise<boolean>;
  /** Whether the hash is weaker than what would be made today. */
  isWeak(hash: string): Promise<boolean>;
}

/** argon2id where its package loads, else scrypt. */
export function createHasher(load: () => Promise<Argon2> = () => import('@node-rs/argon2')): Hasher {
  let loading: Promise<Argon2 | null> | undefined;
  let decoy: Promise<string> | undefined;
  const argon2 = (): Promise<Argon2 | null> => (loading ??= load().catch(() => null));
  const hash = async (password: string): Promise<string> => {
    const library = await argon2();
    return library ? library.hash(normal(password), argon2Cost) : hashByScrypt(normal(password));
  };
  const check = async (stored: string, password: string): Promise<boolean> => {
    if (stored.startsWith('scrypt$')) return verifyByScrypt(stored, password);
    const library = await argon2();
    return library ? library.verify(stored, password) : false;
  };
  return {
    hash,
    async verify(stored, password) {
      if (stored !== null) return check(stored, normal(password));
      await check(await (decoy ??= hash(newSecret())), normal(password));
      return false;
    },
    async isWeak(stored) {
      const library = await argon2();
      return library !== null && !stored.startsWith(argon2Prefix);
    },
  };
}

/** The hasher of this process. */
export const passwords: Hasher = createHasher();

// Different keyboards write the same letter in different ways.
const normal = (password: string): string => password.normalize('NFKC');

async function hashByScrypt(password: string): Promise<string> {
  const salt = randomBytes(16);
  const { exponent, blockSize, parallel } = scryptCost;
  const key = await derive(password, salt, scryptCost);
  return ['scrypt', exponent, blockSize, parallel, salt.toString('base64url'), key.toString('base64url')].join('$');
}

async function verifyByScrypt(stored: string, password: string): Promise<boolean> {
  const [, exponent = '', blockSize = '', parallel = '', salt = '', key = ''] = stored.split('$');
  const right = Buffer.from(key, 'base64url');
  const given = await derive(password, Buffer.from(salt, 'base64url'), { exponent: Number(exponent), blockSize: Number(blockSize), parallel: Number(parallel) });
  return right.length === given.length && timingSafeEqual(right, given);
}

const derive = (password: string, salt: Buffer, cost: typeof scryptCost): Promise<Buffer> => new Promise((resolve, reject) => {
  const options = { N: 2 ** cost.exponent, r: cost.blockSize, p: cost.parallel, maxmem: 2 ** 28 };
  scrypt(password, salt, 32, options, (error, key) => (error ? reject(error) : resolve(key)));
});
