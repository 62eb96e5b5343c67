import { serviceLevelEndpoints as api, type Hours, type ServiceLevel } from '../../protocol';
import { audit } from '../access';
import { newId, problem, route, type Ctx, type Route } from '../kernel';
import { changesAt, isOpen } from './calendar';
import { calendarOf } from './calendar-of';
import { addHours, changeHours, removeHours, demandPlace } from './configure-hours';
import { countries, holidaysOf } from './holidays';
import { hoursOf, type HoursDoc } from './hours.model';
import { policiesOf, Policies, targetsOf } from './policy.model';
import { serviceLevelPorts } from './ports';

async function present(ctx: Ctx, doc: HoursDoc): Promise<Hours> {
  const now = ctx.clock.now();
  const [calendar, queues] = await Promise.all([calendarOf(doc, now), serviceLevelPorts().queues(ctx)]);
  const change = changesAt(calendar, now);
  const { _id, companyId: _company, nameKey: _key, ...settings } = doc;
  return { id: _id, ...settings, open: isOpen(calendar, now), changesAt: change === null ? null : new Date(change).toISOString(), queues: queues.filter((queue) => queue.hoursId === _id).map((queue) => queue.id) };
}

const subject = (doc: HoursDoc) => ({ kind: 'hours', id: doc._id, name: doc.name });

const hoursRoutes: Route[] = [
  route(api.hours, 'ticket.read', async (ctx) => ({ rows: await Promise.all((await hoursOf(ctx.companyId)).map((doc) => present(ctx, doc))) })),
  route(api.addHours, 'queue.manage', async (ctx, actor, { body }) => {
    const doc = await addHours(ctx, body);
    await audit(ctx, actor, { action: 'hours.added', subject: subject(doc), before: {}, after: body });
    return present(ctx, doc);
  }),
  route(api.changeHours, 'queue.manage', async (ctx, actor, { params, body }) => {
    const { before, after } = await changeHours(ctx, params.id, body);
    await audit(ctx, actor, { action: 'hours.changed', subject: subject(after), before: Object.fromEntries(Object.keys(body).map((key) => [key, before[key as keyof HoursDoc]])), after: body });
    return present(ctx, after);
  }),
  route(api.removeHours, 'queue.manage', async (ctx, actor, { params }) => {
    const doc = await removeHours(ctx, params.id);
    await audit(ctx, actor, { action: 'hours.removed', subject: subject(doc), before: { name: doc.name }, after: {} });
    return {};
  }),
  route(api.countries, 'queue.manage', async () => ({ rows: await countries() })),
  route(api.holidays, 'queue.manage', async (_ctx, _actor, { query }) => {
    await demandPlace(query);
    return { rows: (await holidaysOf(query.country, query.region, query.year)).map(({ day, name }) => ({ date: day, name })) };
  }),
];

const policyRoutes: Route[] = [
  route(api.serviceLevels, 'ticket.read', async (ctx) => ({ rows: (await policiesOf(ctx.companyId)).map(({ queueId, targets }) => ({ queueId, targets })) })),
  route(api.putServiceLevel, 'queue.manage', async (ctx, actor, { params, body }): Promise<ServiceLevel> => {
    const { companyId } = ctx;
    const { queueId } = params;
    const queue = (await serviceLevelPorts().queues(ctx)).find((each) => each.id === queueId);
    if (!queue) throw problem('unknown-queue');
    const before = await targetsOf(companyId, queueId);
    await Policies.updateOne({ companyId, queueId }, { $set: { targets: body.targets }, $setOnInsert: { _id: newId() } }, { upsert: true });
    await audit(ctx, actor, { action: 'service-level.changed', subject: { kind: 'queue', id: queueId, name: queue.name }, before: { targets: before }, after: body });
    await serviceLevelPorts().changed(ctx, [queueId]);
    return { queueId, targets: body.targets };
  }),
];

/** REST routes of business hours and service levels. */
export const serviceLevelRoutes: Route[] = [...hoursRoutes, ...policyRoutes];
