// A real IMAP server for the tests: DOVECOT_PATH, else dovecot on PATH, else Debian's, unpacked into .cache/dovecot. It is never installed: the package would
// start a service, and the tests only want a program that they start on loopback.
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { aptUnpack, hasApt, installCommand } from './apt.mjs';
import { cache, onPath } from './paths.mjs';
import { run, step } from './run.mjs';

const home = join(cache, 'dovecot');
const program = (folder) => join(folder, 'usr', 'sbin', 'dovecot');
const libraries = (folder) => ['usr/lib/dovecot', 'usr/lib/x86_64-linux-gnu', 'usr/lib/aarch64-linux-gnu'].map((path) => join(folder, path)).join(':');

// One library looks for its parts in a fixed place below /usr; unpacked, it looks below the folder it runs in, where the tests put a link.
async function freeFromPlace(folder) {
  const file = join(folder, 'usr', 'lib', 'dovecot', 'libdovecot.so.0.0.0');
  const bytes = await readFile(file);
  const fixed = Buffer.from('/usr/lib/dovecot/modules\0');
  const place = bytes.indexOf(fixed);
  if (place < 0) throw new Error('this dovecot is built in another way than expected');
  bytes.fill(0, place, place + fixed.length).write('modules', place);
  await writeFile(file, bytes);
}

async function unpack() {
  const fresh = `${home}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  await aptUnpack('dovecot-imapd', fresh, ['dovecot-core']);
  await freeFromPlace(fresh);
  const { code, output } = await run(program(fresh), ['--version'], { env: { LD_LIBRARY_PATH: libraries(fresh) } });
  if (code !== 0) throw new Error(`the dovecot that was fetched does not run here: ${output.trim().split('\n')[0]}`);
  await rm(home, { recursive: true, force: true });
  await rename(fresh, home);
}

/** Makes sure there is a dovecot for the tests; they never skip, so its absence is an error. */
export async function dovecot() {
  if (process.env.DOVECOT_PATH || existsSync(program(home)) || onPath('dovecot') || existsSync('/usr/sbin/dovecot')) return;
  const advice = `the mail tests need the IMAP server dovecot and none could be had; please type "${await installCommand('dovecot-imapd')}" and try again.`;
  if (!hasApt()) throw new Error(advice);
  await step('unpacking the IMAP server dovecot from Debian into .cache/dovecot, for the mail tests', unpack).catch((error) => { throw new Error(`${advice}\n(${error.message})`); });
}
