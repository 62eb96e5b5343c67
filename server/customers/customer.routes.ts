import { channelEndpoints, customerEndpoints as api } from '../../protocol';
import { route, type Route } from '../kernel';
import { addContactPoint } from './add-contact-point';
import { listBlocked, unblockAddress } from './block-address';
import { changeCustomer } from './change-customer';
import { canonical, members } from './customer-lookup';
import { presentCustomer } from './customer.presenter';
import { eraseCustomer } from './erase-customer';
import { exportCustomers } from './export-customers';
import { listFields } from './field.model';
import { findCustomers } from './find-customers';
import { mergeCustomers, unmergeCustomer } from './merge-customers';
import type { CustomerPorts } from './ports';
import { putField } from './put-field';

/** Customers, their addresses, merges, custom fields, and who is refused. */
export const customerRoutes = (ports: CustomerPorts): Route[] => [
  route(api.list, 'customer.read', (ctx, _actor, { query }) => findCustomers(ctx, query)),
  route(api.exportCsv, 'customer.export', (ctx, _actor, { query }) => exportCustomers(ctx, query)),
  route(api.read, 'customer.read', async (ctx, actor, { params }) => presentCustomer(ctx, actor, { customer: await canonical(ctx, params.id), ports })),
  route(api.change, 'customer.edit', async (ctx, actor, { params, body }) => presentCustomer(ctx, actor, { customer: await changeCustomer(ctx, actor, { id: params.id, ...body }), ports })),
  route(api.timeline, 'customer.read', async (ctx, actor, { params, query }) => {
    const customer = await canonical(ctx, params.id);
    return ports.timelineOf(ctx, actor, { customerIds: await members(ctx, customer._id), ...query });
  }),
  route(api.addContactPoint, 'customer.edit', async (ctx, actor, { params, body }) => presentCustomer(ctx, actor, { customer: await addContactPoint(ctx, actor, { id: params.id, ...body }), ports })),
  route(api.merge, 'customer.merge', async (ctx, actor, { params, body }) => presentCustomer(ctx, actor, { customer: await mergeCustomers(ctx, actor, { id: params.id, otherId: body.otherId }), ports })),
  route(api.unmerge, 'customer.merge', async (ctx, actor, { params }) => presentCustomer(ctx, actor, { customer: await unmergeCustomer(ctx, actor, params), ports })),
  route(api.erase, 'customer.erase', async (ctx, actor, { params, body }) => presentCustomer(ctx, actor, { customer: await eraseCustomer(ctx, actor, { id: params.id, ...body }), ports })),
  route(api.fields, 'customer.read', async (ctx) => ({ rows: await listFields(ctx) })),
  route(api.putField, 'company.manage', (ctx, actor, { params, body }) => putField(ctx, actor, { ...params, ...body })),
  route(channelEndpoints.blocked, 'ticket.spam', async (ctx) => ({ rows: await listBlocked(ctx) })),
  route(channelEndpoints.unblock, 'ticket.spam', async (ctx, actor, { params }) => {
    await unblockAddress(ctx, actor, params);
    return {};
  }),
];
