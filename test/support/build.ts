// Tests that start real server processes run what is in dist/, so it must be as new as the sources.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder with package-lock.json, seen from the sources and from dist alike. */
export function projectFolder(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package-lock.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

/**
 * Compiles what changed since the last build; rejects with what could not be compiled. Folders given narrow what counts: a fault elsewhere
 * leaves the last good build of that file in place.
 */
export function ensureBuilt(folders: string[] = []): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [join(projectFolder(), 'scripts', 'build.mjs'), ...folders], (error, stdout, stderr) => {
      if (error) reject(new Error(`the server could not be built:\n${stdout}${stderr}`));
      else resolve();
    });
  });
}
