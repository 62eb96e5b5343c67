// A real browser for journeys: CHROMIUM_PATH, else what the set-up unpacked into .cache/chromium, else chromium on PATH. Never skipped.
import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { projectFolder } from './build';

export interface ChromiumProgram {
  executable: string;
  /** What this machine lacks: libraries, fonts. */
  env: Record<string, string>;
}

// Only what a machine without screen and rights needs. Nothing that loosens web security: a content policy must be tested as browsers apply it.
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function unpacked(): ChromiumProgram | null {
  try {
    return JSON.parse(readFileSync(join(projectFolder(), '.cache', 'chromium', 'launch.json'), 'utf8')) as ChromiumProgram;
  } catch {
    return null;
  }
}

/** Where the browser is and what it needs; throws one sentence when there is none. */
export function findChromium(): ChromiumProgram {
  const given = process.env['CHROMIUM_PATH'];
  if (given) return { executable: given, env: {} };
  const own = unpacked();
  if (own && isProgram(own.executable)) return own;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
  if (found) return { executable: found, env: {} };
  throw new Error('There is no Chromium for the browser tests: run "node scripts/setup.mjs test", which unpacks one, or set CHROMIUM_PATH.');
}

/** Starts the browser with a new empty profile; the caller closes it. `args` are further flags. */
export function launchChromium(args: string[] = []): Promise<Browser> {
  const { executable, env } = findChromium();
  const known = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return chromium.launch({ executablePath: executable, headless: true, args: [...FLAGS, ...args], env: { ...Object.fromEntries(known), ...env } });
}
