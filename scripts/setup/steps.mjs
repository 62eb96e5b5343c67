// The set-up, step by step. Each step looks first and does nothing when nothing is missing, so that all together take under half a second then.
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { chromium } from './chromium.mjs';
import { dovecot } from './dovecot.mjs';
import { withLock } from './lock.mjs';
import { packages } from './packages.mjs';
import { cache, root } from './paths.mjs';
import { redis } from './redis.mjs';
import { say } from './run.mjs';

function mustBeWritable() {
  try {
    accessSync(root, constants.W_OK);
  } catch {
    throw new Error(`everything is installed into the folder ${root}, and this user may not write there.`);
  }
}

/** Sets this machine up for `npm start` (mode start) or `npm test` (mode test). Throws an Error whose message is one clear sentence. */
export async function setUp(mode) {
  if (mode !== 'start' && mode !== 'test') throw new Error(`setup knows the modes start and test, not "${mode}".`);
  say('checking that packages, Redis and the built programs are in place; what is missing is installed into this folder, so that one command is enough.');
  mustBeWritable();
  await withLock(join(cache, 'setup.lock'), async () => {
    await packages(mode);
    await redis();
    if (mode === 'test') {
      await chromium();
      await dovecot();
    }
    await build();
  }, () => say('another set-up is running in this folder, waiting for it …'));
}
