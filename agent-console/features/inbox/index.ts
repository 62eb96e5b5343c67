/** Views, list and the ticket beside each other. */
export { InboxPage } from './inbox-page';
