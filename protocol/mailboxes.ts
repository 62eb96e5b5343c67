import { z } from 'zod';
import { endpoint } from './endpoint';
import { count, email, flag, id, line, moment, nothing, page, paging, seconds, text } from './fields';

/** A mail server as a mailbox reaches it. */
export const mailServer = z.strictObject({
  host: line(253, 'Host name'), port: z.int().min(1).max(65_535).describe('Port'), user: line(254, 'Name to log in with'),
  security: z.enum(['tls', 'starttls', 'none']).describe('tls: encrypted from the start; starttls: encrypted after the greeting, required; none: only for a server on the same machine'),
});
export type MailServer = z.output<typeof mailServer>;

/** How a mailbox logs in; written only, never read back. */
export const mailCredentials = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('password').describe('By password'), password: z.string().min(1).max(1000).describe('Password or app password') }),
  z.strictObject({ kind: z.literal('oauth2').describe('By token'), provider: z.enum(['microsoft', 'google', 'other']).describe('Whose tokens'), clientId: line(300, 'Client id of the registered application'), clientSecret: text(1000, 'Its secret, empty when it has none'),
    refreshToken: line(8000, 'Refresh token'), tokenUrl: z.url().max(1000).exactOptional().describe('Token endpoint, else that of the provider') }),
]);
export type MailCredentials = z.output<typeof mailCredentials>;

/** A mail address that is read and sent from. */
export const mailbox = z.object({
  id: id('Mailbox id'), address: email('Address'), name: text(100, 'Sender name'), queueId: id('Queue for its mail'), signature: text(5000, 'Text below every answer'), active: flag('Whether it is read'),
  imap: mailServer.nullable().describe('Where its mail is fetched; null: mail comes to our own listener'), smtp: mailServer.nullable().describe('Where its mail leaves; null: the way of the whole installation'),
  signIn: z.enum(['none', 'password', 'oauth2']).describe('How it logs in'), plusAddress: flag('Mail to name+anything@ arrives as well, so answers may carry a ticket\'s own address'),
  dkim: z.object({ domain: line(253, 'Signing domain'), selector: line(63, 'Selector'), record: z.string().describe('TXT record to publish at <selector>._domainkey.<domain>') }).nullable().describe('Signature of what leaves; null: not signed here'),
});
export type Mailbox = z.output<typeof mailbox>;

const dkim = z.strictObject({ domain: line(253, 'Signing domain'), selector: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/).describe('Selector') });
/** What can be said about a mailbox besides its address. */
export const mailboxSettings = {
  name: text(100, 'Sender name'), queueId: id('Queue for its mail'), signature: text(5000, 'Signature'), active: flag('Read it'), imap: mailServer.nullable().describe('Where its mail is fetched'), smtp: mailServer.nullable().describe('Where its mail leaves'),
  credentials: mailCredentials.describe('How it logs in; kept encrypted'), plusAddress: flag('Answers carry the ticket\'s own plus address'), dkim: dkim.nullable().describe('Sign what leaves; a key is made when the domain or selector is new'),
};

const checkCode = z.enum(['ok', 'not-set', 'dns', 'refused', 'timeout', 'tls', 'log-in', 'quota', 'folder', 'sender', 'other']).describe('What is wrong: name not found, nobody listens, no answer, certificate, name or password, full, no INBOX, address not allowed to send');
/** Whether one direction of a mailbox works. */
const check = z.object({
  ok: flag('It works'), code: checkCode,
  detail: text(500, 'What the server said'), milliseconds: count('How long it took'),
});
/** Whether one direction of a mailbox works. */
export type MailCheck = z.output<typeof check>;

/** How a mailbox is doing. */
export const mailboxHealth = z.object({
  mailboxId: id('Mailbox'), state: z.enum(['ok', 'starting', 'failing', 'off']).describe('ok: reading; starting: connecting; failing: tries again; off: not read'), code: checkCode, detail: text(500, 'What the server said last'),
  since: moment('Since when in this state'), checkedAt: moment('Last look at the server').nullable(), lastMailAt: moment('Last mail taken').nullable(), lagSeconds: seconds('From arrival on the server to being stored here, last mail').nullable(),
  waiting: count('Taken over, not yet worked on'), sending: count('Answers that wait to leave from it'), failed: count('Answers from it not delivered in the last 24 hours'),
});
export type MailboxHealth = z.output<typeof mailboxHealth>;

