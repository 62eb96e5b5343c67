import { companyById } from '../access';
import { eventsAfter, isDuplicate, newId, type Ctx, type DomainEvent } from '../kernel';
import { queuesOf, type QueueDoc } from '../workforce';
import { counted, Daily, DailyProgress, type Counts, type DailyDoc } from './daily.model';
import { dayOf } from './day';

type Key = Pick<DailyDoc, 'day' | 'kind' | 'subjectId' | 'channel'>;
type Part = { key: Key; n: number; counts: Partial<Counts> };
type Group = { key: Key; parts: Part[] };

const batch = 500;
const shortAbandonSeconds = 5;

/** Counts new events into the daily rows, each exactly once: a row knows the last event it holds. Answers the queues and agents that changed. */
export async function rollUp(ctx: Ctx): Promise<string[]> {
  const { companyId } = ctx;
  const done = (await DailyProgress.findOne({ companyId }).lean<{ n: number }>())?.n ?? 0;
  const events = await eventsAfter(companyId, done, { limit: batch, now: ctx.clock.now() });
  const last = events.at(-1);
  if (!last) return [];
  const [company, queues] = await Promise.all([companyById(companyId), queuesOf(companyId)]);
  const parts = events.flatMap((event) => partsOf(event, { timeZone: company?.timeZone ?? 'UTC', queues }));
  await addAll(companyId, grouped(parts));
  await DailyProgress.updateOne({ companyId }, { $set: { n: last.n } }, { upsert: true });
  return [...new Set(parts.map((part) => part.key.subjectId))];
}

function partsOf(event: DomainEvent, { timeZone, queues }: { timeZone: string; queues: QueueDoc[] }): Part[] {
  const data = event.data as Record<string, string | number | null>;
  const counts = countsOf(event, queues.find((queue) => queue._id === data['queueId']));
  if (!counts) return [];
  const day = dayOf(event.at, timeZone);
  const channel = String(data['channel'] ?? '');
  const part = (kind: Key['kind'], subjectId: unknown): Part[] => (typeof subjectId === 'string' && subjectId !== '' ? [{ key: { day, kind, subjectId, channel }, n: event.n, counts }] : []);
  if (event.name === 'message.added') return [...part('queue', data['queueId']), ...part('agent', event.by.id)];
  return [...part('queue', data['queueId']), ...part('agent', data['agentId'])];
}

/** What an event adds to the counts of its queue and agent; null: nothing, and none of the rows is concerned. */
export function countsOf(event: DomainEvent, queue: QueueDoc | undefined): Partial<Counts> | null {
  const data = event.data as Record<string, string | number | null>;
  switch (event.name) {
    case 'work.arrived': return { arrived: 1 };
    case 'work.accepted': return { accepted: 1, waitSeconds: Number(data['waitSeconds']), inTarget: withinTarget(data, queue) ? 1 : 0 };
    case 'work.declined': return { declined: 1 };
    case 'work.expired': return { expired: 1 };
    case 'work.ended': return endCounts(data);
    case 'message.added': return data['kind'] === 'agent' && event.by.kind === 'account' ? { replies: 1 } : null;
    default: return null;
  }
}

function endCounts(data: Record<string, string | number | null>): Partial<Counts> {
  if (data['how'] === 'handled') return { handled: 1, handleSeconds: Number(data['handleSeconds']) };
  return data['how'] === 'abandoned' && Number(data['waitSeconds']) > shortAbandonSeconds ? { abandoned: 1 } : {};
}

function withinTarget(data: Record<string, string | number | null>, queue: QueueDoc | undefined): boolean {
  const target = queue?.targets[String(data['channel'])];
  return target !== undefined && Number(data['waitSeconds']) <= target.withinSeconds;
}

function grouped(parts: Part[]): Group[] {
  const groups = new Map<string, Group>();
  for (const part of parts) {
    const name = nameOf(part.key);
    const group = groups.get(name) ?? { key: part.key, parts: [] };
    group.parts.push(part);
    groups.set(name, group);
  }
  return [...groups.values()];
}

// Two schedulers may do this at once: a row is changed only if it still ends where it was read, else all are looked at again.
async function addAll(companyId: string, groups: readonly Group[]): Promise<void> {
  if (groups.length === 0) return;
  const rows = await Daily.find({ companyId, day: { $in: distinct(groups, 'day') }, subjectId: { $in: distinct(groups, 'subjectId') } }).select('day kind subjectId channel upTo').lean<DailyDoc[]>();
  const known = new Map(rows.map((row) => [nameOf(row), row.upTo]));
  const writes = groups.flatMap((group) => writeOf(companyId, group, known.get(nameOf(group.key))));
  if (writes.length === 0) return;
  const done = await Daily.collection.bulkWrite(writes, { ordered: false }).catch((error: unknown) => {
    if (isDuplicate(error)) return { matchedCount: 0, insertedCount: 0 };
    throw error;
  });
  if (done.matchedCount + done.insertedCount < writes.length) await addAll(companyId, groups);
}

function writeOf(companyId: string, { key, parts }: Group, upTo: number | undefined): Parameters<typeof Daily.collection.bulkWrite>[0][number][] {
  const fresh = parts.filter((part) => part.n > (upTo ?? 0));
  const last = fresh.at(-1);
  if (!last) return [];
  const sums: Record<string, number> = {};
  for (const part of fresh) for (const [name, value] of Object.entries(part.counts)) sums[name] = (sums[name] ?? 0) + value;
  if (upTo !== undefined) return [{ updateOne: { filter: { companyId, ...key, upTo }, update: { $inc: sums, $set: { upTo: last.n } } } }];
  const zeros = Object.fromEntries(counted.map((name) => [name, 0]));
  return [{ insertOne: { document: { _id: newId(), companyId, ...key, ...zeros, ...sums, upTo: last.n } as never } }];
}

const nameOf = ({ day, kind, subjectId, channel }: Key): string => JSON.stringify([day, kind, subjectId, channel]);
const distinct = (groups: readonly Group[], field: 'day' | 'subjectId'): string[] => [...new Set(groups.map(({ key }) => key[field]))];
