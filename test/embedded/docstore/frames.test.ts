import { connect } from 'node:net';
import { readFileSync } from 'node:fs';
import { mongo } from 'mongoose';
import { running } from './support';

const ROUNDS = process.env['SOAK'] ? 50_000 : 10_000;

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function message(body: object, sequence?: object[]): Buffer {
  const parts = [Buffer.alloc(20), Buffer.from([0]), Buffer.from(mongo.BSON.serialize(body))];
  if (sequence) {
    const content = Buffer.concat([Buffer.from('documents\0'), ...sequence.map((one) => Buffer.from(mongo.BSON.serialize(one)))]);
    const size = Buffer.alloc(4);
    size.writeInt32LE(content.length + 4);
    parts.push(Buffer.from([1]), size, content);
  }
  const all = Buffer.concat(parts);
  all.writeInt32LE(all.length, 0);
  all.writeInt32LE(2013, 12);
  return all;
}

describe('frames', () => {
  it('of garbage close the connection or give an error; the process lives and stays small', async () => {
    const at = await running();
    const next = random(42);
    const good = [message({ ping: 1, $db: 'test' }), message({ insert: 'f', $db: 'test' }, [{ a: 1 }, { b: [1, 'x', null] }]), message({ find: 'f', filter: { a: { $gt: 1 } }, $db: 'test' }),
      message({ update: 'f', updates: [{ q: {}, u: { $set: { a: 1 } } }], $db: 'test' }), message({ aggregate: 'f', pipeline: [{ $group: { _id: '$a' } }], cursor: {}, $db: 'test' })];
    const pid = at.store.pid;
    const frame = (): Buffer => {
      const bytes = Buffer.from(good[Math.floor(next() * good.length)]!);
      const kind = Math.floor(next() * 5);
      if (kind === 0) return bytes.subarray(0, Math.floor(next() * bytes.length));
      if (kind === 1) bytes.writeInt32LE(Math.floor((next() - 0.2) * 2 ** 31), 0);
      else if (kind === 2) for (let i = 16; i < bytes.length; i++) bytes[i] = Math.floor(next() * 256);
      else for (let i = 0; i <= kind; i++) bytes[16 + Math.floor(next() * (bytes.length - 16))] = Math.floor(next() * 256);
      return bytes;
    };
    const perConnection = 50;
    for (let sent = 0; sent < ROUNDS; sent += perConnection) {
      await new Promise<void>((resolve) => {
        const socket = connect(at.store.socket);
        socket.on('error', () => resolve()).on('close', () => resolve()).resume();
        for (let i = 0; i < perConnection; i++) socket.write(frame());
        socket.end();
      });
    }
    expect(at.store.pid).toBe(pid);
    expect(await at.db.command({ ping: 1 })).toMatchObject({ ok: 1 });
    const anonymous = /RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    expect(Number(anonymous)).toBeLessThan(400_000);
    await at.stop();
  }, 120_000);
  it('in one piece, in pieces and many at once are all answered in order', async () => {
    const at = await running();
    const answers: number[] = [];
    await new Promise<void>((resolve) => {
      const socket = connect(at.store.socket);
      let rest = Buffer.alloc(0);
      socket.on('data', (data) => {
        rest = Buffer.concat([rest, data]);
        while (rest.length >= 4 && rest.length >= rest.readInt32LE(0)) {
          answers.push(rest.readInt32LE(8));
          rest = rest.subarray(rest.readInt32LE(0));
        }
        if (answers.length === 60) {
          socket.destroy();
          resolve();
        }
      });
      const all = Buffer.concat(Array.from({ length: 60 }, (_, i) => {
        const one = message(i % 3 === 0 ? { insert: 'o', $db: 'test', documents: [{ i }] } : { ping: 1, $db: 'test' });
        one.writeInt32LE(i, 4);
        return one;
      }));
      socket.write(all.subarray(0, 7));
      setTimeout(() => socket.write(all.subarray(7)), 20);
    });
    expect(answers).toEqual(Array.from({ length: 60 }, (_, i) => i));
    await at.stop();
  });
});
