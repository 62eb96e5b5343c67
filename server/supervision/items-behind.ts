import type { BoardFigure } from '../../protocol';
import { companyById } from '../access';
import { Events, type Ctx, type DomainEvent } from '../kernel';
import { queuesOf } from '../workforce';
import { dayOf } from './day';
import { countsOf } from './roll-up';
import type { Counts } from './daily.model';

type Asked = { queueId?: string; figure: BoardFigure };
type Today = { event: DomainEvent['name']; counted: keyof Counts; aimed?: boolean };

const now: Partial<Record<BoardFigure, string[]>> = {
  waiting: ['waiting', 'offered'], oldestArrivedAt: ['waiting', 'offered'], expectedWait: ['waiting', 'offered'], inProgress: ['assigned'],
};
const today: Partial<Record<BoardFigure, Today>> = {
  arrivedToday: { event: 'work.arrived', counted: 'arrived' }, handledToday: { event: 'work.ended', counted: 'handled' },
  abandonedToday: { event: 'work.ended', counted: 'abandoned' }, withinTarget: { event: 'work.accepted', counted: 'accepted', aimed: true },
};
/** No day is longer, not even the one on which clocks are put back. */
const longestDayMs = 26 * 3_600_000;

/** The filter of interactions for what a figure of the board counted: for figures of today, by the very events that were counted. */
export async function itemsBehind(ctx: Ctx, { queueId, figure }: Asked): Promise<Record<string, unknown>> {
  const states = now[figure];
  if (states) return { state: { $in: states } };
  const counts = today[figure];
  return counts ? { _id: { $in: await countedToday(ctx, queueId, counts) } } : {};
}

async function countedToday(ctx: Ctx, queueId: string | undefined, { event, counted, aimed = false }: Today): Promise<string[]> {
  const { companyId } = ctx;
  const at = ctx.clock.now();
  const [company, queues, events] = await Promise.all([
    companyById(companyId), queuesOf(companyId),
    Events.find({ companyId, name: event, at: { $gte: new Date(at - longestDayMs) }, ...(queueId ? { 'data.queueId': queueId } : {}) }).lean<DomainEvent[]>(),
  ]);
  const zone = company?.timeZone ?? 'UTC';
  const day = dayOf(new Date(at), zone);
  const counts = (each: DomainEvent): boolean => {
    const queue = queues.find(({ _id }) => _id === each.data['queueId']);
    return dayOf(each.at, zone) === day && (countsOf(each, queue)?.[counted] ?? 0) > 0 && (!aimed || queue?.targets[String(each.data['channel'])] !== undefined);
  };
  return [...new Set(events.filter(counts).map(({ subject }) => subject))];
}
