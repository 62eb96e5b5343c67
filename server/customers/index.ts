// The door of customers: who is served, by which addresses they are known, and which records are one person.
import type { DomainMount } from '../kernel';
import { customerRoutes } from './customer.routes';
import { carryOutErasure, sweepErasures } from './erase-customer';
import type { CustomerPorts } from './ports';

/** Everything customers contribute; the timeline comes from above through the port. */
export const mount = (ports: CustomerPorts): DomainMount => ({
  routes: customerRoutes(ports), outboxes: ['blockedaddresses', 'customers', 'fields'],
  jobs: { 'customer.erase': (ctx, { customerId }) => carryOutErasure(ctx, customerId, ports) }, sweeps: [{ name: 'erasures', everyMs: 10_000, run: sweepErasures }],
});

export { addContactPoint } from './add-contact-point';
export { normalAddress } from './address';
export { blockAddress, isBlocked, listBlocked, unblockAddress } from './block-address';
export { changeCustomer } from './change-customer';
export { checkFields, mergeFields } from './check-fields';
export type { ContactKind } from './contact-point.model';
export { customerAt } from './customer-at';
export { canonical, contactPointsOf, customersById, members } from './customer-lookup';
export type { CustomerDoc, FieldValue } from './customer.model';
export { exportCustomers } from './export-customers';
export { listFields } from './field.model';
export { findCustomers } from './find-customers';
export { identifyCustomer, identifySender, type Sighting } from './identify-customer';
export { mergeCustomers, unmergeCustomer } from './merge-customers';
export { personalFields } from './personal';
export type { CustomerPorts, ForgottenPerson, TimelineAsked } from './ports';
export { putField } from './put-field';
