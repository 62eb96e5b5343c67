import { z } from 'zod';
import { endpoint } from './endpoint';
import { count, email, flag, id, line, locale, moment, nothing, partialOf, text } from './fields';
import { mailbox, mailboxSettings } from './mailboxes';

/** What a channel says of itself; everything else in the product acts on these capabilities, never on a channel's name. */
export const channelManifest = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/).describe('Folder name'), name: line(40, 'Name for people'), icon: line(40, 'Icon name'),
  media: z.enum(['text', 'voice', 'document']).describe('What is exchanged'), pace: z.enum(['live', 'deferred']).describe('live: the customer waits on the line'),
  weight: z.int().min(0).max(100).describe('Capacity one item takes, of 100'), interruptible: flag('May be put aside for live work'),
  composer: z.object({ reply: flag('Can answer at all'), subject: flag('Has a subject'), html: flag('Rich text'), attachments: flag('Files'), cc: flag('Copies'), maxLength: count('Longest text, 0 = no limit') }).describe('What the composer offers'),
});
export type ChannelManifest = z.output<typeof channelManifest>;

/** A short word shown by itself above the widget's button. */
export const widgetGreeting = z.strictObject({
  text: line(200, 'What is said'), pages: z.string().trim().max(200).describe('Part of the page\'s address it is for, * for anything; empty: every page'),
  seconds: z.int().min(0).max(3600).describe('After so long on the page, in seconds'), scroll: z.int().min(0).max(100).describe('After so much of the page was scrolled, in per cent'),
  everyDays: z.int().min(1).max(365).describe('Shown only when nothing of the kind was shown to this visitor for so many days'),
});
export type WidgetGreeting = z.output<typeof widgetGreeting>;

