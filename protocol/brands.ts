import { z } from 'zod';
import { endpoint } from './endpoint';
import { id, line, locale, nothing, partialOf } from './fields';

const host = z.string().trim().toLowerCase().regex(/^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/, 'must be a host name such as help.example.com').describe('Host name, without port');

/** What an administrator decides of a brand. */
export const brandSettings = z.object({
  key: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be small letters, digits and -').describe('Part of addresses: /help/@key'),
  name: line(80, 'What customers read'),
  colour: z.string().regex(/^#[0-9a-f]{6}$/, 'must be #rrggbb').describe('Colour of bars and buttons, #rrggbb; text on it is black or white, whichever reads better'),
  logoId: id('Uploaded picture (PNG, JPEG, GIF or WebP, at most 256 kB); null: the name is written').nullable(),
  hosts: z.array(host).max(20).describe('Host names that show this brand; each belongs to one brand at most'),
  locale: locale('Language when a customer\'s browser does not say'),
  queueId: z.string().regex(/^([0-9a-f]{24})?$/, 'must be a queue, or empty').describe('Where its letters wait; empty: where those of the company do'),
  chatQueueId: z.string().regex(/^([0-9a-f]{24})?$/, 'must be a queue, or empty').describe('Where its chats wait; empty: where the widget\'s settings say'),
});
export type BrandSettings = z.output<typeof brandSettings>;

/** A face of the company: one company may show several. */
export const brand = brandSettings.extend({ id: id('Brand'), logoUrl: z.string().nullable().describe('Address of the logo; null without one') });
/** A face of the company: one company may show several. */
export type Brand = z.output<typeof brand>;

const byId = z.strictObject({ id: id('Brand') });

/** Endpoints of brands. */
export const brandEndpoints = {
  list: endpoint({ name: 'brand.list', method: 'GET', path: '/brands', summary: 'Brands by name', audience: 'account', response: z.object({ rows: z.array(brand) }) }),
  names: endpoint({ name: 'brand.names', method: 'GET', path: '/brand-names', summary: 'Brands by name, for whoever reads and writes articles', audience: 'account', response: z.object({ rows: z.array(brand.pick({ id: true, key: true, name: true })) }) }),
  add: endpoint({ name: 'brand.add', method: 'POST', path: '/brands', summary: 'Add a brand', audience: 'account',
    body: partialOf(brandSettings.shape).extend({ key: brandSettings.shape.key, name: brandSettings.shape.name }), response: brand }),
  change: endpoint({ name: 'brand.change', method: 'PATCH', path: '/brands/:id', summary: 'Change a brand', audience: 'account', params: byId, body: partialOf(brandSettings.shape), response: brand }),
  remove: endpoint({ name: 'brand.remove', method: 'DELETE', path: '/brands/:id', summary: 'Remove a brand: its hosts show the company again', audience: 'account', params: byId, response: nothing }),
};
