// What tests stand on: a Redis, a store and server processes of their own, gone without trace afterwards.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { mongo } from 'mongoose';
import { startNode } from '../support/node';
import { freePorts } from '../support/ports';
import { startTestRedis } from '../support/redis';
import { random, rounds } from '../support/soak';
import { startTestStore, withDatabase } from '../support/store';
import { tempFolder } from '../support/temp';

test('a Redis', async () => {
  const redis = await startTestRedis();
  const client = new Redis(redis.url);
  expect(await client.ping()).toBe('PONG');
  client.disconnect();
  await redis.stop();
  expect(existsSync(redis.dataDir)).toBe(false);
});

test('a store with a database of its own', async () => {
  const store = await startTestStore();
  const client = await mongo.MongoClient.connect(store.url);
  await client.db().collection('things').insertOne({ name: 'one' });
  expect(await client.db().collection('things').countDocuments({ name: 'one' })).toBe(1);
  expect(client.db().databaseName).toMatch(/^tl_test_/);
  await client.close();
  await store.stop();
  if (store.dataDir) expect(existsSync(store.dataDir)).toBe(false);
});

test('the name of a database goes into any form of address', () => {
  expect(withDatabase('mongodb://h', 'x')).toBe('mongodb://h/x');
  expect(withDatabase('mongodb://a:1,b:2/old?replicaSet=r', 'x')).toBe('mongodb://a:1,b:2/x?replicaSet=r');
  expect(withDatabase('mongodb://%2Ftmp%2Fs.sock/?directConnection=true', 'x')).toBe('mongodb://%2Ftmp%2Fs.sock/x?directConnection=true');
  expect(() => withDatabase('redis://h', 'x')).toThrow('not the URL');
});

test('free ports are different', async () => {
  const ports = await freePorts(20);
  expect(new Set(ports).size).toBe(20);
});

test('rounds and random numbers follow the environment', () => {
  expect(rounds(3, 20)).toBe(process.env['SOAK'] === '1' ? 20 : 3);
  const [a, b] = [random(7), random(7)];
  expect([a(), a(), a()]).toEqual([b(), b(), b()]);
  expect(random(8)()).not.toBe(random(7)());
});

describe('a server process', () => {
  const folder = tempFolder('node');
  const program = join(folder.path, 'main.js');
  afterAll(() => folder.remove());
  const server = (ready: string) => `
    const { createServer } = require('node:http');
    console.log('roles', process.env.ROLES, 'jest', process.env.JEST_WORKER_ID);
    process.on('SIGTERM', () => process.exit(0));
    let asked = 0;
    createServer((req, res) => { res.writeHead(${ready}); res.end(); }).listen(process.env.PORT, process.env.HOST);`;

  test('is ready when /health/ready says so, and stops well', async () => {
    writeFileSync(program, server("++asked < 3 || req.url !== '/health/ready' ? 503 : 200"));
    const node = await startNode({ program, dataDir: folder.path, roles: 'web' });
    expect((await fetch(node.baseUrl)).status).toBe(503);
    expect(node.output()).toContain('roles web jest undefined');
    await node.stop();
    await expect(fetch(node.baseUrl)).rejects.toThrow();
  });

  test('answers how it ended, and says what it printed when it never became ready', async () => {
    writeFileSync(program, server('200'));
    const node = await startNode({ program, dataDir: folder.path });
    expect(await node.kill('SIGKILL')).toBeNull();
    writeFileSync(program, "console.log('the port is taken'); process.exitCode = 1;");
    await expect(startNode({ program, dataDir: folder.path })).rejects.toThrow('ended before it was ready:\nthe port is taken');
    writeFileSync(program, server('503'));
    await expect(startNode({ program, dataDir: folder.path, waitMs: 1500 })).rejects.toThrow('was not ready after 1500 ms');
  });
});
