// Understanding a mail without a server: next to mailparser on the same mails, and what cleaning its HTML costs.
import { simpleParser } from 'mailparser';
import { sanitiseMailHtml } from '../../server/channels/email';
import { stopSanitiser, understandMail } from '../../server/channels/email/understand';
import { interleaved, median, type Bench } from '../harness';
import { mailKinds, makeMail } from './mails';

const mails = (count: number): Buffer[] => Array.from({ length: count }, (_, n) => Buffer.from(makeMail(mailKinds[n % mailKinds.length] ?? 'plain', n).raw));

async function perSecond(all: Buffer[], read: (raw: Buffer) => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  for (const raw of all) await read(raw);
  return (all.length * 1000) / (performance.now() - begin);
}

async function safeHtmlMs(all: Buffer[]): Promise<number> {
  const times: number[] = [];
  for (const raw of all) {
    const { html } = await understandMail(raw);
    if (html === null) continue;
    const begin = performance.now();
    await sanitiseMailHtml(html);
    times.push(performance.now() - begin);
  }
  await stopSanitiser();
  // The first few wait for the sanitiser to load.
  return median(times.slice(3));
}

/** Rows parse_ratio and safehtml_ms. */
export async function measureReading(b: Bench): Promise<void> {
  const all = mails(b.quick ? 300 : 1000);
  for (const raw of all.slice(0, 50)) {
    const [ours, theirs] = [await understandMail(raw), await simpleParser(raw)];
    if (ours.subject !== theirs.subject || ours.attachments.length !== theirs.attachments.length) b.fault(`a mail was read as "${ours.subject}"`);
  }
  const verdict = await interleaved({ rounds: b.quick ? 3 : 7, ours: () => perSecond(all, understandMail), limit: () => perSecond(all, simpleParser), progress: (text) => b.progress(`reading mails beside mailparser: ${text}`) });
  b.compare({ metric: 'parse_ratio', unit: '1/s', limit: 'mailparser simpleParser', bar: '≥ 1.5' }, verdict);
  b.row({ metric: 'safehtml_ms', value: await safeHtmlMs(all.slice(0, b.quick ? 100 : 400)), unit: 'ms' });
}
