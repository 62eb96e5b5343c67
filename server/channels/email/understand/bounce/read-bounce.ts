import { htmlToText } from '../html/html-to-text';
import { messageIds } from '../loop-headers';
import { parseAddresses } from '../mime/addresses';
import type { Bodies } from '../mime/bodies';
import { partBytes } from '../mime/bodies';
import { firstField, readHeaderBlock } from '../mime/header-block';
import type { HeaderField } from '../mime/header-block';
import { leavesOf } from '../mime/walk';
import type { MailPart } from '../mime/walk';
import type { Bounce, BouncedRecipient, MailAddress } from '../types';
import { classifyRefusal, stageOf } from './classify';
import { STATUS_PART, actionOf, readGroups, recipientAddress, statusGroups } from './delivery-status';
import type { StatusGroup } from './delivery-status';
import { readsLikeReport, weighHeaders } from './evidence';
import { bestStatus } from './status-code';
import { anyInText, originalStart, recipientsInText } from './text-recipients';
import type { NamedRecipient } from './text-recipients';

export interface BounceContext {
  subject: string;
  from: MailAddress | null;
  bodies: Bodies;
}

export interface BounceReading {
  bounce: Bounce | null;
  /** An abuse report (ARF), which is no bounce. */
  feedbackReport: boolean;
}

interface Report {
  fields: readonly HeaderField[];
  groups: StatusGroup[];
  /** The part written for people, up to the quoted mail. */
  lines: string[];
  original: readonly HeaderField[];
  own: ReadonlySet<string>;
  /** Where the report comes from. */
  domain: string;
  /** The mail has not arrived yet; its server goes on trying. */
  delayed: boolean;
}

const NOTHING: BounceReading = { bounce: null, feedbackReport: false };
const MAX_TEXT = 200_000;
const FAILED = new Set(['failed', 'failure', 'delayed', 'expired', 'undeliverable', '']);

function isFeedback(root: MailPart, leaves: readonly MailPart[], context: BounceContext): boolean {
  if (root.type.parameters.get('report-type')?.toLowerCase() === 'feedback-report') return true;
  if (leaves.some((part) => part.type.value === 'message/feedback-report')) return true;
  return /^staff@hotmail\./i.test(context.from?.address ?? '') && /^complaint about message from/i.test(context.subject);
}

function originalFields(raw: Buffer, leaves: readonly MailPart[], quoted: string): readonly HeaderField[] {
  const part = leaves.find((leaf) => /^(?:message\/(?:rfc822|global|partial|rfc822-headers|global-headers)|text\/rfc822-headers?)$/.test(leaf.type.value));
  const bytes = part ? partBytes(raw, part) : Buffer.from(quoted, 'utf8');
  return readHeaderBlock(bytes, { start: 0, end: bytes.length, root: true }).fields;
}

/** The header lines in what follows the announcement of the quoted mail. */
function quotedHeaders(lines: readonly string[], from: number): string {
  const start = lines.findIndex((line, i) => i >= from && /^\s*[A-Za-z][A-Za-z-]{1,40}:\s?\S/.test(line));
  return start < 0 ? '' : lines.slice(start, start + 200).map((line) => line.replace(/^ {1,8}(?=[A-Za-z-]{2,40}: )/, '')).join('\n');
}

const DELAYED_SUBJECT = /^(?:warning: (?:message|could not send)|delayed|delivery (?:delayed|incomplete|temporarily)|message delayed)|\bdelayed?\b.*\bhours?\b|\(delay\)$/i;
const DELAYED_TEXT = /has not yet been delivered|has not been delivered yet|not yet been able to deliver|will (?:continue|keep) trying|still being retried/i;

function isDelayNotice(subject: string, lines: readonly string[]): boolean {
  return DELAYED_SUBJECT.test(subject.trim()) || DELAYED_TEXT.test(lines.slice(0, 60).join(' ').slice(0, 5000));
}

