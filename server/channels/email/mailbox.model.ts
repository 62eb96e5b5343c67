import { model } from 'mongoose';
import type { Mailbox, MailServer } from '../../../protocol';
import { houseSchema, remembered } from '../../kernel';

/** Where reading a mailbox by IMAP has come to. */
export interface MailboxCursor {
  /** Changes when the server numbers its mails anew; our uid means nothing then. */
  uidValidity: string;
  /** The last mail taken. */
  uid: number;
}

/** A mail address that is read and sent from. */
export interface MailboxDoc {
  _id: string;
  companyId: string;
  /** Lower-cased. */
  address: string;
  name: string;
  queueId: string;
  signature: string;
  active: boolean;
  imap: MailServer | null;
  smtp: MailServer | null;
  /** How it logs in: MailCredentials as JSON, sealed. */
  credentials: string | null;
  signIn: Mailbox['signIn'];
  plusAddress: boolean;
  /** The private key is sealed. */
  dkim: { domain: string; selector: string; privateKey: string; record: string } | null;
  cursor: MailboxCursor | null;
  /** Mail from before is none of ours. */
  addedAt: Date;
  /** Goes up with every change of how it is reached: whoever reads it starts anew. */
  version: number;
}

const schema = houseSchema<MailboxDoc>({
  address: { type: String, required: true }, name: { type: String, default: '' }, queueId: { type: String, required: true }, signature: { type: String, default: '' }, active: { type: Boolean, default: true },
  imap: { type: Object, default: null }, smtp: { type: Object, default: null }, credentials: { type: String, default: null }, signIn: { type: String, default: 'none' }, plusAddress: { type: Boolean, default: true },
  dkim: { type: Object, default: null }, cursor: { type: Object, default: null }, addedAt: { type: Date, default: () => new Date() }, version: { type: Number, default: 1 },
}, { collection: 'mailboxes' });
schema.index({ companyId: 1, address: 1 }, { unique: true });
// A mail names only an address: two companies cannot both own it.
schema.index({ address: 1 }, { unique: true });

/** A company's mailboxes by address. */
export const mailboxesOf = remembered(schema as never, (companyId: string): Promise<MailboxDoc[]> => Mailboxes.find({ companyId }).sort({ address: 1 }).lean<MailboxDoc[]>());

const activeAt = remembered(schema as never, (addresses: string): Promise<MailboxDoc | null> => Mailboxes.findOne({ address: { $in: addresses.split(' ') }, active: true }).setOptions({ acrossCompanies: true }).lean<MailboxDoc>());

/** The collection of mailboxes. */
export const Mailboxes = model<MailboxDoc>('Mailbox', schema);

/** The mailbox behind a recipient, with or without a +detail; null for an address that is not ours. */
export async function mailboxFor(recipient: string): Promise<{ mailbox: MailboxDoc; detail: string | null } | null> {
  const { plain, detail } = splitDetail(recipient);
  const mailbox = await activeAt(`${recipient.toLowerCase()} ${plain}`);
  return mailbox ? { mailbox, detail } : null;
}

/** "support+t.x@example.com" → plain "support@example.com", detail "t.x". */
export function splitDetail(address: string): { plain: string; detail: string | null } {
  const at = address.lastIndexOf('@');
  const plus = address.indexOf('+');
  if (plus < 1 || at < plus) return { plain: address.toLowerCase(), detail: null };
  return { plain: `${address.slice(0, plus)}${address.slice(at)}`.toLowerCase(), detail: address.slice(plus + 1, at) };
}

/** The mailbox to answer a queue's tickets from: the queue's own, else the first active one. */
export async function senderFor(companyId: string, queueId: string): Promise<MailboxDoc | null> {
  const all = (await mailboxesOf(companyId)).filter((mailbox) => mailbox.active);
  return all.find((mailbox) => mailbox.queueId === queueId) ?? all[0] ?? null;
}
