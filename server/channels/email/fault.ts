import type { MailCheck } from '../../../protocol';
import { TokenRefused } from './access-token';

/** What is wrong with a mail server, in a code people get a sentence for, and what the server said. */
export interface Fault {
  code: MailCheck['code'];
  detail: string;
}

const dns = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EDNS', 'ENODATA']);
const refused = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH']);
const late = new Set(['ETIMEDOUT', 'ETIMEOUT', 'CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'UPGRADE_TIMEOUT']);
const tls = /certificate|self.signed|ssl|tls|altname|wrong version number|starttls/i;
const quota = /quota|over ?limit|mailbox (is )?full|storage|\b5\.2\.2\b|\b4\.2\.2\b/i;

interface Thrown {
  code?: string;
  responseCode?: number;
  command?: string;
  authenticationFailed?: boolean;
  mailboxMissing?: boolean;
  response?: string;
  responseText?: string;
}

/** Reads an error of a connection, a log-in or a refusal. */
export function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return { code: 'other', detail: String(error).slice(0, 500) };
  const told = error as Error & Thrown;
  const detail = [told.message, told.responseText ?? (typeof told.response === 'string' ? told.response : '')].filter(Boolean).join(': ').slice(0, 500);
  return { code: codeOf(told, detail), detail };
}

function codeOf(told: Error & Thrown, detail: string): Fault['code'] {
  const code = told.code ?? '';
  if (told instanceof TokenRefused || told.authenticationFailed || code === 'EAUTH' || told.responseCode === 535) return 'log-in';
  if (dns.has(code) || /getaddrinfo/.test(detail)) return 'dns';
  if (refused.has(code) || detail.includes('ECONNREFUSED')) return 'refused';
  if (late.has(code) || told.name === 'TimeoutError') return 'timeout';
  if (quota.test(detail)) return 'quota';
  if (told.mailboxMissing) return 'folder';
  if (tls.test(`${code} ${detail}`)) return 'tls';
  return told.command === 'MAIL FROM' || told.responseCode === 550 || told.responseCode === 553 ? 'sender' : 'other';
}