function readReport(raw: Buffer, { root, leaves }: { root: MailPart; leaves: readonly MailPart[] }, { bodies, from, subject }: BounceContext): Report {
  const text = (bodies.plain !== null && bodies.plain.trim() !== '' ? bodies.plain : bodies.html === null ? '' : htmlToText(bodies.html.slice(0, MAX_TEXT))).slice(0, MAX_TEXT);
  const all = text.split('\n').map((line) => line.replace(/\u00a0/g, ' '));
  const cut = originalStart(all);
  const lines = all.slice(0, cut);
  const groups = statusGroups(raw, leaves);
  const loose = groups.length > 0 ? [] : readGroups(all.map((line) => line.trimEnd()).join('\n')).filter((group) => group.has('final-recipient') && group.has('action'));
  const own = new Set(['to', 'delivered-to'].flatMap((name) => parseAddresses(firstField(root.fields, name))).map((to) => to.address.toLowerCase()));
  return { fields: root.fields, groups: [...groups, ...loose], lines, original: originalFields(raw, leaves, quotedHeaders(all, cut)), own, domain: from?.address.split('@')[1] ?? '', delayed: isDelayNotice(subject, lines) };
}

function recipient(address: string, stated: string, says: { diagnostic: string; context: string; delayed: boolean }): BouncedRecipient {
  const { diagnostic, context, delayed } = says;
  const status = bestStatus(stated, diagnostic) || bestStatus('', context);
  return { address, status, type: classifyRefusal({ diagnostic, context, status, stage: stageOf(`${diagnostic}\n${context}`), delayed }), delayed, diagnostic: diagnostic.replace(/\s+/g, ' ').trim().slice(0, 1000) };
}

function addressOf(group: StatusGroup): string {
  return recipientAddress(group.get('original-recipient')) || recipientAddress(group.get('final-recipient')) || recipientAddress(group.get('x-actual-recipient'));
}

/** Recipients of the machine-readable part. Text of the same report fills in what it leaves open. */
function fromGroups(report: Report): BouncedRecipient[] {
  const alone = report.groups.filter((group) => addressOf(group) !== '').length < 2;
  const named = alone ? [] : namedIn(report);
  const found = new Map<string, BouncedRecipient>();
  for (const group of report.groups) {
    const action = actionOf(group);
    const address = addressOf(group);
    if (address === '' || !FAILED.has(action)) continue;
    const diagnostic = [group.get('diagnostic-code'), group.get('x-powermta-bouncecategory')].filter(Boolean).join(' ');
    const context = alone ? report.lines.join('\n') : (named.find((one) => one.address.toLowerCase() === address.toLowerCase())?.diagnostic ?? '');
    const read = recipient(address, group.get('status') ?? '', { diagnostic, context, delayed: action === 'delayed' });
    if (!found.has(address.toLowerCase())) found.set(address.toLowerCase(), read);
  }
  return [...found.values()];
}

function namedIn(report: Report): NamedRecipient[] {
  const failed = parseAddresses(report.fields.filter((field) => field.name === 'x-failed-recipients').map((field) => field.value).join(', ')).filter((to) => to.address !== '');
  const named = recipientsInText(report.lines, report.own, report.domain);
  if (failed.length === 0) return named;
  return failed.map(({ address }) => named.find((one) => one.address.toLowerCase() === address.toLowerCase()) ?? { address, diagnostic: report.lines.join('\n') });
}

function fromText(report: Report): BouncedRecipient[] {
  const context = report.lines.join('\n');
  const delayed = report.delayed;
  let named = namedIn(report);
  if (named.length === 0) named = parseAddresses(firstField(report.original, 'to')).filter((to) => to.address.includes('@')).slice(0, 1).map(({ address }) => ({ address, diagnostic: context }));
  if (named.length === 0) named = anyInText(report.lines, report.own);
  return named.map(({ address, diagnostic }) => recipient(address, '', { diagnostic, context: named.length === 1 ? context : '', delayed }));
}

type HeaderEvidence = ReturnType<typeof weighHeaders>;

