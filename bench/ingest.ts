// `npm run bench -- ingest`: what a mail costs from SMTP to an agent who knows of it, on a real server with its own Redis and store.
import { bench, median, percentile, type Bench } from './harness';
import { difference, openHouse, perUnit, readTally, type House } from './house';
import { Arrivals } from './ingest/arrivals';
import { MailLine } from './ingest/mail-line';
import { measureReading } from './ingest/reading';

interface Stage { b: Bench; house: House; line: MailLine; arrivals: Arrivals }

const CONNECTIONS = 16;

/** Processor time of everything we started, and the store's work, while `work` sends mails and until all of them are done. */
async function costOf({ house, line, arrivals }: Stage, work: () => Promise<unknown>) {
  const [before, cpu, sent, begin] = [await readTally(house.db), house.cpuOf(), line.promised.length, performance.now()];
  await work();
  await arrivals.settled(line.promised.length);
  const [after, seconds] = [house.cpuOf(), (performance.now() - begin) / 1000];
  const mails = line.promised.length - sent;
  const tally = difference(before, await readTally(house.db));
  return { mails, perSecond: mails / seconds, ms: (house.cpu() - cpu.server - cpu.store - cpu.redis) / mails, parts: { server: (after.server - cpu.server) / mails, store: (after.store - cpu.store) / mails, redis: (after.redis - cpu.redis) / mails }, tally, ...perUnit(tally, mails) };
}

async function flooded(stage: Stage): Promise<void> {
  const { b, line } = stage;
  const rounds = b.quick ? 3 : 6;
  const costs: Awaited<ReturnType<typeof costOf>>[] = [];
  const taken: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    b.progress(`as fast as it goes: round ${round + 1} of ${rounds}`);
    costs.push(await costOf(stage, async () => { taken.push(await line.flood({ total: Infinity, forMs: b.quick ? 3000 : 10_000, atOnce: CONNECTIONS, kind: 'plain' })); }));
  }
  b.row({ metric: 'cpu_ms_per_mail', value: median(costs.map((each) => each.ms)), unit: 'ms', bar: '≤ 8' });
  for (const part of ['server', 'store', 'redis'] as const) b.row({ metric: `cpu_ms_per_mail_${part}`, value: median(costs.map((each) => each.parts[part])), unit: 'ms' });
  b.row({ metric: 'durable_writes_per_mail', value: median(costs.map((each) => each.writes)), unit: '', bar: '≤ 4' });
  b.row({ metric: 'reads_per_mail', value: median(costs.map((each) => each.reads)), unit: '', bar: '≤ 6' });
  // Taken means "250"; the promise is about mails an agent knows of, the last one included.
  b.row({ metric: 'mails_per_s', value: median(costs.map((each) => each.perSecond)), unit: '1/s', bar: '≥ 100' });
  b.row({ metric: 'mails_taken_per_s', value: median(taken), unit: '1/s' });
  process.stderr.write(`\nstore commands per mail, as fast as it goes:\n  ${costs.at(-1)?.lines.join('\n  ') ?? ''}\n`);
}

async function steadily(stage: Stage): Promise<void> {
  const { b, line } = stage;
  b.progress('20 mails a second');
  let times: number[] = [];
  const cost = await costOf(stage, async () => { times = await line.steady({ total: b.quick ? 120 : 1200, perSecond: 20, kind: 'plain' }); });
  b.row({ metric: 'smtp_250_p99_ms', value: percentile(times, 0.99), unit: 'ms', bar: '≤ 100' });
  b.row({ metric: 'cpu_ms_per_mail_at_20', value: cost.ms, unit: 'ms' });
  b.row({ metric: 'durable_writes_per_mail_at_20', value: cost.writes, unit: '' });
  b.row({ metric: 'reads_per_mail_at_20', value: cost.reads, unit: '' });
  b.row({ metric: 'flushes_per_mail_at_20', value: cost.tally.flushes / cost.mails, unit: '' });
  process.stderr.write(`\nstore commands per mail at 20 mails/s:\n  ${cost.lines.join('\n  ')}\n`);
}

async function otherKinds(stage: Stage): Promise<void> {
  for (const kind of ['quoting', 'html', 'attachment'] as const) {
    stage.b.progress(`${kind} mails`);
    const cost = await costOf(stage, () => stage.line.flood({ total: stage.b.quick ? 60 : 400, atOnce: CONNECTIONS, kind }));
    stage.b.row({ metric: `cpu_ms_per_mail_${kind}`, value: cost.ms, unit: 'ms' });
  }
}

/** Memory after the first quarter beside the last one, over so many mails in all. */
async function memoryGrowth({ b, house, line, arrivals }: Stage): Promise<void> {
  const total = b.quick ? 960 : 20_000;
  const seen: { ours: number; redis: number }[] = [];
  const steps = 16;
  for (let step = 0; step < steps; step += 1) {
    b.progress(`memory over ${total} mails: ${Math.round((step / steps) * 100)} %`);
    await line.flood({ total: total / steps, atOnce: CONNECTIONS, kind: 'plain' });
    await arrivals.settled(line.promised.length);
    seen.push(house.memory());
  }
  const growth = (of: 'ours' | 'redis'): number => median(seen.slice(12).map((each) => each[of])) - median(seen.slice(4, 8).map((each) => each[of]));
  b.row({ metric: 'rss_growth_mb', value: growth('ours'), unit: 'MiB', bar: '≤ 20' });
  b.row({ metric: 'redis_growth_mb', value: growth('redis'), unit: 'MiB' });
}

async function judged({ b, line, arrivals }: Stage): Promise<void> {
  const { lost, doubled, idle, untold } = await arrivals.judge(line.promised);
  b.row({ metric: 'lost', value: lost, unit: '', bar: '= 0' });
  b.row({ metric: 'doubled', value: doubled, unit: '', bar: '= 0' });
  for (const [count, what] of [[lost, 'mails lost'], [doubled, 'mails stored twice'], [idle, 'tickets wait for nobody'], [untold, 'tickets the agent was not told of']] as const) if (count > 0) b.fault(`${count} ${what} of ${line.promised.length}`);
}

void bench('ingest', async (b) => {
  await measureReading(b);
  b.progress('starting a server');
  const house = await openHouse(b);
  const arrivals = await Arrivals.watch(house);
  b.atEnd(() => arrivals.close());
  const line = new MailLine(house);
  b.atEnd(() => line.close());
  const stage: Stage = { b, house, line, arrivals };
  b.progress('warming up');
  await line.flood({ total: b.quick ? 200 : 1000, atOnce: CONNECTIONS, kind: 'plain' });
  await arrivals.settled(line.promised.length);
  await flooded(stage);
  await steadily(stage);
  await otherKinds(stage);
  await memoryGrowth(stage);
  await judged(stage);
});
