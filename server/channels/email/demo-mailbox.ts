import { model } from 'mongoose';
import { houseSchema, insertPromised, newId } from '../../kernel';
import { understandMail } from './understand';

/** A mail that arrived in the demo customer's mailbox. */
export interface DemoMail {
  _id: string;
  to: string;
  from: string;
  subject: string;
  text: string;
  messageId: string | null;
  references: string[];
  at: Date;
}

const domain = 'customers.trunkline.localhost';
const schema = houseSchema<DemoMail>({ to: { type: String, required: true }, from: String, subject: String, text: String, messageId: { type: String, default: null }, references: { type: [String], default: [] }, at: { type: Date, required: true } }, { collection: 'demomails', shared: true });
schema.index({ to: 1, at: 1 });
const DemoMails = model<DemoMail>('DemoMail', schema);

/** The address of a demo customer. */
export const demoAddress = (name: string): string => `${name}@${domain}`;
/** Whether an address belongs to a demo customer. */
export const isDemoAddress = (address: string): boolean => address.toLowerCase().endsWith(`@${domain}`);

/** Keeps a mail for the demo mailbox page. */
export async function keepDemoMail(to: string, raw: Buffer): Promise<void> {
  const mail = await understandMail(raw);
  await insertPromised(DemoMails, { _id: newId(), to: to.toLowerCase(), from: mail.from?.address ?? '', subject: mail.subject, text: mail.text, messageId: mail.messageId, references: mail.references, at: new Date() });
}

/** Mails of a demo mailbox, oldest first. */
export const demoMails = (to: string): Promise<DemoMail[]> => DemoMails.find({ to: to.toLowerCase() }).sort({ at: 1 }).limit(200).lean<DemoMail[]>();
