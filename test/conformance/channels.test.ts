import { findChannels } from '../../server/channels/registry';
import type { Inbound } from '../../server/channels/channel';
import { startHouse, type House } from './house';
import { samplesOf } from './samples';

let house: House;
beforeAll(async () => { house = await startHouse(); }, 60_000);
afterAll(async () => { await house.stop(); });

const channels = findChannels();

test('every folder below channels is a channel', () => {
  expect(channels.map((channel) => channel.manifest.id)).toEqual(expect.arrayContaining(['email', 'voice', 'webchat', 'webform']));
});

describe.each(channels.map((channel) => [channel.manifest.id, channel] as const))('channel %s', (id, channel) => {
  test('says of itself what the product acts on', () => {
    expect(channel.manifest.name).not.toBe('');
    expect(channel.manifest.weight).toBeGreaterThan(0);
    expect(channel.manifest.weight).toBeLessThanOrEqual(100);
    expect(() => channel.settings.parse({})).not.toThrow();
  });

  test('makes a message of what came in, once', async () => {
    const samples = samplesOf(id, house);
    if (!samples) return expect(channel.manifest.pace).toBe('live');
    const host = house.hostOf(channel);
    await channel.receive(host, samples.good);
    await channel.receive(host, samples.good);
    expect(host.taken).toHaveLength(2);
    const [first, second] = host.taken as [Inbound, Inbound];
    expect(first.sourceId).toBe(second.sourceId);
    expect(first.text).toContain(samples.says);
    expect(first.from.value).toBe(samples.from);
  });

  test('survives garbage: it is refused, nothing is made of it, the process lives', async () => {
    const samples = samplesOf(id, house);
    if (!samples) return expect(channel.manifest.pace).toBe('live');
    const host = house.hostOf(channel);
    for (const content of [Buffer.alloc(0), Buffer.from('\u0000\u0001garbage{{{'), Buffer.alloc(300_000, 0xff)]) {
      await channel.receive(host, { ...samples.good, content }).catch((error: unknown) => expect(error).toBeInstanceOf(Error));
    }
    expect(host.taken.every((inbound) => inbound.sourceId === samples.good.sourceId)).toBe(true);
  });

  test('sends or says in a result why not; it never throws', async () => {
    const host = house.hostOf(channel);
    const sent = await channel.send(host, house.outbound(id));
    if (sent.state === 'failed') expect(sent.reason).not.toBe('');
    else expect(['sent', 'delivered']).toContain(sent.state);
  });
});

