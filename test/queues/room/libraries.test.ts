import { tendLibraries } from '../../../queues/room/libraries';
import { createWaitingRoom } from '../../../queues/room/room';
import { roomLibrary } from '../../../queues/room/script';
import { type PrivateRedis, startPrivateRedis } from './private-redis';

let server: PrivateRedis;
beforeAll(async () => { server = await startPrivateRedis(); });
afterAll(() => server.stop());

test('libraries of other releases stay as long as somebody uses them and an hour more; those in use and those of others always', async () => {
  const redis = server.client();
  const load = (name: string) => redis.function('LOAD', `#!lua name=${name}\nredis.register_function('${name}', function() return 1 end)`);
  const names = async () => ((await redis.function('LIST')) as string[][]).map((fields) => fields[1] ?? '').sort();
  const seen = async (name: string, secondsAgo: number) => redis.zadd('trunkline:libraries', Number((await redis.time())[0]) - secondsAgo, name);
  const room = createWaitingRoom({ redis, companyId: 'c' });
  await room.open(1);
  const own = roomLibrary();
  for (const name of ['trunkline_room_before', 'trunkline_room_beside', 'elsewhere']) await load(name);
  const all = ['elsewhere', own, 'trunkline_room_before', 'trunkline_room_beside'].sort();
  expect(await tendLibraries(redis)).toEqual([]);
  for (const name of [own, 'trunkline_room_before']) await seen(name, 3700);
  await seen('trunkline_room_beside', 3500);
  expect(await tendLibraries(redis)).toEqual(['trunkline_room_before']);
  expect(await names()).toEqual(all.filter((name) => name !== 'trunkline_room_before'));
  // Somebody who slept for longer than that.
  await redis.function('DELETE', own);
  expect((await room.tick(2)).ok).toBe(true);
  expect(await names()).toContain(own);
});
