import { generateKeyPairSync } from 'node:crypto';
import type { MailCredentials, Mailbox, MailServer } from '../../../protocol';
import { isDuplicate, newId, problem, seal, unseal, type Ctx, type Secrets } from '../../kernel';
import { Mailboxes, type MailboxDoc } from './mailbox.model';

/** What can be said about a mailbox; what is left out stays as it is. */
export interface MailboxChange {
  name?: string;
  queueId?: string;
  signature?: string;
  active?: boolean;
  imap?: MailServer | null;
  smtp?: MailServer | null;
  credentials?: MailCredentials;
  plusAddress?: boolean;
  dkim?: { domain: string; selector: string } | null;
}

const ownerOf = (mailboxId: string): string => `mailbox:${mailboxId}`;

/** A mailbox as it crosses the wire: nothing that opens it. */
export const presentMailbox = (box: MailboxDoc): Mailbox => ({
  id: box._id, address: box.address, name: box.name, queueId: box.queueId, signature: box.signature, active: box.active, imap: box.imap ?? null, smtp: box.smtp ?? null, signIn: box.signIn ?? 'none', plusAddress: box.plusAddress ?? true,
  dkim: box.dkim ? { domain: box.dkim.domain, selector: box.dkim.selector, record: box.dkim.record } : null,
});

/** How a mailbox logs in; null when it does not, or when the key of this installation is another one. */
export function credentialsOf(secrets: Secrets, box: Pick<MailboxDoc, '_id' | 'credentials'>): MailCredentials | null {
  const text = box.credentials ? unseal(secrets, ownerOf(box._id), box.credentials) : null;
  return text === null ? null : JSON.parse(text) as MailCredentials;
}

/** Keeps how a mailbox logs in, such as after its provider gave it a new token. */
export async function keepCredentials(ctx: Ctx, mailboxId: string, credentials: MailCredentials): Promise<void> {
  await Mailboxes.updateOne({ companyId: ctx.companyId, _id: mailboxId }, { $set: { credentials: seal(ctx.secrets, ownerOf(mailboxId), JSON.stringify(credentials)) } });
}

/** The key that signs what leaves; null when nothing is signed. */
export function dkimKeyOf(secrets: Secrets, box: MailboxDoc): { domainName: string; keySelector: string; privateKey: string } | null {
  const privateKey = box.dkim ? unseal(secrets, ownerOf(box._id), box.dkim.privateKey) : null;
  return box.dkim && privateKey ? { domainName: box.dkim.domain, keySelector: box.dkim.selector, privateKey } : null;
}

/** Adds a mailbox. Throws already-exists for an address that is read already, by whichever company. */
export async function addMailbox(ctx: Ctx, { address, queueId, ...change }: MailboxChange & { address: string; queueId: string }): Promise<MailboxDoc> {
  const blank: MailboxDoc = { _id: newId(), companyId: ctx.companyId, address, queueId, name: '', signature: '', active: true, imap: null, smtp: null, credentials: null, signIn: 'none', plusAddress: true, dkim: null, cursor: null, addedAt: new Date(ctx.clock.now()), version: 1 };
  const box = { ...blank, ...setOf(ctx.secrets, blank, change) };
  await Mailboxes.create(box).catch((error: unknown) => { throw isDuplicate(error) ? problem('already-exists') : error; });
  return box;
}

/** Changes a mailbox; answers it before and after. Throws not-found. */
export async function changeMailbox(ctx: Ctx, id: string, change: MailboxChange): Promise<{ before: MailboxDoc; after: MailboxDoc }> {
  const before = await Mailboxes.findOne({ companyId: ctx.companyId, _id: id }).lean<MailboxDoc>();
  if (!before) throw problem('not-found');
  const after = await Mailboxes.findOneAndUpdate({ companyId: ctx.companyId, _id: id }, { $set: setOf(ctx.secrets, before, change), $inc: { version: 1 } }, { returnDocument: 'after' }).lean<MailboxDoc>();
  if (!after) throw problem('not-found');
  return { before, after };
}

function setOf(secrets: Secrets, box: MailboxDoc, { credentials, dkim, ...plain }: MailboxChange): Partial<MailboxDoc> {
  const host = plain.imap === undefined ? undefined : plain.imap?.host;
  return {
    ...plain,
    // Another server numbers its mails in its own way.
    ...(plain.imap !== undefined && host !== box.imap?.host ? { cursor: null } : {}),
    ...(credentials ? { credentials: seal(secrets, ownerOf(box._id), JSON.stringify(credentials)), signIn: credentials.kind } : {}),
    ...(dkim === undefined ? {} : { dkim: keyFor(secrets, box, dkim) }),
  };
}

function keyFor(secrets: Secrets, box: MailboxDoc, dkim: { domain: string; selector: string } | null): MailboxDoc['dkim'] {
  if (!dkim) return null;
  if (box.dkim?.domain === dkim.domain && box.dkim.selector === dkim.selector) return box.dkim;
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'der' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
  return { ...dkim, privateKey: seal(secrets, ownerOf(box._id), privateKey), record: `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}` };
}
