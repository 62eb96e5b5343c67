// The command itself, as a process: a day of a company's store played again, and what is left when it is ended early.
import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { SimulationResult } from '../../protocol';
import { acceptOffer, deskOf, endWork, interactionById } from '../../server/workforce';
import { ensureBuilt, projectFolder } from '../support/build';
import { until } from '../support/session';
import { tempFolder, type TempFolder } from '../support/temp';
import { agentOn, arrive, openFloor, queueOn, type Floor } from '../tickets/house';

let floor: Floor;
let folder: TempFolder;
const children: ChildProcess[] = [];
beforeAll(async () => {
  folder = tempFolder('cli');
  [floor] = await Promise.all([openFloor(), ensureBuilt()]);
}, 240_000);
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await floor.stop();
  folder.remove();
});

function trunkline(args: string[]) {
  const env = { ...process.env, TMPDIR: folder.path, DATA_DIR: join(folder.path, 'data'), REDIS_URL: floor.urls.redisUrl, MONGO_URL: floor.urls.mongoUrl };
  const child = spawn(process.execPath, [join(projectFolder(), 'bin', 'trunkline'), 'simulate', ...args], { env });
  children.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { text += chunk.toString(); });
  return { child, ended: new Promise<{ code: number | null; text: string }>((resolve) => { child.on('exit', (code) => resolve({ code, text })); }) };
}

/** Three requests for one agent, each worked on for two minutes; the last waits longest. */
async function workingDay(): Promise<{ queueId: string; name: string; agentId: string }> {
  const queue = await queueOn(floor);
  const agentId = await agentOn(floor, [queue._id]);
  for (let n = 0; n < 3; n += 1) await arrive(floor, queue._id, { channel: 'voice' });
  for (let n = 0; n < 3; n += 1) {
    const { offers } = await deskOf(floor.ctx, agentId);
    await acceptOffer(floor.ctx, agentId, offers[0]?.id ?? '');
    floor.pass(120_000);
    const work = await interactionById(floor.ctx.companyId, offers[0]?.workItemId ?? '');
    if (work) await endWork(floor.ctx, floor.boss, { interaction: work, end: { how: 'handled', disposition: null } });
  }
  return { queueId: queue._id, name: queue.name, agentId };
}

test('a day is played again with an agent more: nobody waits as long as they did; a day without arrivals is refused', async () => {
  const { queueId, name } = await workingDay();
  const [json, changes] = [join(folder.path, 'result.json'), join(folder.path, 'changes.json')];
  writeFileSync(changes, JSON.stringify({ queues: [{ queue: queueId, agents: 2 }] }));
  const [played, empty] = await Promise.all([trunkline(['--day', '2026-03-02', '--runs', '3', '--changes', changes, '--json', json]).ended, trunkline(['--day', '2026-03-01']).ended]);
  expect([played.text, played.code, empty.code, empty.text]).toEqual([expect.stringMatching(new RegExp(`${name} +before +3 `)), 0, 1, 'Nothing arrived on 2026-03-01\n']);
  const { before, after } = JSON.parse(readFileSync(json, 'utf8')) as SimulationResult;
  const [was, would] = [before, after].map((rows) => rows.find((row) => row.name === name));
  expect([was?.arrived, would?.arrived, would?.asaSeconds]).toEqual([3, 3, 0]);
  expect(was?.asaSeconds).toBeCloseTo(120, 0);
}, 120_000);

test('ended early, it takes its Redis and its folder along', async () => {
  const { child, ended } = trunkline(['--load', join(projectFolder(), 'docs', 'examples', 'load.json'), '--runs', '10000']);
  const sockets = () => readdirSync(folder.path, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('redis.sock'));
  await until('its Redis', async () => sockets().length > 0, 60_000);
  const redis = new Redis({ path: join(folder.path, sockets()[0] ?? ''), retryStrategy: () => null });
  redis.on('error', () => undefined);
  await redis.ping();
  const gone = new Promise((resolve) => { redis.once('end', resolve); });
  child.kill('SIGTERM');
  expect((await ended).code).toBe(143);
  await gone;
  expect(readdirSync(folder.path).filter((name) => name.startsWith('trunkline-'))).toEqual([]);
}, 120_000);
