import { lazy } from 'react';
import { later } from '../../lib/later';

const pane = later(() => import('./ticket-pane').then((file) => file.TicketPane));

/** One ticket: header, timeline, composer, and beside it what the page composes; loaded after the list. */
export const TicketPane = pane.Part;
/** Fetches it before anybody asks, so that the first ticket opens as fast as the next. */
export const readyTicketPane = pane.ready;

/** Writes first: a mail to a customer, or a call logged by hand. */
export const NewTicket = lazy(() => import('./new-ticket').then((file) => ({ default: file.NewTicket })));
