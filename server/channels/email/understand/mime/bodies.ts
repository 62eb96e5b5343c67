import type { MailAttachment } from '../types';
import { decodeBytes } from './charset';
import { lastField } from './header-block';
import { parseStructured } from './parameters';
import { UUENCODE, decodeTransfer } from './transfer-encoding';
import { decodeUuencoded } from './uuencode';
import type { MailPart } from './walk';

export interface Bodies {
  /** The plain text parts, or null when there are none. */
  plain: string | null;
  html: string | null;
  attachments: MailAttachment[];
}

/** The decoded bytes of a leaf. */
export function partBytes(raw: Buffer, part: MailPart): Buffer {
  return decodeTransfer(raw.subarray(part.start, part.end), lastField(part.fields, 'content-transfer-encoding'));
}

/** The decoded text of a leaf. */
export function partText(raw: Buffer, part: MailPart): string {
  const bytes = partBytes(raw, part);
  const charset = part.type.parameters.get('charset') ?? (part.type.value === 'text/html' ? metaCharset(bytes) : null);
  return decodeBytes(bytes, charset).replace(/\r\n?/g, '\n');
}

/** What HTML without a declared charset says of itself. */
function metaCharset(bytes: Buffer): string | null {
  return /<meta[^>]{1,200}charset\s?=\s?["']?([\w:-]{2,40})/i.exec(bytes.latin1Slice(0, Math.min(bytes.length, 2048)))?.[1] ?? null;
}

/** A parameter; bytes that are no ASCII are read by the charset of the mail's text. */
function parameterOf(part: MailPart, [field, name]: [string, string], fallback: string): string | undefined {
  const source = lastField(part.fields, field);
  if (source !== null && /[\x80-\xff]/.test(source)) return parseStructured(source, fallback).parameters.get(name);
  return (field === 'content-type' ? part.type : part.disposition).parameters.get(name);
}

function nameOf(part: MailPart, fallback = ''): string | null {
  const name = parameterOf(part, ['content-disposition', 'filename'], fallback) ?? parameterOf(part, ['content-disposition', 'name'], fallback) ?? parameterOf(part, ['content-type', 'name'], fallback) ?? '';
  return name.trim() === '' ? null : name.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
}

function contentIdOf(part: MailPart): string | null {
  const id = (lastField(part.fields, 'content-id') ?? '').replace(/^\s*<|>\s*$/g, '').trim();
  return id === '' ? null : id;
}

interface Place {
  /** It is what the other parts of a multipart/related belong to, or the first of another multipart. */
  first: boolean;
  parent: MailPart | null;
}

/** RFC 8621, 4.1.4: text that is shown, as opposed to text that is a file. */
function isBody(part: MailPart, place: Place): boolean {
  const type = part.type.value;
  if (type !== 'text/plain' && type !== 'text/html') return false;
  if (part.disposition.value === 'attachment') return false;
  if (place.parent === null || place.first) return true;
  if (place.parent.type.value === 'multipart/related') return false;
  return nameOf(part) === null;
}

/** The part of a multipart that is read first: in multipart/related the one that `start` names, or the first that can be shown. */
function firstOf(part: MailPart): MailPart | undefined {
  if (part.type.value !== 'multipart/related') return part.children[0];
  const start = part.type.parameters.get('start')?.replace(/^\s*<|>\s*$/g, '');
  const named = start ? part.children.find((child) => contentIdOf(child) === start) : undefined;
  return named ?? part.children.find((child) => /^(?:text|multipart)\//.test(child.type.value)) ?? part.children[0];
}

/** Kinds of text that are data rather than something to read. */
const DATA = /^text\/(?:calendar|x?-?vcard|directory|csv|css|xml|javascript|rtf|rfc822|tab|x-(?:vcard|vcalendar|amp))/;

/** Text of another kind (enriched, markdown …) without a name: a file, and what is shown when the mail has no other text. */
function isReadable(part: MailPart): boolean {
  return part.type.value.startsWith('text/') && !DATA.test(part.type.value) && part.disposition.value !== 'attachment' && nameOf(part) === null;
}

class Collector {
  readonly plain: string[] = [];
  readonly html: string[] = [];
  readonly attachments: MailAttachment[] = [];
  private readonly unfinished: MailPart[] = [];

  constructor(private readonly raw: Buffer, private readonly fallback: string) {}

  visit(part: MailPart, place: Place): void {
    if (part.children.length > 0) {
      const first = firstOf(part);
      for (const child of part.children) this.visit(child, { first: child === first, parent: part });
      return;
    }
    if (part.type.value.startsWith('multipart/')) return;
    if (isBody(part, place) && !part.truncated) this.add(part);
    else this.attach(part, isBody(part, place) || isReadable(part));
  }

  private add(part: MailPart): void {
    const text = partText(this.raw, part);
    (part.type.value === 'text/html' ? this.html : this.plain).push(text);
  }

  private attach(part: MailPart, body: boolean): void {
    if (body) this.unfinished.push(part);
    const content = partBytes(this.raw, part);
    const disposition = part.disposition.value === 'attachment' || part.disposition.value === 'inline' ? part.disposition.value : null;
    const filename = nameOf(part, this.fallback) ?? this.uuName(part);
    this.attachments.push({ filename, contentType: part.type.value, size: content.length, contentId: contentIdOf(part), disposition, truncated: part.truncated, content });
  }

  /** A file that is named nowhere but in its own first line. */
  private uuName(part: MailPart): string | null {
    const encoding = lastField(part.fields, 'content-transfer-encoding')?.trim().toLowerCase() ?? '';
    return UUENCODE.test(encoding) ? decodeUuencoded(this.raw.subarray(part.start, part.end))?.name ?? null : null;
  }

  /** What the end of the mail cut off is shown too when there is nothing else to show. */
  showUnfinished(): void {
    for (const part of this.unfinished) {
      const html = part.type.value === 'text/html';
      if ((html ? this.html : this.plain).length === 0) this.add(part);
    }
  }
}

/** Sorts the leaves into text, HTML and files; every leaf ends up in at least one of them. */
export function collectBodies(raw: Buffer, root: MailPart, fallback = ''): Bodies {
  const collector = new Collector(raw, fallback);
  if (root.children.length === 0 && !root.type.value.startsWith('multipart/')) root.truncated = root.truncated && root.end > root.start;
  collector.visit(root, { first: true, parent: null });
  collector.showUnfinished();
  const { plain, html, attachments } = collector;
  return { plain: plain.length === 0 ? null : plain.join('\n'), html: html.length === 0 ? null : html.join('\n'), attachments };
}
