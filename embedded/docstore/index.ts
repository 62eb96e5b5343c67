/** Starts the embedded document store as a child process. */
export { startDocstore } from './launcher';
export type { Docstore, DocstoreOptions } from './launcher';
/** Checks every index entry against every document. */
export { verifyStore } from './tools/verify';
export type { Verification } from './tools/verify';
/** Backup to one file, restore from it, and the way to a real MongoDB. */
export { backupStore, moveStore, restoreStore } from './tools/copy';
export type { Copied, CopyProgress } from './tools/copy';
