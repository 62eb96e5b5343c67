// Routing on real processes, a real store and a real Redis, all but the store killed with SIGKILL at random moments.
import { setTimeout as wait } from 'node:timers/promises';
import { mongo } from 'mongoose';
import { ensureBuilt } from '../support/build';
import { doubled } from '../support/chaos/doubled';
import { createWaitingRoom } from '../../queues/room/room';
import { checkRoom } from '../support/chaos/room-check';
import { Storm } from '../support/chaos/storm';
import { dice } from '../support/dice';
import { until } from '../support/session';
import { lasting, rounds, seed } from '../support/soak';

const OPERATIONS = rounds(20_000, 200_000);
// Operations are the end. A machine so busy with other things that it needs three times its time ends the sample early, and says so.
const LIMIT_MS = Math.min(lasting(), rounds(270_000, Infinity));
const d = dice(seed());
let storm: Storm;
let client: mongo.MongoClient | undefined;
interface Row { _id: string; companyId: string; state: string; agentId: string | null; arrivedAt: Date; endedAt: Date | null }
const interactions = () => (client as mongo.MongoClient).db().collection<Row>('interactions');

beforeAll(async () => {
  await ensureBuilt();
  storm = await Storm.start(4, d);
  client = await mongo.MongoClient.connect(storm.store.url);
}, 240_000);
afterAll(async () => {
  await client?.close();
  await storm.stop();
}, 60_000);

/** Looks into the room again and again; answers every fault ever seen and how often it looked. */
function watch(companyId: string): { stop(): Promise<{ looks: number; faults: string[] }> } {
  const redis = storm.redis.client();
  const seen = { looks: 0, faults: [] as string[] };
  let on = true;
  const run = (async () => {
    while (on) {
      const found = await Promise.race([checkRoom(redis, companyId).catch(() => null), wait(2000).then(() => null)]);
      if (found) {
        seen.looks += 1;
        seen.faults.push(...found.faults);
        const stored = await interactions().find({ _id: { $in: [...found.arrivals.keys()] } }).project<Row>({ arrivedAt: 1 }).toArray();
        for (const row of stored) if (row.arrivedAt.getTime() !== found.arrivals.get(row._id)) seen.faults.push(`${row._id} has lost its arrival`);
      }
      await wait(100 + d.int(100));
    }
  })();
  return { stop: async () => { on = false; await run; return seen; } };
}

test(`${OPERATIONS} operations on 4 processes and 32 loops, which die: nothing lost, doubled, over capacity, stranded or out of turn`, async () => {
  const companyId = (await interactions().db.collection('companies').findOne())?._id as unknown as string;
  const watching = watch(companyId);
  const begun = Date.now();
  storm.say('storm');
  while (storm.operations < OPERATIONS && (await storm.play(storm.operations + 300 + d.int(1600), begun + LIMIT_MS))) await storm.strike();
  const stormSeconds = Math.round((Date.now() - begun) / 1000);
  storm.say('finish');
  const empty = await until('everything that arrived to end', async () => (await interactions().countDocuments({ companyId, endedAt: null })) === 0, 90_000).catch((error: unknown) => String(error));
  const { looks, faults } = await watching.stop();
  const told = storm.told();
  const arrived = told.flatMap((row) => (row.kind === 'arrived' ? [row.item] : []));
  const ended = new Set((await interactions().find({ companyId, endedAt: { $ne: null } }).project<Row>({ _id: 1 }).toArray()).map((row) => row._id));
  const report = { seed: seed(), operations: storm.operations, stormSeconds, seconds: Math.round((Date.now() - begun) / 1000), kills: storm.kills, looks, arrived: arrived.length, owned: told.filter((row) => row.kind === 'own').length };
  process.stdout.write(`chaos${storm.operations < OPERATIONS ? `, ended early (${OPERATIONS} wanted)` : ''}: ${JSON.stringify(report)}\n`);
  const codes = Object.fromEntries([...new Set(told.map((row) => (row.kind === 'refused' ? row.code : row.kind)))].map((name) => [name, told.filter((row) => row.kind === name || (row.kind === 'refused' && row.code === name)).length]));
  process.stdout.write(`chaos, what people were told: ${JSON.stringify(codes)}\n`);
  const rows = await interactions().find({ companyId, endedAt: null }).limit(3).toArray();
  const room = createWaitingRoom({ redis: storm.redis.client(), companyId });
  const live = await Promise.all(rows.map(async (row) => ({ row, room: await room.item(row._id) })));
  expect({ seed: seed(), faults: told.flatMap((row) => (row.kind === 'fault' ? [row.text] : [])).slice(0, 5) }).toEqual({ seed: seed(), faults: [] });
  expect({ seed: seed(), room: [...new Set(faults)].slice(0, 10) }).toEqual({ seed: seed(), room: [] });
  expect({ seed: seed(), doubled: doubled(told) }).toEqual({ seed: seed(), doubled: [] });
  expect({ seed: seed(), lost: arrived.filter((id) => !ended.has(id)), empty, live }).toEqual({ seed: seed(), lost: [], empty: true, live: [] });
  expect(storm.operations).toBeGreaterThanOrEqual(LIMIT_MS < Infinity ? 1000 : OPERATIONS);
  expect(looks).toBeGreaterThan(storm.kills.redis);
}, rounds(480_000, 3_600_000));
