// The door of brands: the faces of a company, by host name or by key.
import { brandEndpoints as api } from '../../protocol';
import { route, type DomainMount } from '../kernel';
import { brandsOf, presentBrand } from './brand.model';
import type { BrandPorts } from './ports';
import { addBrand, changeBrand, removeBrand } from './put-brand';

const untold = { colour: '#0f766e', logoId: null, hosts: [], locale: 'en', queueId: '', chatQueueId: '' };

/** What brands contribute; `ports` is what they need from above. */
export const mount = (ports: BrandPorts): DomainMount => ({
  routes: [
    route(api.list, 'widget.manage', async (ctx) => ({ rows: (await brandsOf(ctx.companyId)).map(presentBrand) })),
    route(api.names, 'article.read', async (ctx) => ({ rows: (await brandsOf(ctx.companyId)).map(({ _id, key, name }) => ({ id: _id, key, name })) })),
    route(api.add, 'widget.manage', async (ctx, actor, { body }) => presentBrand(await addBrand(ctx, actor, { settings: { ...untold, ...body }, ports }))),
    route(api.change, 'widget.manage', async (ctx, actor, { params, body }) => presentBrand(await changeBrand(ctx, actor, { id: params.id, change: body, ports }))),
    route(api.remove, 'widget.manage', async (ctx, actor, { params }) => {
      await removeBrand(ctx, actor, params.id);
      return {};
    }),
  ],
  outboxes: ['brands'],
});

export { brandAt, brandById, brandOnPage, brandsOf, presentBrand, type BrandDoc } from './brand.model';
export type { BrandPorts } from './ports';