/** A delivery that could not be made a message. */
export const quarantined = z.object({
  id: id('Id'), channel: z.string().describe('Channel id'), mailbox: z.string().describe('Our address, empty when not known'), from: text(300, 'Sender as written'), subject: text(300, 'Subject as written'), size: count('Bytes'),
  reason: text(1000, 'Why it was put aside'), at: moment('When it came'), tries: count('How often it was released'),
});
export type Quarantined = z.output<typeof quarantined>;

/** An address or domain that gets no automatic mail any more. */
export const brokenLoop = z.object({
  kind: z.enum(['address', 'domain']).describe('What is stopped'), value: z.string().describe('Address or domain'), since: moment('When it was stopped'), until: moment('When it is allowed again by itself'), mails: count('Automatic mails within the hour before'),
});
export type BrokenLoop = z.output<typeof brokenLoop>;

/** An address that bounced for good. */
export const suppressed = z.object({ value: z.string().describe('Address'), reason: text(1000, 'What the server said'), since: moment('When it bounced'), until: moment('When it is tried again'), ticketId: id('Ticket whose mail bounced').nullable() });
export type Suppressed = z.output<typeof suppressed>;

/** An address whose owner wants no reminders any more. */
export const unsubscribed = z.object({ value: z.string().describe('Address'), since: moment('When they said so') });
export type Unsubscribed = z.output<typeof unsubscribed>;

const byId = z.strictObject({ id: id('Which') });

/** Endpoints of mailboxes, what was put aside, broken loops and suppressed addresses. */
export const mailboxEndpoints = {
  test: endpoint({ name: 'mailbox.test', method: 'POST', path: '/mailbox-tests', summary: 'Try both directions of a mailbox now and say what is wrong; nothing is stored', audience: 'account', secret: true,
    body: z.strictObject({ mailboxId: id('Use what is stored for this one where left out').exactOptional(), address: email('Address'), imap: mailServer.nullable().exactOptional().describe('Where its mail is fetched'), smtp: mailServer.nullable().exactOptional().describe('Where its mail leaves'), credentials: mailCredentials.exactOptional().describe('How it logs in') }),
    response: z.object({ receive: check, send: check }) }),
  health: endpoint({ name: 'mailbox.health', method: 'GET', path: '/mailbox-health', summary: 'How every mailbox is doing', audience: 'account', response: z.object({ rows: z.array(mailboxHealth) }) }),
  quarantine: endpoint({ name: 'quarantine.list', method: 'GET', path: '/quarantine', summary: 'Deliveries that could not be read, with the reason, newest first', audience: 'account', query: z.strictObject(paging), response: page(quarantined) }),
  release: endpoint({ name: 'quarantine.release', method: 'POST', path: '/quarantine/:id/release', summary: 'Try to read it again', audience: 'account', params: byId, response: nothing }),
  discard: endpoint({ name: 'quarantine.discard', method: 'DELETE', path: '/quarantine/:id', summary: 'Erase it', audience: 'account', params: byId, response: nothing }),
  quarantinedOriginal: endpoint({ name: 'quarantine.original', method: 'GET', path: '/quarantine/:id/original', summary: 'The delivery as it came, as text', audience: 'account', params: byId, produces: 'text/plain', response: z.string() }),
  brokenLoops: endpoint({ name: 'broken-loop.list', method: 'GET', path: '/broken-loops', summary: 'Addresses and domains that get no automatic mail because they answered too often', audience: 'account', response: z.object({ rows: z.array(brokenLoop) }) }),
  resetLoop: endpoint({ name: 'broken-loop.reset', method: 'DELETE', path: '/broken-loops/:kind/:value', summary: 'Allow automatic mail again', audience: 'account', params: z.strictObject({ kind: brokenLoop.shape.kind, value: line(254, 'Address or domain') }), response: nothing }),
  suppressed: endpoint({ name: 'suppressed.list', method: 'GET', path: '/suppressed', summary: 'Addresses that bounced for good', audience: 'account', response: z.object({ rows: z.array(suppressed) }) }),
  unsuppress: endpoint({ name: 'suppressed.release', method: 'DELETE', path: '/suppressed/:value', summary: 'Write to an address again', audience: 'account', params: z.strictObject({ value: line(254, 'Address') }), response: nothing }),
  unsubscribed: endpoint({ name: 'unsubscribed.list', method: 'GET', path: '/unsubscribed', summary: 'Addresses that want no reminders, latest first', audience: 'account', response: z.object({ rows: z.array(unsubscribed) }) }),
  resubscribe: endpoint({ name: 'unsubscribed.release', method: 'DELETE', path: '/unsubscribed/:value', summary: 'Remind an address again, because its owner asked for it', audience: 'account', params: z.strictObject({ value: line(254, 'Address') }), response: nothing }),
};