/** What the widget shows and asks. */
export const widgetSettings = z.object({
  title: line(80, 'Greeting'), colour: z.string().regex(/^#[0-9a-f]{6}$/).describe('Brand colour, #rrggbb; corrected when its contrast is too low'), queueId: id('Queue for chats'),
  locale: locale('Language when the page does not say'), askFor: z.array(z.enum(['name', 'email'])).describe('Asked before a chat'), origins: z.array(z.string().max(200)).describe('Sites that may embed it; empty = any'),
  consent: flag('Store nothing before the visitor agrees'), requireIdentity: flag('Refuse unsigned claims of who the visitor is'),
  greetings: z.array(widgetGreeting).max(10).describe('Shown by themselves, the first that fits; only on pages whose tag says data-greet'),
});
export type WidgetSettings = z.output<typeof widgetSettings>;

const identityAlgorithm = z.enum(['HS256', 'EdDSA']).describe('HS256: a secret both sides know; EdDSA: your server keeps the private half');
const keyName = z.string().regex(/^[\w.-]{1,60}$/, 'must be letters, digits, _ . or -').describe('The token\'s kid');
/** A key with which a company's site signs who a visitor is. */
export const identityKey = z.object({ id: keyName, algorithm: identityAlgorithm, addedAt: moment('Since when; null: from before that was kept').nullable() });
export type IdentityKeyRow = z.output<typeof identityKey>;

const callRecord = z.strictObject({
  source: line(60, 'Which telephone system, e.g. pbx-lisbon'), callId: line(120, 'Its id for the call; the same one again changes nothing'), direction: z.enum(['in', 'out']).describe('in: the customer called'),
  from: line(40, 'Caller\'s number'), to: line(40, 'Number called'), startedAt: moment('When it began'), seconds: count('Talk time'),
  outcome: z.enum(['answered', 'missed', 'voicemail', 'busy', 'failed']).describe('How it ended'), agentEmail: email('Who took it').exactOptional(), recordingUrl: z.url().max(2000).exactOptional().describe('Where the recording is'),
  queue: z.string().max(60).exactOptional().describe('Queue name, else the default of the voice channel'), attributes: z.record(z.string().max(60), z.string().max(500)).default({}).describe('What an IVR asked'),
});
/** A call as a telephone system reports it. */
export type CallRecord = z.output<typeof callRecord>;

const queueOrFirst = (meaning: string) => z.string().regex(/^([0-9a-f]{24})?$/, 'must be a queue, or empty').describe(`${meaning}; empty: the company's first`);
/** Where calls and web forms go, and how call records are read. */
export const sourceSettings = z.object({
  callQueueId: queueOrFirst('Queue for calls that name none'),
  country: z.string().regex(/^[A-Z]{2}$/, 'must be a country of two capital letters').describe('Country of telephone numbers written without one, ISO 3166'),
  callTimeZone: line(60, 'Time zone of Asterisk\'s CDR lines, which carry none'),
  formQueueId: queueOrFirst('Queue for web forms'),
});
/** Where calls and web forms go, and how call records are read. */
export type SourceSettings = z.output<typeof sourceSettings>;

const formPost = z.strictObject({ form: line(60, 'Form name'), submissionId: z.string().max(100).exactOptional().describe('The same one again changes nothing'), name: text(200, 'Name').exactOptional(), email: email('Address to answer to'),
  subject: text(300, 'Subject').exactOptional(), message: line(50_000, 'Message'), fields: z.record(z.string().max(60), z.string().max(5000)).default({}).describe('Further answers'), locale: locale('Language').exactOptional() });
/** A web form as posted. */
export type FormPost = z.output<typeof formPost>;
const taken = z.object({ accepted: z.literal(true).describe('It is stored'), duplicate: flag('It was here already') });
const byId = z.strictObject({ id: id('Which') });

/** Endpoints of channels, mailboxes, widget settings, calls, forms and blocked senders. */
export const channelEndpoints = {
  channels: endpoint({ name: 'channel.list', method: 'GET', path: '/channels', summary: 'Channels and what each can do', audience: 'account', response: z.object({ rows: z.array(channelManifest) }) }),
  mailboxes: endpoint({ name: 'mailbox.list', method: 'GET', path: '/mailboxes', summary: 'Mail addresses', audience: 'account', response: z.object({ rows: z.array(mailbox) }) }),
  addMailbox: endpoint({ name: 'mailbox.add', method: 'POST', path: '/mailboxes', summary: 'Add a mail address', audience: 'account',
    body: partialOf(mailboxSettings).extend({ address: email('Address'), queueId: mailboxSettings.queueId }), response: mailbox }),
  changeMailbox: endpoint({ name: 'mailbox.change', method: 'PATCH', path: '/mailboxes/:id', summary: 'Change a mail address', audience: 'account', params: byId,
    body: partialOf(mailboxSettings), response: mailbox }),
  widget: endpoint({ name: 'widget.read', method: 'GET', path: '/widget', summary: 'Settings of the widget', audience: 'account', response: widgetSettings }),
  changeWidget: endpoint({ name: 'widget.change', method: 'PATCH', path: '/widget', summary: 'Change the widget', audience: 'account', body: partialOf(widgetSettings.shape), response: widgetSettings }),
  identityKeys: endpoint({ name: 'identity-key.list', method: 'GET', path: '/widget/keys', summary: 'Keys with which sites sign who a visitor is; never the secrets', audience: 'account', response: z.object({ rows: z.array(identityKey).max(2) }) }),
  addIdentityKey: endpoint({ name: 'identity-key.add', method: 'POST', path: '/widget/keys', summary: 'Add a key; two may be active, so that one can replace the other', audience: 'account',
    body: z.strictObject({ id: keyName, algorithm: identityAlgorithm, publicKey: z.string().max(4000).exactOptional().describe('EdDSA: the Ed25519 public key as PEM') }), response: identityKey.extend({ secret: z.string().nullable().describe('HS256: the secret, shown this once') }) }),
  removeIdentityKey: endpoint({ name: 'identity-key.remove', method: 'DELETE', path: '/widget/keys/:key', summary: 'End a key: what it signed is refused at once', audience: 'account', params: z.strictObject({ key: keyName }), response: nothing }),
  publicWidget: endpoint({ name: 'widget.public', method: 'GET', path: '/help/widget', summary: 'What the widget needs to start; the brand is that of the page\'s host, else the one named', audience: 'public',
    query: z.strictObject({ brand: z.string().max(40).exactOptional().describe('Key of a brand') }),
    response: widgetSettings.pick({ title: true, colour: true, locale: true, askFor: true, consent: true, greetings: true }).extend({ company: z.string().describe('Company or brand name'), logoUrl: z.string().nullable().describe('Address of the brand\'s logo; null without one'), online: flag('Whether somebody is available now'), expectedWait: z.number().nullable().describe('Seconds'), opensAt: moment('When the queue opens again; null while it is open').nullable() }) }),
  sources: endpoint({ name: 'source.read', method: 'GET', path: '/sources', summary: 'Where calls and web forms go', audience: 'account', response: sourceSettings }),
  changeSources: endpoint({ name: 'source.change', method: 'PATCH', path: '/sources', summary: 'Change where calls and web forms go', audience: 'account', body: partialOf(sourceSettings.shape), response: sourceSettings }),
  callRecord: endpoint({ name: 'call-record.post', method: 'POST', path: '/calls/records', summary: 'A telephone system reports a call; also served as /api/calls/records', audience: 'account', body: callRecord, response: taken }),
  form: endpoint({ name: 'form.post', method: 'POST', path: '/forms', summary: 'A web form as JSON; HTML forms post to /forms/:form', audience: 'public', body: formPost, response: taken }),
  blocked: endpoint({ name: 'blocked.list', method: 'GET', path: '/blocked', summary: 'Blocked senders', audience: 'account', response: z.object({ rows: z.array(z.object({ value: z.string().describe('Address'), at: moment('Since when') })).describe('Blocked addresses') }) }),
  unblock: endpoint({ name: 'blocked.remove', method: 'DELETE', path: '/blocked/:value', summary: 'Accept messages of an address again', audience: 'account', params: z.strictObject({ value: line(254, 'Address') }), response: nothing }),
};
