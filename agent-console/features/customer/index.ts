import { lazy } from 'react';

/** Who the customer is, beside a ticket. */
export { CustomerPanel } from './customer-panel';
/** Find a customer and see everything about them; loaded when it is opened. */
export const CustomersPage = lazy(() => import('./customers-page').then((file) => ({ default: file.CustomersPage })));
