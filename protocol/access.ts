import { z } from 'zod';
import { abilities } from './abilities';
import { endpoint } from './endpoint';
import { email, flag, id, line, locale, moment, nothing, page, paging, text } from './fields';

const ability = z.enum(abilities).describe('One thing a role allows');
const scope = z.enum(['own', 'team', 'all']).describe('How far the role reaches: own work, the queues of the team, everything');
const password = z.string().min(1).max(200).describe('Password, 10 to 200 characters when it is chosen');
const code = z.string().trim().max(40).describe('Six digits from the authenticator app, or a recovery code');
const token = z.string().min(20).max(200).describe('One-time token from a link');

/** Who logs in. */
export const account = z.object({
  id: id('Account id'),
  name: line(100, 'Name as colleagues and customers see it'),
  email: email('Address to log in with'),
  roles: z.array(z.string()).describe('Role names: agent, supervisor, author, administrator, technician or own ones'),
  teamId: id('Team').nullable(),
  locale: locale('Language of the console'),
  timeZone: line(60, 'IANA time zone, e.g. Europe/Lisbon'),
  secondFactor: flag('Whether an authenticator app is set up'),
  disabled: flag('Whether logging in is switched off'),
  invited: flag('Invited but not yet logged in'),
  createdAt: moment('When it was made'),
});
export type Account = z.output<typeof account>;

/** The reader themself: account, what they may do, and what the console needs to start. */
export const me = z.object({
  account,
  abilities: z.array(ability).describe('What the reader may do'),
  scope,
  csrf: z.string().describe('Send it back as X-CSRF-Token with every change'),
  company: z.object({ id: id('Company id'), name: line(100, 'Company name'), locale: locale('Default language'), timeZone: line(60, 'Default time zone') }).describe('The company the reader belongs to'),
});
export type Me = z.output<typeof me>;

const session = z.object({
  id: z.string().describe('Log-in id'), current: flag('The one asking'), createdAt: moment('Since when'), lastSeenAt: moment('Last request'),
  agentText: text(300, 'Browser as it called itself'), address: text(60, 'Network address'),
});
/** A log-in. */
export type Session = z.output<typeof session>;

const role = z.object({ name: line(40, 'Role name'), abilities: z.array(ability), scope, builtIn: flag('Shipped with Trunkline, cannot be removed') });
/** A role: a name for a set of abilities. */
export type Role = z.output<typeof role>;

const team = z.object({ id: id('Team id'), name: line(60, 'Team name') });
/** A team. */
export type Team = z.output<typeof team>;

const apiKey = z.object({
  id: id('Key id'), name: line(60, 'What it is for'), abilities: z.array(ability), prefix: z.string().describe('First characters, to recognise it'),
  createdAt: moment('When it was made'), lastUsedAt: moment('Last use').nullable(),
});
/** A key for machines, without its secret. */
export type ApiKey = z.output<typeof apiKey>;

const auditEntry = z.object({
  id: id('Entry id'), at: moment('When'), by: z.object({ kind: z.string().describe('account, machine or system'), id: z.string().nullable().describe('Its id, null for Trunkline itself'), name: z.string().describe('Its name then') }).describe('Who'),
  action: z.string().describe('verb, e.g. queue.changed'), subject: z.object({ kind: z.string().describe('What kind of thing'), id: z.string().nullable().describe('Its id, null for settings'), name: z.string().describe('Its name then') }).describe('What was changed'),
  before: z.record(z.string(), z.unknown()).describe('Changed fields before'), after: z.record(z.string(), z.unknown()).describe('Changed fields after'),
});
/** One administrative change. */
export type AuditEntry = z.output<typeof auditEntry>;

const byId = z.strictObject({ id: id('Which') });
const loggedIn = z.object({ me });
const accountInput = { name: line(100, 'Name'), roles: z.array(line(40, 'Role name')).min(1), teamId: id('Team').nullable().exactOptional() };

