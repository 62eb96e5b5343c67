import type { PersonalFields } from '../access';

/** What knowledge keeps of people: of those who wrote to us it is found by their tickets; a visit's random key says nothing about anybody else. */
export const personalFields: PersonalFields[] = [
  { collection: 'guideruns', subject: 'customer', key: 'ticketId', through: 'tickets', fields: ['steps.said', 'attributes', 'session'] },
  { collection: 'helpsessions', subject: 'customer', key: 'ticketId', through: 'tickets', fields: ['key', 'searches.q', 'reads'] },
  { collection: 'articlefeedback', subject: 'customer', key: 'session', through: 'helpsessions', fields: ['comment', 'session'] },
];
