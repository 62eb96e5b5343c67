import type { Mailbox, MailCredentials, MailServer } from '../../../../protocol/mailboxes';

/** Where a mailbox lives: mail is forwarded to us, or fetched from a provider or any IMAP server. */
export type Home = 'listener' | 'google' | 'microsoft' | 'imap';
export const homes: readonly Home[] = ['imap', 'google', 'microsoft', 'listener'];

/** What the form about a mailbox holds. Secrets left empty stay as they are stored. */
export interface MailboxForm {
  address: string;
  name: string;
  queueId: string;
  signature: string;
  active: boolean;
  plusAddress: boolean;
  home: Home;
  imap: MailServer;
  smtp: MailServer;
  /** Mail leaves through the mailbox's own server, not that of the installation. */
  ownSmtp: boolean;
  signIn: 'password' | 'oauth2';
  password: string;
  clientId: string;
  clientSecret: string;
  refreshToken: string;
  tokenUrl: string;
  dkim: { domain: string; selector: string } | null;
}

type Pair = [imap: string, smtp: string, smtpPort: 465 | 587];
const known: Record<string, Pair> = {
  google: ['imap.gmail.com', 'smtp.gmail.com', 465], microsoft: ['outlook.office365.com', 'smtp.office365.com', 587],
};
const byDomain: Record<string, Pair | string> = {
  'gmail.com': 'google', 'googlemail.com': 'google', 'outlook.com': 'microsoft', 'hotmail.com': 'microsoft', 'live.com': 'microsoft',
  'icloud.com': ['imap.mail.me.com', 'smtp.mail.me.com', 587], 'me.com': ['imap.mail.me.com', 'smtp.mail.me.com', 587], 'yahoo.com': ['imap.mail.yahoo.com', 'smtp.mail.yahoo.com', 465],
  'gmx.net': ['imap.gmx.net', 'mail.gmx.net', 587], 'gmx.de': ['imap.gmx.net', 'mail.gmx.net', 587], 'web.de': ['imap.web.de', 'smtp.web.de', 587], 'naver.com': ['imap.naver.com', 'smtp.naver.com', 587],
  'daum.net': ['imap.daum.net', 'smtp.daum.net', 465], 'qq.com': ['imap.qq.com', 'smtp.qq.com', 465], '163.com': ['imap.163.com', 'smtp.163.com', 465],
};

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).trim().toLowerCase();

/** Where an address of this domain most likely lives. */
export function homeOf(address: string): Home {
  const found = byDomain[domainOf(address)];
  return found === 'google' || found === 'microsoft' ? found : 'imap';
}

/** The servers an address most likely has: those of its provider, else the usual names below its domain. */
export function serversOf(address: string, home: Home): { imap: MailServer; smtp: MailServer } {
  const domain = domainOf(address);
  const listed = byDomain[domain];
  const usual: Pair = domain ? [`imap.${domain}`, `smtp.${domain}`, 587] : ['', '', 587];
  const [imap, smtp, port] = known[home] ?? (Array.isArray(listed) ? listed : usual);
  const user = address.trim();
  return { imap: { host: imap, port: 993, user, security: 'tls' }, smtp: { host: smtp, port, user, security: port === 465 ? 'tls' : 'starttls' } };
}

const homeOfServer = (imap: MailServer | null): Home => (imap === null ? 'listener' : imap.host === known['google']?.[0] ? 'google' : imap.host === known['microsoft']?.[0] ? 'microsoft' : 'imap');

/** The form of a stored mailbox, or an empty one. */
export function formOf(mailbox: Mailbox | null): MailboxForm {
  const guess = serversOf(mailbox?.address ?? '', 'imap');
  return {
    address: mailbox?.address ?? '', name: mailbox?.name ?? '', queueId: mailbox?.queueId ?? '', signature: mailbox?.signature ?? '', active: mailbox?.active ?? true, plusAddress: mailbox?.plusAddress ?? true,
    home: mailbox ? homeOfServer(mailbox.imap) : 'imap', imap: mailbox?.imap ?? guess.imap, smtp: mailbox?.smtp ?? guess.smtp, ownSmtp: mailbox ? mailbox.smtp !== null : true,
    signIn: mailbox?.signIn === 'oauth2' ? 'oauth2' : 'password', password: '', clientId: '', clientSecret: '', refreshToken: '', tokenUrl: '', dkim: mailbox?.dkim ? { domain: mailbox.dkim.domain, selector: mailbox.dkim.selector } : null,
  };
}

/** What to log in with, as far as something was typed. */
export function credentialsOf(form: MailboxForm): MailCredentials | undefined {
  if (form.signIn === 'password') return form.password === '' ? undefined : { kind: 'password', password: form.password };
  if (form.refreshToken.trim() === '') return undefined;
  const provider = form.home === 'google' || form.home === 'microsoft' ? form.home : 'other';
  return { kind: 'oauth2', provider, clientId: form.clientId.trim(), clientSecret: form.clientSecret, refreshToken: form.refreshToken.trim(), ...(form.tokenUrl.trim() ? { tokenUrl: form.tokenUrl.trim() } : {}) };
}

/** Both directions and the log-in as the server takes them. */
export function reachOf(form: MailboxForm): { imap: MailServer | null; smtp: MailServer | null; credentials?: MailCredentials } {
  const credentials = credentialsOf(form);
  return { imap: form.home === 'listener' ? null : form.imap, smtp: form.ownSmtp ? form.smtp : null, ...(credentials ? { credentials } : {}) };
}
