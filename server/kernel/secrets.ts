import { createHmac, timingSafeEqual } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId, newSecret } from './ids';

/** Keys made on the first start. */
export interface Secrets {
  /** Signs what leaves the house and comes back: mail tokens, widget sessions, attachment links. */
  signing: string;
}

// The file is there whole or not at all: who starts beside us must not read half of it, and a crash must not leave one nobody can read.
async function makeSecrets(file: string): Promise<void> {
  const own = `${file}.${newId()}`;
  await writeFile(own, JSON.stringify({ signing: newSecret() }), { mode: 0o600, flag: 'wx', flush: true });
  await link(own, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(own);
}

/** Reads the generated secrets, making them on first use; the file is readable by its owner only. */
export async function loadSecrets(dataDir: string): Promise<Secrets> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, 'secrets.json');
  if (!existsSync(file)) await makeSecrets(file);
  await chmod(file, 0o600);
  return JSON.parse(await readFile(file, 'utf8')) as Secrets;
}

/** Signature of a text for one purpose, 16 bytes in URL-safe letters. */
export const sign = (secrets: Secrets, purpose: string, text: string): string =>
  createHmac('sha256', secrets.signing).update(`${purpose}\n${text}`).digest().subarray(0, 16).toString('base64url');

/** Whether the signature belongs to the text; takes the same time either way. */
export function isSigned(secrets: Secrets, purpose: string, signed: { text: string; signature: string }): boolean {
  const right = Buffer.from(sign(secrets, purpose, signed.text));
  const given = Buffer.from(signed.signature);
  return right.length === given.length && timingSafeEqual(right, given);
}
