import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Channel } from './channel';

/** Every channel there is: one folder each, found, not listed. A folder's index exports `channel`. */
export function findChannels(): Channel[] {
  const folders = readdirSync(__dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory() && ['index.js', 'index.ts'].some((file) => existsSync(join(__dirname, entry.name, file))));
  return folders.map((folder) => (require(join(__dirname, folder.name)) as { channel: Channel }).channel).sort((a, b) => a.manifest.id.localeCompare(b.manifest.id));
}
