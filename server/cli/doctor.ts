import { access, constants, mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { existsSync } from 'node:fs';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { runningStores } from '../app';
import { ConfigError, loadConfig, type Config } from '../kernel';

interface Finding {
  what: string;
  ok: boolean;
  /** What was seen, or what to do. */
  says: string;
}

/** Checks this machine and installation; every fault comes with what to do. Exit code 1 when something is wrong. */
export async function doctor(): Promise<number> {
  const findings = await examine();
  for (const { what, ok, says } of findings) process.stdout.write(`${ok ? 'ok   ' : 'FAULT'}  ${what.padEnd(16)} ${says}\n`);
  return findings.every((finding) => finding.ok) ? 0 : 1;
}

async function examine(): Promise<Finding[]> {
  const config = readConfig();
  if ('what' in config) return [nodeVersion(), config];
  const running = await runningStores(config.dataDir);
  return [nodeVersion(), { what: 'configuration', ok: true, says: `roles ${config.roles.join(', ')}` }, await dataFolder(config), await redis(config), frontEnds(), ...(running ? [{ what: 'server', ok: true, says: 'is running on this data folder' }] : await ports(config))];
}

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  return { what: 'Node.js', ok, says: ok ? process.versions.node : `is ${process.versions.node}; install 20.19 or newer` };
}

function readConfig(): Config | Finding {
  try {
    return loadConfig(process.env);
  } catch (error) {
    return { what: 'configuration', ok: false, says: error instanceof ConfigError ? error.faults.join('; ') : String(error) };
  }
}

async function dataFolder({ dataDir }: Config): Promise<Finding> {
  try {
    await mkdir(dataDir, { recursive: true });
    await access(dataDir, constants.W_OK);
    return { what: 'data folder', ok: true, says: dataDir };
  } catch {
    return { what: 'data folder', ok: false, says: `${dataDir} cannot be written; change its owner or set DATA_DIR` };
  }
}

async function redis({ redisUrl }: Config): Promise<Finding> {
  if (redisUrl) return { what: 'Redis', ok: true, says: 'the one of REDIS_URL' };
  const found = existsSync(join(__dirname, '..', '..', '..', '.cache', 'redis')) || (await runs('redis-server'));
  return { what: 'Redis', ok: found, says: found ? 'a private redis-server can be started' : 'no redis-server found; run "node scripts/setup.mjs start" or set REDIS_URL' };
}

const runs = (program: string): Promise<boolean> => new Promise((resolve) => { execFile(program, ['--version'], (error) => resolve(error === null)); });

function frontEnds(): Finding {
  const missing = ['agent-console/index.html', 'widget/trunkline.js'].filter((file) => !existsSync(join(__dirname, '..', '..', file)));
  return { what: 'front ends', ok: missing.length === 0, says: missing.length === 0 ? 'built' : `${missing.join(', ')} not built; run "node scripts/setup.mjs start"` };
}

async function ports({ port, smtpPort }: Config): Promise<Finding[]> {
  return Promise.all([['PORT', port] as const, ['SMTP_PORT', smtpPort] as const].map(async ([name, number]) => {
    const free = await isFree(number);
    return { what: name, ok: free, says: free ? `${number} is free` : `${number} is taken; stop what uses it or set ${name}` };
  }));
}

const isFree = (port: number): Promise<boolean> => new Promise((resolve) => {
  const probe = createServer();
  probe.once('error', () => resolve(false));
  probe.listen(port, () => probe.close(() => resolve(true)));
});
