import type { House } from './house';

/** A good delivery of a channel as its receive gets it. */
export interface Sample {
  good: { content: Buffer; sourceId: string; meta: Record<string, string>; blobId: string };
  /** What must be in the text. */
  says: string;
  /** Who must be the sender. */
  from: string;
}

const mail = 'From: Nina <nina@example.org>\r\nTo: support@example.com\r\nSubject: Lamp\r\nMessage-ID: <lamp-1@example.org>\r\n\r\nThe lamp is broken.\r\n';
const call = { source: 'pbx', callId: 'c-1', direction: 'in', from: '+49 30 1234567', to: '100', startedAt: '2026-11-01T10:00:00.000Z', seconds: 12, outcome: 'missed', attributes: { topic: 'lamp' } };
const form = { form: 'contact-us', message: 'The lamp is broken.', email: 'nina@example.org', fields: { product: 'lamp' } };

/** The sample of a channel; null for channels whose deliveries come by socket and have tests of their own. */
export function samplesOf(channel: string, house: House): Sample | null {
  const base = { sourceId: `${channel}-1`, blobId: 'b', meta: {} };
  switch (channel) {
    case 'email': return { good: { ...base, content: Buffer.from(mail), meta: { mailboxId: house.mailboxId, recipient: 'support@example.com', envelopeFrom: 'nina@example.org' } }, says: 'lamp is broken', from: 'nina@example.org' };
    case 'voice': return { good: { ...base, content: Buffer.from(JSON.stringify(call)) }, says: 'Missed call', from: '+49301234567' };
    case 'webform': return { good: { ...base, content: Buffer.from(JSON.stringify(form)) }, says: 'lamp is broken', from: 'nina@example.org' };
    default: return null;
  }
}
