import { z } from 'zod';
import { endpoint } from './endpoint';
import { priority } from './tickets';

const requirement = z.record(z.string().regex(/^[0-9a-f]{24}$/), z.int().min(1).max(5)).describe('Skill id → minimum level');
const minutes = z.int().min(-10_000).max(10_000).describe('Minutes an item of this priority is ahead of one of the same age; negative: behind');

/** How routing behaves in every queue. */
export const routingSettings = z.strictObject({
  idleMinutes: z.int().min(0).max(480).default(15).describe('An available agent who touches no console for so long is away; 0: never'),
  graceSeconds: z.int().min(5).max(3600).default(30).describe('How long an agent whose last console is gone keeps their work'),
  silentMinutes: z.int().min(0).max(1440).default(10).describe('A chat without a customer message for so long frees its capacity; 0: never'),
  priorityMinutes: z.strictObject({ low: minutes, normal: minutes, high: minutes, urgent: minutes } satisfies Record<z.output<typeof priority>, z.ZodType>).default({ low: -60, normal: 0, high: 30, urgent: 120 }).describe('What each priority weighs in the order by priority'),
  channelSkills: z.record(z.string().max(40), requirement).default({}).describe('Skills asked for by channel id, besides the queue\'s'),
  languageSkills: z.record(z.string().regex(/^[a-z]{2,3}$/), requirement).default({}).describe('Skills asked for by the language the customer writes in, besides the queue\'s'),
});
/** How routing behaves in every queue. */
export type RoutingSettings = z.output<typeof routingSettings>;

/** Endpoints of what routing does in every queue. */
export const routingSettingsEndpoints = {
  routingSettings: endpoint({ name: 'routing-settings.read', method: 'GET', path: '/routing-settings', summary: 'Idle, grace and silence times, what priorities weigh, skills by channel and language', audience: 'account', response: routingSettings }),
  putRoutingSettings: endpoint({ name: 'routing-settings.put', method: 'PUT', path: '/routing-settings', summary: 'Set them; what is left out gets its default', audience: 'account', body: routingSettings, response: routingSettings }),
};
