import { createHash } from 'node:crypto';

const hourMs = 3_600_000;

/** Recognises the same mail when it comes again: its Message-ID, subject and body; the way it took (Received lines) may differ. Without a Message-ID also who wrote it, to whom and when (`arrived`, to the hour, if it has no date either): two people may say the same, and an alarm may ring again. */
export function sourceIdOf(mailboxId: string, raw: Buffer, arrived: number): string {
  const end = headerEnd(raw);
  const head = raw.subarray(0, Math.min(end, 200_000)).toString('latin1');
  const messageId = /^message-id:[ \t]*(?:\r?\n[ \t]+)?(\S{1,300})/im.exec(head)?.[1] ?? '';
  const field = (name: string): string => new RegExp(`^${name}:(.*(?:\\r?\\n[ \\t]+.*)*)`, 'im').exec(head)?.[1]?.trim() ?? '';
  const subject = /^subject:(.*)/im.exec(head)?.[1]?.trim() ?? '';
  const named = /^<\s*>?$|^$/.test(messageId) ? [field('from'), field('to'), field('date') || Math.floor(arrived / hourMs)].join('\n') : messageId;
  const hash = createHash('sha256').update(named).update('\n').update(subject).update('\n').update(raw.subarray(end)).digest('base64url');
  return `${mailboxId}:${hash}`;
}

function headerEnd(raw: Buffer): number {
  const places = [raw.indexOf('\r\n\r\n'), raw.indexOf('\n\n')].filter((place) => place >= 0);
  return places.length === 0 ? raw.length : Math.min(...places);
}