/** Endpoints of log-in, accounts, roles, keys and audit. */
export const accessEndpoints = {
  logIn: endpoint({ name: 'session.create', secret: true, method: 'POST', path: '/session', summary: 'Log in; sets the session cookie', audience: 'public',
    body: z.strictObject({ email: email('Address'), password, code: code.exactOptional() }), response: loggedIn }),
  logOut: endpoint({ name: 'session.end', method: 'DELETE', path: '/session', summary: 'Log out', audience: 'account', response: nothing }),
  me: endpoint({ name: 'me.read', method: 'GET', path: '/me', summary: 'Who I am and what I may do', audience: 'account', response: me }),
  changeMe: endpoint({ name: 'me.change', method: 'PATCH', path: '/me', summary: 'Change my name, language or time zone', audience: 'account',
    body: z.strictObject({ name: line(100, 'Name').exactOptional(), locale: locale('Language').exactOptional(), timeZone: line(60, 'IANA time zone').exactOptional() }), response: me }),
  changePassword: endpoint({ name: 'password.change', secret: true, method: 'POST', path: '/me/password', summary: 'Change my password; ends my other log-ins', audience: 'account',
    body: z.strictObject({ current: password, next: password }), response: nothing }),
  sessions: endpoint({ name: 'session.list', method: 'GET', path: '/me/sessions', summary: 'Where I am logged in', audience: 'account', response: z.object({ rows: z.array(session).describe('Log-ins, last used first') }) }),
  endSessions: endpoint({ name: 'session.endAll', method: 'DELETE', path: '/me/sessions', summary: 'Sign out everywhere else', audience: 'account', response: nothing }),
  startSecondFactor: endpoint({ name: 'second-factor.start', secret: true, method: 'POST', path: '/me/second-factor', summary: 'Get the secret for an authenticator app', audience: 'account',
    response: z.object({ secret: z.string().describe('Base32 secret'), uri: z.string().describe('otpauth:// address'), qr: z.string().describe('Picture of it as an SVG document') }) }),
  confirmSecondFactor: endpoint({ name: 'second-factor.confirm', secret: true, method: 'PUT', path: '/me/second-factor', summary: 'Switch the second factor on; answers the recovery codes once', audience: 'account',
    body: z.strictObject({ code }), response: z.object({ recoveryCodes: z.array(z.string()).describe('Ten codes, each good for one log-in') }) }),
  endSecondFactor: endpoint({ name: 'second-factor.end', method: 'DELETE', path: '/me/second-factor', summary: 'Switch the second factor off', audience: 'account',
    body: z.strictObject({ password }), response: nothing }),
  askReset: endpoint({ name: 'password.ask-reset', method: 'POST', path: '/password-resets', summary: 'Mail a reset link, if the address is known; the answer is the same either way', audience: 'public',
    body: z.strictObject({ email: email('Address') }), response: nothing }),
  readLink: endpoint({ name: 'link.read', method: 'POST', path: '/links/read', summary: 'What an invitation or reset link is for', audience: 'public',
    body: z.strictObject({ token }), response: z.object({ kind: z.enum(['invitation', 'reset', 'first']).describe('What the link does'), name: z.string().describe('Whom it is for'), email: z.string().describe('Their address, empty for the first administrator') }) }),
  useLink: endpoint({ name: 'link.use', secret: true, method: 'POST', path: '/links/use', summary: 'Choose a password by an invitation or reset link and log in', audience: 'public',
    body: z.strictObject({ token, password, name: line(100, 'Name').exactOptional(), email: email('Address, only for the first administrator').exactOptional() }), response: loggedIn }),
  accounts: endpoint({ name: 'account.list', method: 'GET', path: '/accounts', summary: 'Accounts of the company', audience: 'account', query: z.strictObject({ ...paging }), response: page(account) }),
  invite: endpoint({ name: 'account.invite', secret: true, method: 'POST', path: '/accounts', summary: 'Invite somebody; answers the link once', audience: 'account',
    body: z.strictObject({ email: email('Address'), ...accountInput, sendMail: z.boolean().default(true).describe('Mail the link to them') }), response: z.object({ account, link: z.string().describe('Invitation link, good for seven days') }) }),
  changeAccount: endpoint({ name: 'account.change', method: 'PATCH', path: '/accounts/:id', summary: 'Change name, roles, team or disable', audience: 'account', params: byId,
    body: z.strictObject({ name: line(100, 'Name').exactOptional(), roles: z.array(line(40, 'Role name')).min(1).describe('Roles').exactOptional(), teamId: id('Team').nullable().exactOptional(), disabled: flag('Switch logging in off').exactOptional() }), response: account }),
  resetAccount: endpoint({ name: 'account.reset', secret: true, method: 'POST', path: '/accounts/:id/reset', summary: 'Make a new link for somebody who lost password or phone', audience: 'account', params: byId,
    response: z.object({ link: z.string().describe('The new link, good for one hour') }) }),
  roles: endpoint({ name: 'role.list', method: 'GET', path: '/roles', summary: 'Roles and what they allow', audience: 'account', response: z.object({ rows: z.array(role).describe('Roles by name') }) }),
  putRole: endpoint({ name: 'role.put', method: 'PUT', path: '/roles/:name', summary: 'Make or change a role', audience: 'account', params: z.strictObject({ name: line(40, 'Role name') }),
    body: z.strictObject({ abilities: z.array(ability), scope }), response: role }),
  teams: endpoint({ name: 'team.list', method: 'GET', path: '/teams', summary: 'Teams', audience: 'account', response: z.object({ rows: z.array(team).describe('Teams by name') }) }),
  addTeam: endpoint({ name: 'team.add', method: 'POST', path: '/teams', summary: 'Add a team', audience: 'account', body: z.strictObject({ name: line(60, 'Name') }), response: team }),
  apiKeys: endpoint({ name: 'api-key.list', method: 'GET', path: '/api-keys', summary: 'Keys for machines', audience: 'account', response: z.object({ rows: z.array(apiKey).describe('Keys, newest first') }) }),
  addApiKey: endpoint({ name: 'api-key.add', secret: true, method: 'POST', path: '/api-keys', summary: 'Make a key; the secret is shown once', audience: 'account',
    body: z.strictObject({ name: line(60, 'What it is for'), abilities: z.array(ability).min(1) }), response: z.object({ apiKey: apiKey.describe('The key'), secret: z.string().describe('Send it as Authorization: Bearer') }) }),
  endApiKey: endpoint({ name: 'api-key.end', method: 'DELETE', path: '/api-keys/:id', summary: 'Revoke a key', audience: 'account', params: byId, response: nothing }),
  audit: endpoint({ name: 'audit.list', method: 'GET', path: '/audit', summary: 'Who changed what, newest first', audience: 'account', query: z.strictObject({ ...paging }), response: page(auditEntry) }),
  company: endpoint({ name: 'company.change', method: 'PATCH', path: '/company', summary: 'Change the company\'s name, language or time zone', audience: 'account',
    body: z.strictObject({ name: line(100, 'Name').exactOptional(), locale: locale('Language').exactOptional(), timeZone: line(60, 'IANA time zone').exactOptional() }), response: me.shape.company }),
};
