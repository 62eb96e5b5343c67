/** Starts the embedded document store as a child process. */
export { startDocstore } from './launcher';
export type { Docstore, DocstoreOptions } from './launcher';
