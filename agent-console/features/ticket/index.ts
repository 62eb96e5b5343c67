import { lazy } from 'react';

const load = () => import('./ticket-pane').then((file) => ({ default: file.TicketPane }));

/** One ticket: header, timeline, composer, and beside it what the page composes; loaded after the list. */
export const TicketPane = lazy(load);
/** Fetches it before anybody asks, so that the first ticket opens as fast as the next. */
export const readyTicketPane = (): void => void load();
