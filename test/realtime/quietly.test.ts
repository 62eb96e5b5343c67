// Socket.IO's adapter waits for none of its commands: one that Redis never answers must not end the process.
import { connect } from '../../queues';
import { createLogger } from '../../server/kernel';
import { quietly } from '../../server/realtime/quietly';
import { startTestRedis, type TestRedis } from '../support/redis';

let redis: TestRedis;
beforeAll(async () => { redis = await startTestRedis(); });
afterAll(() => redis.stop());

test('a connection closed under its commands rejects them, and quietly none of the adapter\'s', async () => {
  const [plain, quiet] = [connect(redis.url), quietly(connect(redis.url), createLogger('silent'))];
  const told = [plain, quiet].map((each) => each.publish('channel', 'text'));
  const outcomes = Promise.allSettled([...told, quiet.subscribe('channel'), quiet.punsubscribe('channel*')]);
  for (const each of [plain, quiet]) each.disconnect();
  expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
});
