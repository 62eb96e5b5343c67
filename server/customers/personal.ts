import type { PersonalFields } from '../access';

/** What customers keeps of people. */
export const personalFields: PersonalFields[] = [
  { collection: 'customers', subject: 'customer', key: '_id', fields: ['name', 'organisation', 'locale', 'timeZone', 'note', 'fields', 'terms'] },
  { collection: 'contactpoints', subject: 'customer', key: 'customerId', fields: ['value'] },
];
