// A small tree of its own for showing that a rule really catches a breach.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tempFolder } from '../support/temp';
import { readTree } from './sources';
import type { Source } from './sources';

/** Writes the files (path → text) into a temporary folder, reads them as a tree and removes them. */
export function planted(files: Record<string, string>): Source[] {
  const folder = tempFolder('planted');
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder.path, path)), { recursive: true });
      writeFileSync(join(folder.path, path), text);
    }
    return readTree(folder.path);
  } finally {
    folder.remove();
  }
}

/** So many lines of harmless code. */
export const lines = (count: number): string => Array.from({ length: count }, (_, i) => `export const line${i} = ${i};`).join('\n');
