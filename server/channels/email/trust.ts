import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { MailTrust } from '../../../protocol';
import type { UnderstoodMail } from './understand';

/** Looks names up as mailauth asks for them: name and type of record → answers. Throws an error with a DNS code. */
export type MailResolver = (name: string, type: string) => Promise<unknown>;

const dns = new Resolver({ timeout: 3000, tries: 2 });
let resolver: MailResolver = (name, type) => dns.resolve(name, type);

/** Takes another way to look names up, for tests that need no network. */
export function setMailResolver(other: MailResolver): void {
  resolver = other;
}

const spamFrom = 5;
const strict = new Set(['reject', 'quarantine']);
// Addresses of our own network vouch for nobody: the mail came through a server of ours.
const inside = /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|::1$|f[cd]|fe80:|::ffff:(127|10|192\.168)\.)/i;

/** How a mail came to us. */
export interface MailWay {
  ip: string;
  helo: string;
  envelopeFrom: string;
}

interface Checked {
  spf: string;
  dkim: string;
  dmarc: string;
  policy: string;
}

/** Judges where a mail really came from (SPF, DKIM, DMARC) and whether it looks like spam. Undefined when there is nothing to judge by: it came from inside, unsigned. */
export async function judgeMail(raw: Buffer, mail: UnderstoodMail, way: MailWay): Promise<MailTrust | undefined> {
  const ip = isIP(way.ip) !== 0 && !inside.test(way.ip) ? way.ip : '';
  const head = raw.subarray(0, 100_000).toString('latin1').split(/\r?\n\r?\n/, 1)[0] ?? '';
  const signs = signsOf(head, mail);
  if (ip === '' && !/^dkim-signature:/im.test(head)) return signs.size === 0 ? undefined : verdictOf({ spf: 'none', dkim: 'none', dmarc: 'none', policy: '' }, signs);
  const checked = await check(raw, { ...way, ip });
  if (checked.dmarc === 'fail' && strict.has(checked.policy)) signs.set('dmarc-fail', spamFrom);
  if (checked.spf === 'fail' && checked.dmarc !== 'pass') signs.set('spf-fail', 2);
  return verdictOf(checked, signs);
}

function verdictOf(checked: Checked, signs: Map<string, number>): MailTrust {
  const score = [...signs.values()].reduce((sum, each) => sum + each, 0);
  const verdict = signs.has('dmarc-fail') ? 'forged' : score >= spamFrom ? 'spam' : checked.dmarc === 'pass' ? 'verified' : 'unknown';
  return { verdict, spf: checked.spf, dkim: checked.dkim, dmarc: checked.dmarc, score, signs: [...signs.keys()] };
}

// A filter before us has said so, or the mail lacks what every mail program writes.
function signsOf(head: string, mail: UnderstoodMail): Map<string, number> {
  const signs = new Map<string, number>();
  if (/^x-spam-(flag|status):\s*yes\b/im.test(head)) signs.set('filter', spamFrom);
  if (/^x-forefront-antispam-report:.*sfv:spm/im.test(head)) signs.set('filter', spamFrom);
  if (!mail.from?.address) signs.set('no-sender', 2);
  return signs;
}

// What mailauth says of a mail whose text is not the signed one; it calls that neutral.
const altered = 'body hash did not verify';

async function check(raw: Buffer, way: MailWay): Promise<Checked> {
  const { authenticate } = await import('mailauth');
  const result = await authenticate(raw, { ...(way.ip === '' ? {} : { ip: way.ip }), helo: way.helo, sender: way.envelopeFrom, mta: 'trunkline', disableArc: true, disableBimi: true, resolver: resolver as never }) as unknown as AuthResult;
  const dkim = result.dkim?.results?.map(({ status }) => (status?.comment === altered ? 'fail' : status?.result ?? 'none')) ?? [];
  return {
    spf: (result.spf && result.spf.status?.result) || 'none', dkim: dkim.includes('pass') ? 'pass' : dkim.includes('fail') ? 'fail' : 'none',
    dmarc: (result.dmarc && result.dmarc.status?.result) || 'none', policy: (result.dmarc && result.dmarc.policy) || '',
  };
}

interface Status { status?: { result?: string; comment?: string } }
interface AuthResult {
  spf?: Status | false;
  dkim?: { results?: Status[] };
  dmarc?: (Status & { policy?: string }) | false;
}
