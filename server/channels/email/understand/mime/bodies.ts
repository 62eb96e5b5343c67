import type { MailAttachment } from '../types';
import { decodeBytes } from './charset';
import { lastField } from './header-block';
import { decodeTransfer } from './transfer-encoding';
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
  return decodeBytes(bytes, part.type.parameters.get('charset') ?? null).replace(/\r\n?/g, '\n');
}

function nameOf(part: MailPart): string | null {
  const name = part.disposition.parameters.get('filename') ?? part.type.parameters.get('name') ?? '';
  return name.trim() === '' ? null : name.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
}

function contentIdOf(part: MailPart): string | null {
  const id = (lastField(part.fields, 'content-id') ?? '').replace(/^\s*<|>\s*$/g, '').trim();
  return id === '' ? null : id;
}

interface Place {
  index: number;
  parent: MailPart | null;
}

/** RFC 8621, 4.1.4: text that is shown, as opposed to text that is a file. */
function isBody(part: MailPart, place: Place): boolean {
  const type = part.type.value;
  if (type !== 'text/plain' && type !== 'text/html') return false;
  if (part.disposition.value === 'attachment') return false;
  if (place.parent === null || place.index === 0) return true;
  if (place.parent.type.value === 'multipart/related') return false;
  return nameOf(part) === null;
}

class Collector {
  readonly plain: string[] = [];
  readonly html: string[] = [];
  readonly attachments: MailAttachment[] = [];
  private readonly unfinished: MailPart[] = [];

  constructor(private readonly raw: Buffer) {}

  visit(part: MailPart, place: Place): void {
    if (part.children.length > 0) {
      part.children.forEach((child, index) => this.visit(child, { index, parent: part }));
      return;
    }
    if (part.type.value.startsWith('multipart/')) return;
    if (isBody(part, place) && !part.truncated) this.add(part);
    else this.attach(part, isBody(part, place));
  }

  private add(part: MailPart): void {
    const text = partText(this.raw, part);
    (part.type.value === 'text/html' ? this.html : this.plain).push(text);
  }

  private attach(part: MailPart, body: boolean): void {
    if (body) this.unfinished.push(part);
    const content = partBytes(this.raw, part);
    const disposition = part.disposition.value === 'attachment' || part.disposition.value === 'inline' ? part.disposition.value : null;
    this.attachments.push({ filename: nameOf(part), contentType: part.type.value, size: content.length, contentId: contentIdOf(part), disposition, truncated: part.truncated, content });
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
export function collectBodies(raw: Buffer, root: MailPart): Bodies {
  const collector = new Collector(raw);
  if (root.children.length === 0 && !root.type.value.startsWith('multipart/')) root.truncated = root.truncated && root.end > root.start;
  collector.visit(root, { index: 0, parent: null });
  collector.showUnfinished();
  const { plain, html, attachments } = collector;
  return { plain: plain.length === 0 ? null : plain.join('\n'), html: html.length === 0 ? null : html.join('\n'), attachments };
}
