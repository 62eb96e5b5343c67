import type { z } from 'zod';
import type { serviceLevelEndpoints } from '../../protocol';
import { badInput, isDuplicate, newId, problem, type Ctx } from '../kernel';
import { countries } from './holidays';
import { HoursModel, hoursById, type HoursDoc } from './hours.model';
import { serviceLevelPorts } from './ports';

type Added = z.output<NonNullable<(typeof serviceLevelEndpoints.addHours)['body']>>;
type Changed = z.output<NonNullable<(typeof serviceLevelEndpoints.changeHours)['body']>>;

const workday = [{ from: '09:00', to: '17:00' }];

/** Adds business hours. Throws already-exists, bad-input for a country or region that is none. */
export async function addHours(ctx: Ctx, input: Added): Promise<HoursDoc> {
  await demandPlace(input.holidays);
  const timeZone = input.timeZone ?? (await serviceLevelPorts().timeZone(ctx));
  const doc: HoursDoc = { week: [workday, workday, workday, workday, workday, [], []], holidays: null, overrides: [], ...input, timeZone, _id: newId(), companyId: ctx.companyId, nameKey: keyOf(input.name) };
  await HoursModel.create(doc).catch(refuseDuplicate);
  return doc;
}

/** Changes business hours; due times that depend on them are computed anew. Throws unknown-hours, already-exists, bad-input for a country or region that is none. */
export async function changeHours(ctx: Ctx, id: string, input: Changed): Promise<{ before: HoursDoc; after: HoursDoc }> {
  const { companyId } = ctx;
  await demandPlace(input.holidays);
  const before = await hoursById(companyId, id);
  const set = { ...input, ...(input.name === undefined ? {} : { nameKey: keyOf(input.name) }) };
  const after = await HoursModel.findOneAndUpdate({ companyId, _id: id }, { $set: set }, { returnDocument: 'after' }).lean<HoursDoc>().catch(refuseDuplicate);
  if (!before || !after) throw problem('unknown-hours');
  await serviceLevelPorts().changed(ctx, (await serviceLevelPorts().queues(ctx)).filter((queue) => queue.hoursId === id).map((queue) => queue.id));
  return { before, after };
}

/** Removes business hours no queue keeps and no rule names. Throws unknown-hours, still-in-use, named-by-rule. */
export async function removeHours(ctx: Ctx, id: string): Promise<HoursDoc> {
  const doc = await hoursById(ctx.companyId, id);
  if (!doc) throw problem('unknown-hours');
  const queues = (await serviceLevelPorts().queues(ctx)).filter((queue) => queue.hoursId === id);
  if (queues.length > 0) throw problem('still-in-use', { queues: queues.map((queue) => queue.name).join(', ') });
  await serviceLevelPorts().demandUnnamed(ctx, id);
  await HoursModel.deleteOne({ companyId: ctx.companyId, _id: id });
  return doc;
}

/** Refuses a country or region whose holidays are not known. Throws bad-input. */
export async function demandPlace(place: Pick<NonNullable<HoursDoc['holidays']>, 'country' | 'region'> | null | undefined): Promise<void> {
  if (!place) return;
  const country = (await countries()).find((each) => each.code === place.country);
  if (!country) throw badInput({ 'holidays.country': 'is not a country whose holidays are known' });
  if (place.region !== '' && !country.regions.some((each) => each.code === place.region)) throw badInput({ 'holidays.region': 'is not a region of this country' });
}

const keyOf = (name: string): string => name.trim().toLowerCase();

function refuseDuplicate(error: unknown): never {
  if (isDuplicate(error)) throw problem('already-exists');
  throw error;
}
