import { createHash } from 'node:crypto';

/** Recognises the same mail when it comes again: its Message-ID, subject and body; the way it took (Received lines) may differ. */
export function sourceIdOf(mailboxId: string, raw: Buffer): string {
  const end = headerEnd(raw);
  const head = raw.subarray(0, Math.min(end, 200_000)).toString('latin1');
  const messageId = /^message-id:\s*(?:\r?\n\s+)?(\S{1,300})/im.exec(head)?.[1] ?? '';
  const subject = /^subject:(.*)/im.exec(head)?.[1]?.trim() ?? '';
  const hash = createHash('sha256').update(messageId).update('\n').update(subject).update('\n').update(raw.subarray(end)).digest('base64url');
  return `${mailboxId}:${hash}`;
}

function headerEnd(raw: Buffer): number {
  const places = [raw.indexOf('\r\n\r\n'), raw.indexOf('\n\n')].filter((place) => place >= 0);
  return places.length === 0 ? raw.length : Math.min(...places);
}
