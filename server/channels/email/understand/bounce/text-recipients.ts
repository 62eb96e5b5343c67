import { ORIGINAL_FOLLOWS } from './phrases';

/** A failed address as the text of a report names it, with the words around it. */
export interface NamedRecipient {
  address: string;
  diagnostic: string;
}

/** Letters of languages that put no space between a word and an address are no part of it. */
const ADDR = '[^\\s<>"\'(),:;\\[\\]|\\u3000-\\u9fff\\uac00-\\ud7af\\uff00-\\uffef]{1,80}@[A-Za-z0-9\\u0080-\\u2fff][A-Za-z0-9.\\u0080-\\u2fff-]{0,120}';
const BEGINS = new RegExp(`^[\\s*"'<>\\[({|-]{0,80}(?:smtp:)?(${ADDR})`, 'i');
const LABELLED = new RegExp(`^[\\s*>|-]{0,40}(?:(?:final|original|intended|failed|undeliverable|invalid)[ -])?(?:recipients?|address(?:es)?|addressed to|rcpt to|e-?mail|empfänger|destinataires?|destinatarios?|destinatari|destinatários?|ontvangers?|geadresseerden?|odbiorc[ay]|adresaci?|получател[ьи]|адресаты?)(?: address)?\\s{0,5}:\\s{0,20}[<"\\[(]{0,3}(?:smtp:)?(${ADDR})`, 'i');
/** The same labels in languages that need no colon, before an address among other letters. */
const LABELLED_EAST = /^[\s*>|-]{0,40}(?:收件人|收件者|收信人|받는 ?사람|수신자|수신인|宛先|送信先)[^@\w]{0,20}([\w.+-]{1,64}@[A-Za-z0-9.-]{1,120})/;
const PROSE = new RegExp(`(?:deliver(?:ed|y|ing)?|undeliverable|message|mail|addressed|generated|unknown user|no such user|mailbox|exceeds allowed size|userid|attempts|errors?|quota violation|recipient|smtp=|message-id in|wasn't found|rejected|an account)[^@]{0,60}?(?:\\bto\\b|\\bfor\\b|\\bin\\b|\\bfrom\\b|mailbox|recipient|:|=)\\s{0,5}[<"'\\[(]{0,3}(${ADDR})`, 'gi');
/** Where the word before the address says enough. */
const NEAR = new RegExp(`(?:smtp=|mailbox |wasn't delivered to )[<"']?(${ADDR})`, 'gi');
const TRANSCRIPT = new RegExp(`(?:^|\\s)(?:[45]\\d\\d[ -](?:[45]\\.\\d{1,3}\\.\\d{1,3} )?|>>> rcpt to: ?|rcpt to: ?)<(${ADDR})>`, 'gi');
/** As a header of the returned mail, in a report that says nothing else. */
const TO_LINE = new RegExp(`^\\s{0,10}(?:to|an|à|a|para|aan|do|кому)\\s{0,3}:\\s{0,5}[<"']{0,2}(${ADDR})`, 'i');
const ANY = new RegExp(`(${ADDR})`, 'gi');
const HEADER_LINE = /^(?:Received|Return-Path|Message-ID|DKIM-Signature|X-[A-Za-z-]{2,40}|Delivered-To|MIME-Version|Date|From):\s?\S/i;
const MAX_LINES = 3000;
const MAX_DIAGNOSTIC = 3000;
const MAX_RECIPIENTS = 1000;
const MAX_PARAGRAPH = 100;

/** Where the quoted mail begins in a report's text: a line that announces it, or a header that stands at the margin. */
export function originalStart(lines: readonly string[]): number {
  for (let i = 0; i < lines.length && i < MAX_LINES; i++) {
    const line = lines[i]!;
    if (/^(?:Received|Return-Path|DKIM-Signature|X-Received):\s?\S/i.test(line)) return i;
    if (line.length > 160) continue;
    const lower = line.toLowerCase();
    if (!ORIGINAL_FOLLOWS.some((words) => lower.includes(words))) continue;
    if (/^[\s|*>=-]*-{2,}|-{2,}[\s|]*$|follows?[.:]?\s*$|:\s*$|headers?[.:]?\s*$|line\.?:?\s*$|^\s*original message/i.test(line)) return i;
    const next = lines.slice(i + 1, i + 4).find((text) => text.trim() !== '');
    if (next !== undefined && HEADER_LINE.test(next)) return i;
  }
  return lines.length;
}

interface Hit {
  line: number;
  address: string;
}

function clean(address: string): string {
  return address.replace(/[.\-]+$/, '').replace(/^mailto:/i, '');
}

