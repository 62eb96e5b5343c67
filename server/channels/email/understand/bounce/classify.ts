import type { BounceType } from '../types';
import { HARD_FIRST, HARD_PHRASES, SOFT_PHRASES } from './phrases';

export interface Refusal {
  /** What the server said. */
  diagnostic: string;
  /** The rest of the report, asked when the server's own words tell nothing. */
  context: string;
  status: string;
  /** The command it answered, in lower case, when the report shows it. */
  stage: string;
  delayed: boolean;
}

/** Codes that say by themselves that there is no such address. */
const HARD_CODES = new Set(['5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10', '5.4.4']);
const MAX_TEXT = 6000;

function says(text: string, phrases: readonly string[]): boolean {
  return phrases.some((phrase) => text.includes(phrase));
}

/** Words of the refusal without addresses, host names and links, which may contain any word. */
function wordsOf(diagnostic: string): string {
  return diagnostic.slice(0, MAX_TEXT).toLowerCase().replace(/https?:\/\/[^\s<>"]+/g, (link) => (LISTS.test(link) ? ' blocklist ' : ' ')).replace(/[^\s<>"'(),:;[\]\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]+@[^\s<>"'(),;[\]\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]+/g, ' ').replace(/[(<["'] *[)>\]"']/g, ' ').replace(/[\u2018\u2019]/g, "'").replace(/\s+/g, ' ');
}

const LISTS = /spamhaus|spamcop|barracuda|sorbs|dnsbl|\brbl|senderscore|abuseat/;

/** Codes of class 5.2 speak of a mailbox that exists; only an answer to RCPT says otherwise. */
function contradicts(refusal: Refusal): boolean {
  if (refusal.status.startsWith('5.2.')) return refusal.stage !== 'rcpt' && !/bad-mailbox/.test(refusal.diagnostic);
  return refusal.stage === 'data' && !HARD_CODES.has(refusal.status);
}

function judge(text: string, refusal: Refusal): BounceType | null {
  const words = wordsOf(text);
  if (says(words, HARD_FIRST)) return refusal.status.startsWith('4') ? 'soft' : 'hard';
  if (says(words, SOFT_PHRASES)) return 'soft';
  if (says(words, HARD_PHRASES)) return contradicts(refusal) ? 'soft' : 'hard';
  return null;
}

/**
 * Hard or soft. An unknown user refused at the end of the data is a content filter hiding behind that answer: the address was
 * accepted a moment before.
 */
export function classifyRefusal(refusal: Refusal): BounceType {
  if (refusal.delayed) return 'soft';
  const byWords = judge(refusal.diagnostic, refusal);
  if (byWords !== null) return byWords;
  if (HARD_CODES.has(refusal.status)) return 'hard';
  return judge(refusal.context, refusal) ?? 'soft';
}

/** The command that the first refusal in an SMTP transcript answers. */
function transcriptStage(lines: readonly string[]): string {
  let command = '';
  for (const line of lines) {
    const sent = /^\s*>>>\s*([a-z]{4})/i.exec(line);
    if (sent) command = sent[1]!.toLowerCase();
    else if (/^\s*<<<\s*[45]\d\d/.test(line)) return command;
  }
  return '';
}

/** Which command the refusing server answered, as far as the text tells: `rcpt`, `data`, `mail` or `''`. */
export function stageOf(text: string): string {
  const lower = text.slice(0, 20_000).toLowerCase();
  const transcript = transcriptStage(lower.split('\n'));
  if (transcript !== '') return transcript;
  if (/end of data|did not like our final data|after data|in reply to data|to data command/.test(lower)) return 'data';
  if (/rcpt to|in reply to rcpt|rcpt command|\[rcpt_to\]/.test(lower)) return 'rcpt';
  return /in reply to mail from|after mail from/.test(lower) ? 'mail' : '';
}
