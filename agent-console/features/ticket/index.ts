import { later } from '../../lib/later';

const pane = later(() => import('./ticket-pane').then((file) => file.TicketPane));

/** One ticket: header, timeline, composer, and beside it what the page composes; loaded after the list. */
export const TicketPane = pane.Part;
/** Fetches it before anybody asks, so that the first ticket opens as fast as the next. */
export const readyTicketPane = pane.ready;
