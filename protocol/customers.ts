import { z } from 'zod';
import { endpoint } from './endpoint';
import { count, flag, id, line, locale, moment, page, paging, text } from './fields';

/** An address of a customer. */
export const contactPoint = z.object({
  id: id('Contact point id'),
  kind: z.enum(['email', 'phone', 'visitor', 'external']).describe('email: mail address; phone: E.164; visitor: widget visitor id; external: id in another system'),
  value: line(254, 'The address in its normal form'),
  verified: flag('Proven to be theirs: a mail passed authentication, a signed identity, a call answered'),
});
export type ContactPoint = z.output<typeof contactPoint>;

const fieldValue = z.union([z.string().max(2000), z.number(), z.boolean(), z.null()]).describe('Value of a custom field of the declared type');
export const fieldValues = z.record(z.string().max(60), fieldValue).describe('Custom fields by key');

/** How far the erasure of a customer is. */
export const erasure = z.object({
  at: moment('When it was asked for'),
  done: count('Tickets erased so far'),
  total: count('Tickets there are to erase'),
  finishedAt: moment('When nothing was left; null while it goes on').nullable(),
});

/** Person served. */
export const customer = z.object({
  id: id('Customer id'),
  name: text(200, 'Name, empty when not known'),
  locale: locale('Preferred language').nullable(),
  timeZone: line(60, 'IANA time zone').nullable(),
  organisation: text(200, 'Employer, empty when not known'),
  address: text(254, 'One address to recognise them by: mail before telephone before another system, proven ones first; empty when there is none'),
  contactPoints: z.array(contactPoint).describe('Addresses'),
  fields: fieldValues,
  note: text(5000, 'What colleagues should know'),
  blocked: flag('Messages are refused'),
  tickets: count('How many tickets they have'),
  createdAt: moment('First seen'),
  erasure: erasure.nullable().describe('Null unless they were erased'),
  can: z.array(z.string()).describe('What the reader may do with this customer'),
});
export type Customer = z.output<typeof customer>;

/** A customer in a list. */
export const customerSummary = customer.pick({ id: true, name: true, organisation: true, createdAt: true, address: true });
export type CustomerSummary = z.output<typeof customerSummary>;

/** One entry of a customer's timeline over all channels, newest first. */
export const timelineEntry = z.object({
  id: id('Id of the ticket or interaction'),
  kind: z.enum(['ticket', 'call', 'chat', 'article', 'guide']).describe('What happened'),
  ticketId: id('Ticket it belongs to').nullable(),
  channel: z.string().describe('Channel id'),
  at: moment('When it began'),
  title: text(300, 'Subject or a summary'),
  status: z.string().describe('Status of the ticket, empty otherwise'),
});
export type TimelineEntry = z.output<typeof timelineEntry>;

/** A custom field an administrator declared. */
export const fieldDefinition = z.object({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/).describe('Name in the API'),
  subject: z.enum(['ticket', 'customer']).describe('What carries it'),
  label: line(80, 'Name for people'),
  type: z.enum(['text', 'number', 'boolean', 'date', 'choice']).describe('Type of its values; dates as YYYY-MM-DD'),
  choices: z.array(line(80, 'Choice')).describe('Allowed values when type is choice'),
});
export type FieldDefinition = z.output<typeof fieldDefinition>;

const byId = z.strictObject({ id: id('Customer') });

/** Endpoints of customers and custom fields. */
export const customerEndpoints = {
  list: endpoint({ name: 'customer.list', method: 'GET', path: '/customers', summary: 'Find customers by name or address', audience: 'account',
    query: z.strictObject({ ...paging, q: z.string().max(200).exactOptional().describe('Part of a name or address') }), response: page(customerSummary) }),
  read: endpoint({ name: 'customer.read', method: 'GET', path: '/customers/:id', summary: 'One customer', audience: 'account', params: byId, response: customer }),
  change: endpoint({ name: 'customer.change', method: 'PATCH', path: '/customers/:id', summary: 'Change what is known of a customer', audience: 'account', params: byId,
    body: z.strictObject({ name: text(200, 'Name').exactOptional(), organisation: text(200, 'Employer').exactOptional(), locale: locale('Language').nullable().exactOptional(),
      note: text(5000, 'Note').exactOptional(), fields: fieldValues.exactOptional(), blocked: flag('Refuse messages').exactOptional() }), response: customer }),
  timeline: endpoint({ name: 'customer.timeline', method: 'GET', path: '/customers/:id/timeline', summary: 'Everything with this customer, over all channels, newest first', audience: 'account', params: byId,
    query: z.strictObject({ ...paging }), response: page(timelineEntry) }),
  addContactPoint: endpoint({ name: 'contact-point.add', method: 'POST', path: '/customers/:id/contact-points', summary: 'Add an address', audience: 'account', params: byId,
    body: z.strictObject({ kind: contactPoint.shape.kind, value: line(254, 'Address') }), response: customer }),
  merge: endpoint({ name: 'customer.merge', method: 'POST', path: '/customers/:id/merge', summary: 'Say that another record is the same person; can be undone', audience: 'account', params: byId,
    body: z.strictObject({ otherId: id('Record to fold into this one') }), response: customer }),
  unmerge: endpoint({ name: 'customer.unmerge', method: 'DELETE', path: '/customers/:id/merge', summary: 'Undo a merge of this record into another', audience: 'account', params: byId, response: customer }),
  erase: endpoint({ name: 'customer.erase', method: 'POST', path: '/customers/:id/erase', summary: 'Erase a person: name, addresses, words and files, also on their tickets; cannot be undone. Counts and times stay. Goes on in the background; again has no effect', audience: 'account', params: byId,
    body: z.strictObject({ name: text(254, 'The name of the customer, else an address of theirs, typed to confirm; empty when neither is known') }), response: customer }),
  exportCsv: endpoint({ name: 'customer.export', method: 'GET', path: '/customers.csv', summary: 'Customers as CSV', audience: 'account', produces: 'text/csv',
    query: z.strictObject({ q: z.string().max(200).exactOptional().describe('Part of a name or address') }), response: z.string() }),
  fields: endpoint({ name: 'field.list', method: 'GET', path: '/fields', summary: 'Custom fields of tickets and customers', audience: 'account', response: z.object({ rows: z.array(fieldDefinition) }) }),
  putField: endpoint({ name: 'field.put', method: 'PUT', path: '/fields/:subject/:key', summary: 'Declare or change a custom field', audience: 'account',
    params: z.strictObject({ subject: fieldDefinition.shape.subject, key: fieldDefinition.shape.key }),
    body: z.strictObject({ label: line(80, 'Name'), type: fieldDefinition.shape.type, choices: fieldDefinition.shape.choices.default([]) }), response: fieldDefinition }),
};
