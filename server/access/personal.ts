/** Which fields of a collection say something about a person, so that erasing and exporting can find them. */
export interface PersonalFields {
  collection: string;
  subject: 'account' | 'customer';
  /** Field that holds the person's id. */
  key: string;
  /** Paths that are personal. */
  fields: string[];
}

/** What access keeps of people. */
export const personalFields: PersonalFields[] = [
  { collection: 'accounts', subject: 'account', key: '_id', fields: ['name', 'email', 'locale', 'timeZone'] },
  { collection: 'sessions', subject: 'account', key: 'accountId', fields: ['address', 'agentText'] },
  { collection: 'audit', subject: 'account', key: 'by.id', fields: ['by.name'] },
];
