// `npm run bench -- chat`: a customer asks, an agent answers, on a real server, next to raw ws, raw Socket.IO, and Socket.IO that has every message on the disk before it passes it on.
import { setTimeout as pause } from 'node:timers/promises';
import { openAgents, openWidgets, seat } from './chat/desk-room';
import { drive, type Conversation } from './chat/drive';
import { openEcho, type EchoKind } from './chat/echo';
import { bench, interleaved, median, percentile, type Bench } from './harness';
import { difference, openHouse, perUnit, readTally, type House } from './house';

// 200 messages a second are 100 of customers and as many answers.
const PER_SECOND = 100;

interface Side { pairs: readonly Conversation[]; cpu(): number }
interface Stretch { p50: number; cpuMs: number }
interface Stage { b: Bench; house: House; ours: Side; acknowledgements: number[] }

async function stretch(stage: Stage, side: Side, seconds: number): Promise<Stretch> {
  const before = side.cpu();
  const talk = await drive(side.pairs, { perSecond: PER_SECOND, total: PER_SECOND * seconds });
  if (talk.failed[0]) stage.b.fault(`${talk.failed.length} round trips failed: ${talk.failed[0].message}`);
  if (side === stage.ours) stage.acknowledgements.push(...talk.acknowledgements);
  return { p50: median(talk.roundTrips), cpuMs: (side.cpu() - before) / talk.roundTrips.length };
}

const limits: readonly { kind: EchoKind; name: string }[] = [{ kind: 'disk', name: 'Socket.IO with fdatasync' }, { kind: 'io', name: 'raw Socket.IO' }, { kind: 'ws', name: 'raw ws' }];

async function besideLimits(stage: Stage): Promise<void> {
  const { b, ours } = stage;
  const seconds = b.quick ? 1.2 : 8;
  for (const { kind, name } of limits) {
    const echo = await openEcho(b, kind, ours.pairs.length);
    const seen: { ours: Stretch[]; limit: Stretch[] } = { ours: [], limit: [] };
    const note = async (of: 'ours' | 'limit', side: Side, round: number): Promise<number> => {
      const one = await stretch(stage, side, seconds);
      if (round >= 0) seen[of].push(one);
      return one.p50;
    };
    const verdict = await interleaved({ rounds: b.quick ? 3 : 5, ours: (round) => note('ours', ours, round), limit: (round) => note('limit', echo, round), progress: (text) => b.progress(`beside ${name}: ${text}`) });
    if (kind === 'disk') b.compare({ metric: 'rtt_p50_ratio', unit: 'ms', limit: name, bar: '≤ 4' }, verdict);
    else b.compare({ metric: `rtt_p50_ratio_${kind}`, unit: 'ms', limit: name }, verdict);
    const cpu = { ours: median(seen.ours.map((each) => each.cpuMs)), limit: median(seen.limit.map((each) => each.cpuMs)) };
    if (kind === 'io') b.row({ metric: 'cpu_ratio', value: cpu.ours, unit: 'ms', limit: name, limit_value: cpu.limit, ratio: median(seen.ours.map((each, round) => each.cpuMs / (seen.limit[round]?.cpuMs ?? NaN))), bar: '≤ 20' });
    echo.pairs.forEach((pair) => pair.close());
  }
}

/** What a round trip asks of the store, and what everything costs while nobody says anything. */
async function counted({ b, house, ours }: Stage): Promise<void> {
  b.progress('counting what the store is asked');
  const before = await readTally(house.db);
  const total = PER_SECOND * (b.quick ? 2 : 10);
  await drive(ours.pairs, { perSecond: PER_SECOND, total });
  await pause(1500);
  const { writes, reads, lines } = perUnit(difference(before, await readTally(house.db)), total);
  b.row({ metric: 'writes_per_round_trip', value: writes, unit: '' });
  b.row({ metric: 'reads_per_round_trip', value: reads, unit: '' });
  process.stderr.write(`\nstore commands per round trip:\n  ${lines.join('\n  ')}\n`);
  const [cpu, begin] = [house.cpu(), performance.now()];
  await pause(b.quick ? 2000 : 15_000);
  b.row({ metric: 'idle_cpu_ms_per_s', value: ((house.cpu() - cpu) * 1000) / (performance.now() - begin), unit: 'ms' });
}

async function manyWidgets(stage: Stage, first: number): Promise<Conversation[]> {
  const { b, house } = stage;
  const [widgets, staff] = b.quick ? [400, 20] : [2000, 100];
  const before = await house.heldByServer();
  const idle = await openWidgets(b, house, widgets);
  await pause(b.quick ? 1500 : 10_000);
  b.row({ metric: 'kb_per_idle_widget', value: (((await house.heldByServer()) - before) * 1024) / widgets, unit: 'kB', bar: '≤ 40' });
  const seated = await seat(b, idle, await openAgents(b, house, staff - first));
  await drive(seated, { perSecond: PER_SECOND, total: seated.length });
  b.progress(`200 messages a second among ${widgets} widgets and ${staff} agents`);
  const talk = await drive(seated, { perSecond: PER_SECOND, total: PER_SECOND * (b.quick ? 4 : 30) });
  if (talk.failed[0]) b.fault(`${talk.failed.length} round trips failed: ${talk.failed[0].message}`);
  b.row({ metric: 'rtt_p99_ms_2000', value: percentile(talk.roundTrips, 0.99), unit: 'ms', bar: '≤ 150' });
  return idle;
}

async function judged({ b, house }: Stage, doubledOnTheWay: number): Promise<void> {
  const { db, companyId } = house;
  const counts = { customer: new Map<string, number>(), agent: new Map<string, number>() };
  for await (const row of db.collection('messages').find({ companyId, kind: { $in: ['customer', 'agent'] } }).project({ kind: 1, text: 1 })) {
    const of = counts[row['kind'] as 'customer' | 'agent'];
    of.set(row['text'] as string, (of.get(row['text'] as string) ?? 0) + 1);
  }
  const questions = [...counts.customer.keys()].filter((text) => text.startsWith('message '));
  const lost = questions.filter((text) => !counts.agent.has(`re ${text}`)).length;
  const doubled = doubledOnTheWay + questions.filter((text) => (counts.customer.get(text) ?? 0) > 1 || (counts.agent.get(`re ${text}`) ?? 0) > 1).length;
  b.row({ metric: 'lost', value: lost, unit: '', bar: '= 0' });
  b.row({ metric: 'doubled', value: doubled, unit: '', bar: '= 0' });
  if (lost > 0) b.fault(`${lost} answers of ${questions.length} were lost`);
  if (doubled > 0) b.fault(`${doubled} messages of ${questions.length} came twice`);
}

void bench('chat', async (b) => {
  b.progress('starting a server');
  const house = await openHouse(b);
  const agents = await openAgents(b, house, b.quick ? 5 : 10);
  const customers = await seat(b, await openWidgets(b, house, agents.length * 3), agents);
  const stage: Stage = { b, house, ours: { pairs: customers, cpu: () => house.cpu() }, acknowledgements: [] };
  await besideLimits(stage);
  b.row({ metric: 'ack_p99_ms', value: percentile(stage.acknowledgements, 0.99), unit: 'ms', bar: '≤ 100' });
  await counted(stage);
  const more = await manyWidgets(stage, agents.length);
  const doubled = [...customers, ...more].reduce((sum, each) => sum + ('doubled' in each ? Number(each.doubled) : 0), 0);
  await judged(stage, doubled);
});