/** A part or header that only mail servers write. */
function isMarked(root: MailPart, leaves: readonly MailPart[]): boolean {
  return root.type.parameters.get('report-type')?.toLowerCase() === 'delivery-status' || firstField(root.fields, 'x-failed-recipients') !== null || leaves.some((part) => STATUS_PART.test(part.type.value));
}

/** Words about mail rather than parcels. */
const ABOUT_MAIL = /e-?mail|mailbox|smtp|\b[45]\d\d[ -]|\b[45]\.\d{1,3}\.\d/i;

function isReport(report: Report, evidence: HeaderEvidence, marked: boolean): boolean {
  const named = report.groups.filter((group) => addressOf(group) !== '');
  if (named.length > 0) return named.some((group) => FAILED.has(actionOf(group)));
  if (marked) return true;
  const text = readsLikeReport(report.lines.join('\n'));
  const returned = firstField(report.original, 'from') !== null || firstField(report.original, 'received') !== null;
  const names = (): boolean => recipientsInText(report.lines, report.own, report.domain).length > 0;
  if (evidence.daemon === 'surely') return evidence.subject || text;
  if (evidence.reply && !(evidence.daemon === 'maybe' && (returned || evidence.machine) && text)) return false;
  if (evidence.daemon === 'hardly') return text && returned || evidence.subject && text && names() && ABOUT_MAIL.test(report.lines.join('\n'));
  if (evidence.daemon === 'maybe') return evidence.subject ? text || returned || names() : text && (returned || evidence.machine);
  return evidence.subject && text && (evidence.machine || returned) && names();
}

/** A person shows us a report they got: its parts are attached to a mail of their own. */
function isShown(root: MailPart, evidence: HeaderEvidence): boolean {
  if (evidence.daemon !== 'no' || evidence.machine || evidence.subject && !evidence.reply) return false;
  return root.type.value === 'multipart/mixed' && firstField(root.fields, 'x-failed-recipients') === null;
}

function bounceOf(recipients: BouncedRecipient[], originalMessageId: string | null): Bounce {
  return { type: recipients.length > 0 && recipients.every((one) => one.type === 'hard') ? 'hard' : 'soft', recipients, originalMessageId };
}

/** Amazon SES by SNS: the report is JSON, wrapped and escaped in several ways. */
function sesRecipients(text: string): BouncedRecipient[] {
  if (!/^\s*\{/.test(text) || !text.includes('bouncedRecipients')) return [];
  const flat = text.slice(0, MAX_TEXT).replace(/!\n /g, '').replace(/\\"/g, '"');
  const list = flat.slice(flat.indexOf('bouncedRecipients')).split(']', 1)[0] ?? '';
  return list.split('}').flatMap((entry) => {
    const field = (name: string): string => new RegExp(`"${name}"\\s{0,5}:\\s{0,5}"([^"]{0,2000})"`).exec(entry)?.[1] ?? '';
    const address = field('emailAddress');
    return address === '' ? [] : [recipient(address, field('status'), { diagnostic: field('diagnosticCode'), context: '', delayed: false })];
  });
}

/** Decides whether a mail reports that another could not be delivered, and to whom. */
export function readBounce(raw: Buffer, root: MailPart, context: BounceContext): BounceReading {
  const leaves = leavesOf(root);
  const notified = sesRecipients(context.bodies.plain ?? '');
  if (notified.length > 0) return { bounce: bounceOf(notified, null), feedbackReport: false };
  if (isFeedback(root, leaves, context)) return { bounce: null, feedbackReport: true };
  const evidence = weighHeaders(root.fields, context);
  const marked = isMarked(root, leaves);
  if (!marked && evidence.daemon === 'no' && (!evidence.subject || evidence.reply)) return NOTHING;
  const report = readReport(raw, { root, leaves }, context);
  if (!isReport(report, evidence, marked) || isShown(root, evidence)) return NOTHING;
  const machine = fromGroups(report);
  const recipients = machine.length > 0 ? machine : fromText(report);
  return { bounce: bounceOf(recipients, messageIds(firstField(report.original, 'message-id'))[0] ?? null), feedbackReport: false };
}
