/** Which fields of a collection say something about a person, so that erasing and exporting can find them. */
export interface PersonalFields {
  collection: string;
  subject: 'account' | 'customer';
  /** Field that holds the person's id. */
  key: string;
  /** Collection by whose documents the person is found, when `key` holds the id (of a visit: the key) of one of those instead. */
  through?: string;
  /** Paths that are personal. */
  fields: string[];
}

/** What access keeps of people. */
export const personalFields: PersonalFields[] = [
  { collection: 'accounts', subject: 'account', key: '_id', fields: ['name', 'email', 'locale', 'timeZone'] },
  { collection: 'sessions', subject: 'account', key: 'accountId', fields: ['address', 'agentText'] },
  { collection: 'audit', subject: 'account', key: 'by.id', fields: ['by.name'] },
];
