/** One ticket: header, timeline, composer, and beside it what the page composes. */
export { TicketPane } from './ticket-pane';
