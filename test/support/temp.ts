// Folders of their own for tests that run beside each other.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TempFolder {
  path: string;
  remove(): void;
}

/** A new folder under the system's temporary folder, named after its purpose and the jest worker. */
export function tempFolder(purpose: string): TempFolder {
  const path = mkdtempSync(join(tmpdir(), `tl-${process.env['JEST_WORKER_ID'] ?? '0'}-${purpose}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
}
