import type { HeaderField } from '../mime/header-block';
import { firstField } from '../mime/header-block';
import type { MailAddress } from '../types';
import { REPORT_PHRASES, REPORT_SUBJECTS } from './phrases';

/** What speaks for a report of a mail server. */
export interface Evidence {
  /** Sent by a mail server: `surely` for mailer-daemon and the like, `maybe` for postmaster and other roles, `hardly` for no-reply. */
  daemon: 'surely' | 'maybe' | 'hardly' | 'no';
  subject: boolean;
  /** Only a machine writes such a subject, or nobody is behind the envelope: a customer may well write "Delivery failed" about a parcel. */
  machine: boolean;
  text: boolean;
  /** A person answers or forwards something. */
  reply: boolean;
}

const DAEMON_ADDRESS = /^(?:mailer[-_.]?daemon|post_master|mail[-_.]?daemon|mdaemon|mailerdaemon|microsoftexchange[0-9a-f]{20,}|mail\.delivery\.system|.*smtp_mail_service)(?:[+@.\\]|$)/i;
const DAEMON_NAME = /mail(?:er)?[- ]?daemon|mail deliver|delivery (?:sub)?system|delivery status|delivery agent|delivery service/i;
const ROLE_ADDRESS = /^(?:postmaster|mail[-_.]?deliver(?:y|ance)?|majordomo|listserv|imss|bounces?|bounce-?handler|ndr|smtp)(?:[+@.\\]|$)/i;
/** Shops and programs of every kind write so too. */
const ANY_ADDRESS = /^(?:delivery|sysadmin|no[-_.]?reply|do-?not-?reply)(?:[+@.\\]|$)/i;
const ROLE_NAME = /postmaster|mail administrator|system administrator|mailserver|mail server|ndr administrator|content-filter/i;

function daemonKind(fields: readonly HeaderField[], from: MailAddress | null): Evidence['daemon'] {
  const raw = firstField(fields, 'from') ?? '';
  if (/<\s*>/.test(raw)) return 'surely';
  if (from === null) return raw === '' ? 'no' : 'maybe';
  if (DAEMON_ADDRESS.test(from.address) || DAEMON_NAME.test(from.name) || (from.address === '' && /daemon|postmaster/i.test(from.name))) return 'surely';
  if (ROLE_ADDRESS.test(from.address) || ROLE_NAME.test(from.name)) return 'maybe';
  return ANY_ADDRESS.test(from.address) ? 'hardly' : 'no';
}

/** Programs that put their verdict behind the subject they return. */
const MACHINE_END = /\((?:delivery failed|undeliverable)\)$|: non remis|mail failure\.?$/i;

/** The subject of a report, the returned one behind it. */
const MACHINE_BEGIN = /^(?:non-?delivery|undeliver(?:able|ed)|unzustellbar|nicht zustellbar|non remis|ndn|onbestelbaar|returned mail|no se puede entregar|non recapitabile|não é possível entregar|niedostarczaln[ey]|не удается доставить|배달되지 않음|配信不能|未送达|无法送达|無法傳遞) ?[:：] ?\S/i;
/** Languages without spaces put it anywhere. */
const ANYWHERE = /退信|전송 ?실패|전송에 실패|반송/;

function isBegin(subject: string): boolean {
  const lower = subject.trim().toLowerCase();
  return REPORT_SUBJECTS.some((words) => lower.startsWith(words)) || MACHINE_END.test(lower) || ANYWHERE.test(lower);
}

/** What the headers alone tell. */
export function weighHeaders(fields: readonly HeaderField[], mail: { subject: string; from: MailAddress | null }): Omit<Evidence, 'text'> {
  const subject = mail.subject.trim();
  const machine = MACHINE_END.test(subject) || MACHINE_BEGIN.test(subject) || /^\s*<\s*>/.test(firstField(fields, 'return-path') ?? '');
  return { daemon: daemonKind(fields, mail.from), subject: isBegin(subject), machine, reply: /^(?:re|aw|fwd?|wg|tr|sv|antw)\s*:/i.test(subject) && !MACHINE_END.test(subject) };
}

/** True when a text begins as reports do. */
export function readsLikeReport(text: string): boolean {
  const head = text.slice(0, 3000).toLowerCase().replace(/[\u2018\u2019]/g, "'").replace(/\s+/g, ' ');
  return REPORT_PHRASES.some((words) => head.includes(words));
}
