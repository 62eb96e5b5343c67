// What stands in the way of a start is said in one sentence, with exit code 1 and no stack trace; an empty company begins with one link.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, projectFolder } from '../support/build';
import { startNode } from '../support/node';
import { freePorts } from '../support/ports';
import { Desktop, hangUpAll, Session } from '../support/session';
import { tempFolder } from '../support/temp';

const folder = tempFolder('start');
beforeAll(() => ensureBuilt(), 60_000);
afterAll(() => folder.remove());

interface End { code: number | null; said: string }

/** Runs `trunkline start` until it ends by itself. */
async function start(env: Record<string, string>): Promise<End> {
  const [port, smtpPort] = await freePorts(2);
  const child = spawn(process.execPath, [join(projectFolder(), 'bin', 'trunkline'), 'start'], { env: { ...process.env, HOST: '127.0.0.1', PORT: String(port), SMTP_PORT: String(smtpPort), DATA_DIR: join(folder.path, `data-${port}`), ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => { said += chunk.toString(); });
  return new Promise((resolve) => void child.on('exit', (code) => resolve({ code, said })));
}

/** Holds a port until the work is over. */
async function holding<T>(work: (port: number) => Promise<T>): Promise<T> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return work((server.address() as AddressInfo).port).finally(() => server.close());
}

const faults: [string, () => Promise<End>, RegExp][] = [
  ['a taken port', () => holding((port) => start({ PORT: String(port) })), /Port \d+ is taken: stop what uses it or set PORT/],
  ['a taken mail port', () => holding((port) => start({ SMTP_PORT: String(port) })), /Port \d+ for mail is taken: .*SMTP_PORT/],
  ['a data folder that is a file', () => { writeFileSync(join(folder.path, 'file'), ''); return start({ DATA_DIR: join(folder.path, 'file') }); }, /data folder .*file cannot be (written|used|opened|made)/i],
  ['a Redis that is not there', async () => start({ REDIS_URL: `redis://127.0.0.1:${(await freePorts(1))[0]}` }), /Redis .* cannot be reached/],
  ['a MongoDB that is not there', async () => start({ MONGO_URL: `mongodb://127.0.0.1:${(await freePorts(1))[0]}/x` }), /(MongoDB|document store) .*cannot be reached/],
  ['variables that make no sense', () => start({ PORT: 'many', ROLES: 'web,kitchen' }), /PORT: [^\n]+\n\s+ROLES/],
];

it.each(faults)('%s', async (_what, run, sentence) => {
  const { code, said } = await run();
  expect(said).toMatch(sentence);
  expect(said).toMatch(/^Trunkline cannot start: /m);
  expect(said).not.toMatch(/^\s+at /m);
  expect(code).toBe(1);
}, 60_000);

it('an empty company prints one link, which makes the administrator and then is used up; they can take work at once', async () => {
  const node = await startNode({ dataDir: join(folder.path, 'empty'), env: { TRUNKLINE_DEMO: '0' } });
  try {
    const token = /\/link\/?[#?]?(?:token=)?([\w-]{20,})/.exec(node.output())?.[1] ?? /([\w-]{30,})\s*$/m.exec(node.output())?.[1] ?? '';
    const use = (): Promise<Response> => fetch(`${node.baseUrl}/api/v1/links/use`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token, password: 'correct horse battery', name: 'First', email: 'first@example.com' }) });
    const first = await use();
    expect([first.status, (await first.text()).slice(0, 300)]).toEqual([200, expect.stringContaining('first@example.com')]);
    expect((await use()).status).toBeGreaterThanOrEqual(400);
    const desktop = await Desktop.open(await Session.logIn(node.baseUrl, 'first@example.com', 'correct horse battery'));
    await desktop.become('available');
    expect(desktop.desk?.state).toBe('available');
    hangUpAll();
  } finally {
    await node.stop();
  }
}, 60_000);