function hitsOf(lines: readonly string[], find: (line: string) => string[]): Hit[] {
  const hits: Hit[] = [];
  lines.forEach((line, i) => {
    if (line.length < 1000 && line.includes('@')) for (const address of find(line)) hits.push({ line: i, address: clean(address) });
  });
  return hits;
}

const first = (pattern: RegExp) => (line: string): string[] => {
  const match = pattern.exec(line);
  return match ? [match[1]!] : [];
};
const all = (pattern: RegExp) => (line: string): string[] => [...line.matchAll(pattern)].map((match) => match[1]!);

/** Where in a line an address may stand, the surest first. */
const FINDERS: ReadonlyArray<(line: string) => string[]> = [
  (line) => {
    const east = first(LABELLED_EAST)(line);
    return east.length > 0 ? east : [...first(LABELLED)(line), ...first(BEGINS)(line)];
  },
  (line) => [...all(PROSE)(line), ...all(NEAR)(line)],
  all(TRANSCRIPT),
];

function isHelpLine(lines: readonly string[], hit: Hit): boolean {
  const around = `${lines[hit.line - 1] ?? ''} ${lines[hit.line] ?? ''}`.toLowerCase();
  return /^(?:postmaster|abuse|support|helpdesk|help|admin|mailer-daemon|noc)@/i.test(hit.address) && /contact|assistance|send mail|reply to|forward|questions|help/.test(around);
}

/** For each hit the line where the next other address begins. */
function endsOf(hits: readonly Hit[], last: number): number[] {
  const ends = new Array<number>(hits.length);
  let until = last;
  for (let i = hits.length - 1; i >= 0; i--) {
    const next = hits[i + 1];
    if (next && next.address.toLowerCase() !== hits[i]!.address.toLowerCase()) until = next.line;
    ends[i] = until;
  }
  return ends;
}

function withDiagnostics(lines: readonly string[], hits: readonly Hit[]): NamedRecipient[] {
  const found = new Map<string, NamedRecipient>();
  const ends = endsOf(hits, lines.length);
  hits.forEach((hit, i) => {
    const key = hit.address.toLowerCase();
    const known = found.get(key);
    if (found.size >= MAX_RECIPIENTS || (known && known.diagnostic.length >= MAX_DIAGNOSTIC)) return;
    const until = Math.min(Math.max(hit.line + 1, ends[i]!), hit.line + MAX_PARAGRAPH);
    const text = lines.slice(hit.line, until).join('\n').slice(0, MAX_DIAGNOSTIC);
    if (known) known.diagnostic = `${known.diagnostic}\n${text}`.slice(0, MAX_DIAGNOSTIC);
    else found.set(key, { address: hit.address, diagnostic: text });
  });
  return [...found.values()];
}

/** Providers that list their own users without the domain: one name a line below "the following recipients …:". */
function bareNames(lines: readonly string[], domain: string): NamedRecipient[] {
  const at = lines.findIndex((line) => /following recipients?\b/i.test(line) && /:\s*$/.test(line));
  if (at < 0 || domain === '') return [];
  const names = lines.slice(at + 1).filter((line) => /^\s+[\w.-]{2,64}\s*$/.test(line)).map((line) => line.trim());
  return names.map((name) => ({ address: `${name}@${domain}`, diagnostic: lines[at]! }));
}

/**
 * Reads the failed addresses out of a report that is written for people. `own` are addresses that cannot have failed: the one the report
 * was sent to. `domain` completes names that stand alone: the one the report comes from.
 */
export function recipientsInText(lines: readonly string[], own: ReadonlySet<string>, domain = ''): NamedRecipient[] {
  for (const [tier, find] of FINDERS.entries()) {
    const bare = tier === 1 ? bareNames(lines, domain) : [];
    if (bare.length > 0) return bare;
    const hits = hitsOf(lines, find).filter((hit) => !own.has(hit.address.toLowerCase()) && !isHelpLine(lines, hit));
    if (hits.length > 0) return withDiagnostics(lines, hits);
  }
  return [];
}

/** The first addresses a report names at all, in whatever language it is written: only for what surely is one. */
export function anyInText(lines: readonly string[], own: ReadonlySet<string>): NamedRecipient[] {
  for (const find of [first(TO_LINE), all(ANY)]) {
    const hits = hitsOf(lines, find).filter((hit) => !own.has(hit.address.toLowerCase()) && !isHelpLine(lines, hit) && !/^(?:postmaster|abuse|support|helpdesk|admin|mailer-daemon|noc)@/i.test(hit.address));
    const line = hits[0]?.line;
    if (line !== undefined) return withDiagnostics(lines, hits.filter((hit) => hit.line === line));
  }
  return [];
}
