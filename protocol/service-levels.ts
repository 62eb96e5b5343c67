import { z } from 'zod';
import { endpoint } from './endpoint';
import { flag, id, line, moment, nothing, partialOf } from './fields';
import { priority } from './tickets';

const clock = /^([01]\d|2[0-3]):[0-5]\d$/;
const span = z.strictObject({ from: z.string().regex(clock, 'must be HH:MM').describe('Opens, wall time HH:MM'), to: z.union([z.string().regex(clock), z.literal('24:00')]).describe('Closes, wall time HH:MM or 24:00') })
  .refine(({ from, to }) => from < to, 'must close after it opens');
const spans = z.array(span).max(6).refine((all) => all.every((each, at) => at === 0 || (all[at - 1]?.to ?? '') <= each.from), 'must be in order and not overlap').describe('Open times of one day, in order; none: closed');

/** A time zone by its IANA name. */
const timeZone = z.string().max(60).refine((name) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null;
  } catch {
    return false;
  }
}, 'must be a time zone such as Europe/Lisbon').describe('Time zone by IANA name');

/** What an administrator sets of business hours. */
export const hoursSettings = {
  name: line(60, 'Name'),
  timeZone,
  week: z.array(spans).length(7).describe('Open times by weekday, Monday first'),
  holidays: z.strictObject({
    country: z.string().regex(/^[A-Z]{2}$/).describe('Country code, ISO 3166'), region: z.string().max(20).describe('Region code of that country, empty: none'), open: z.array(z.iso.date()).max(100).describe('Public holidays on which it is open all the same'),
  }).nullable().describe('Closed on the public holidays of a country; null: on none'),
  overrides: z.array(z.strictObject({ date: z.iso.date().describe('Day'), name: line(60, 'Why, for people'), spans })).max(400).describe('Days with other open times than the week says; stronger than holidays'),
};
/** When somebody answers. */
export const hours = z.object({ id: id('Hours'), ...hoursSettings, open: flag('Open now'), changesAt: moment('When it opens or closes next').nullable(), queues: z.array(id('Queue')).describe('Queues that keep these hours') });
/** When somebody answers. */
export type Hours = z.output<typeof hours>;

const minutes = z.int().min(1).max(525_600).nullable().describe('Minutes of the queue\'s hours; null: no target');
const targetSet = z.strictObject({ firstResponse: minutes, nextResponse: minutes, resolution: minutes });
/** Targets of a queue by priority. */
export const serviceLevel = z.object({ queueId: id('Queue'), targets: z.record(priority, targetSet).describe('Targets in minutes by priority') });
/** Targets of a queue by priority. */
export type ServiceLevel = z.output<typeof serviceLevel>;
/** Minutes to the first answer, to each next one, and to the solution; null: no target. */
export type TargetSet = z.output<typeof targetSet>;

const byId = z.strictObject({ id: id('Hours') });
const country = z.string().regex(/^[A-Z]{2}$/).describe('Country code');

/** Endpoints of business hours, holidays and service levels. */
export const serviceLevelEndpoints = {
  hours: endpoint({ name: 'hours.list', method: 'GET', path: '/business-hours', summary: 'Business hours', audience: 'account', response: z.object({ rows: z.array(hours).describe('Hours by name') }) }),
  addHours: endpoint({ name: 'hours.add', method: 'POST', path: '/business-hours', summary: 'Add business hours; what is left out: Monday to Friday 9 to 17 in the company\'s time zone', audience: 'account', body: partialOf(hoursSettings).extend({ name: hoursSettings.name }), response: hours }),
  changeHours: endpoint({ name: 'hours.change', method: 'PATCH', path: '/business-hours/:id', summary: 'Change business hours', audience: 'account', params: byId, body: partialOf(hoursSettings), response: hours }),
  removeHours: endpoint({ name: 'hours.remove', method: 'DELETE', path: '/business-hours/:id', summary: 'Remove business hours no queue keeps', audience: 'account', params: byId, response: nothing }),
  countries: endpoint({ name: 'holiday-country.list', method: 'GET', path: '/holiday-countries', summary: 'Countries whose public holidays are known', audience: 'account',
    response: z.object({ rows: z.array(z.object({ code: country, name: z.string().describe('Name'), regions: z.array(z.object({ code: z.string().describe('Region code'), name: z.string().describe('Name') })).describe('Regions with holidays of their own') })).describe('Countries by name') }) }),
  holidays: endpoint({ name: 'holiday.list', method: 'GET', path: '/holidays', summary: 'Public holidays of a country in a year', audience: 'account',
    query: z.strictObject({ country, region: z.string().max(20).default('').describe('Region code'), year: z.coerce.number().int().min(2000).max(2100).describe('Year') }), response: z.object({ rows: z.array(z.object({ date: z.iso.date().describe('Day'), name: z.string().describe('Name') })).describe('Holidays in order') }) }),
  serviceLevels: endpoint({ name: 'service-level.list', method: 'GET', path: '/service-levels', summary: 'Service levels of every queue that has some', audience: 'account', response: z.object({ rows: z.array(serviceLevel).describe('By queue') }) }),
  putServiceLevel: endpoint({ name: 'service-level.put', method: 'PUT', path: '/service-levels/:queueId', summary: 'Set the targets of a queue; open tickets get their new due times at once', audience: 'account', params: z.strictObject({ queueId: id('Queue') }), body: serviceLevel.pick({ targets: true }), response: serviceLevel }),
};
