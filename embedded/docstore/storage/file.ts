import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { fail } from '../errors';

const MAGIC = 0xbeefc0de;
const META = 192;
const NO_PAGE = 2n ** 64n - 1n;

/** The two head pages of an LMDB file: whose roots lie where. The binding follows them blindly, and a wrong one ends the process. */
function roots(head: Buffer): bigint[] {
  return head.readUInt32LE(24) === MAGIC ? [head.readBigUInt64LE(88), head.readBigUInt64LE(136)].filter((page) => page !== NO_PAGE) : [];
}

/** Refuses a file that is none of this store's, or that has been cut short; one that is empty or not there yet is taken. */
export function checkFile(path: string): void {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  try {
    const { size } = fstatSync(file);
    if (size === 0) return;
    const head = Buffer.alloc(META);
    if (readSync(file, head, 0, META, 0) < META || head.readUInt32LE(24) !== MAGIC) fail(96, `${path} is not a file of this document store`);
    const page = head.readUInt32LE(48);
    const second = Buffer.alloc(META);
    readSync(file, second, 0, META, page);
    const newest = second.readBigUInt64LE(152) > head.readBigUInt64LE(152) ? second : head;
    if (size < 2 * page || roots(newest).some((root) => (root + 1n) * BigInt(page) > BigInt(size))) fail(96, `${path} has been cut short; put a backup back`);
  } finally {
    closeSync(file);
  }
}
