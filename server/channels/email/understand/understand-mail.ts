import { isAutoReply } from './auto-reply';
import { readBounce } from './bounce/read-bounce';
import { htmlToText } from './html/html-to-text';
import { listHeadersOf, loopHeadersOf, messageIds } from './loop-headers';
import { parseAddresses, parseSender } from './mime/addresses';
import { collectBodies } from './mime/bodies';
import type { Bodies } from './mime/bodies';
import { parseDate } from './mime/dates';
import { decodeWords } from './mime/encoded-words';
import { firstField } from './mime/header-block';
import { leavesOf, readMailTree } from './mime/walk';
import type { MailPart } from './mime/walk';
import { extractReply } from './reply/extract-reply';
import type { MailAddress, UnderstoodMail } from './types';

export interface UnderstandOptions {
  /** Make `safeHtml` when the mail has HTML; this is what costs time. */
  safeHtml?: boolean;
}

/** HTML beyond this is read for its text only up to here. */
const MAX_HTML = 3_000_000;

/** Old Macintosh programs end lines with CR alone. */
function withLineFeeds(raw: Buffer): Buffer {
  return raw.includes(10) || !raw.includes(13) ? raw : Buffer.from(raw.latin1Slice(0, raw.length).replaceAll('\r', '\n'), 'latin1');
}

/** The charset the mail's text declares: the best guess for header bytes that declare none. */
function declaredCharset(root: MailPart): string {
  for (const part of leavesOf(root)) {
    const charset = part.type.parameters.get('charset');
    if (charset && part.type.value.startsWith('text/') && !/^utf-?(?:16|32|7)|^ucs/i.test(charset)) return charset;
  }
  return '';
}

function subjectOf(root: MailPart, fallback: string): string {
  return decodeWords(firstField(root.fields, 'subject') ?? '', fallback).replace(/[\u0000-\u0008\u000a-\u001f]+/g, ' ').trim();
}

function replyOf(bodies: Bodies, sender: MailAddress | null, report: boolean): { text: string; replyText: string } {
  if (report) {
    const text = bodies.plain ?? htmlToText((bodies.html ?? '').slice(0, MAX_HTML));
    return { text, replyText: text };
  }
  const html = bodies.html === null ? null : bodies.html.slice(0, MAX_HTML);
  if (bodies.plain !== null && (bodies.plain.trim() !== '' || html === null)) return { text: bodies.plain, replyText: extractReply(bodies.plain, sender) };
  if (html === null) return { text: '', replyText: '' };
  return { text: htmlToText(html), replyText: extractReply(htmlToText(html, { markQuotes: true }), sender) };
}

/** Reads a raw mail: who, what, which files, what is new in it, and whether a program wrote it. Never throws, whatever the bytes. */
export async function understandMail(bytes: Buffer, options: UnderstandOptions = {}): Promise<UnderstoodMail> {
  const raw = withLineFeeds(bytes);
  const root = readMailTree(raw);
  const { fields } = root;
  const fallback = declaredCharset(root);
  const addresses = (name: string): MailAddress[] => parseAddresses(fields.filter((field) => field.name === name).map((field) => field.value).join(', '), fallback);
  const subject = subjectOf(root, fallback);
  const from = parseSender(firstField(fields, 'from'), fallback);
  const bodies = collectBodies(raw, root, fallback);
  const { bounce, feedbackReport } = readBounce(raw, root, { subject, from, bodies });
  const mail: UnderstoodMail = {
    subject, from, to: addresses('to'), cc: addresses('cc'), replyTo: addresses('reply-to'),
    ...replyOf(bodies, from, bounce !== null), html: bodies.html, attachments: bodies.attachments,
    autoReply: bounce === null && !feedbackReport && isAutoReply(fields, subject, from?.address ?? ''),
    bounce, feedbackReport,
    messageId: messageIds(firstField(fields, 'message-id'))[0] ?? null,
    inReplyTo: messageIds(firstField(fields, 'in-reply-to'))[0] ?? null,
    references: messageIds(firstField(fields, 'references')),
    date: parseDate(firstField(fields, 'date')),
    listHeaders: listHeadersOf(fields),
    ...loopHeadersOf(fields, subject),
  };
  if (options.safeHtml && bodies.html !== null) {
    const { sanitiseMailHtml } = await import('./safe-html/sanitise');
    mail.safeHtml = await sanitiseMailHtml(bodies.html);
  }
  return mail;
}
