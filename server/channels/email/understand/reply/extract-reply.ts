import { isSignatureRule } from './markers';
import { readLines } from './lines';
import type { Line, LineKind } from './lines';
import { withoutSignature } from './signature';
import type { MailAddress } from '../types';

const MAX_INPUT = 400_000;
/** So much text behind a quotation is a signature rather than an answer. */
const MAX_TAIL = 6;
/** A signature has no more lines than this; longer text behind strokes is kept. */
const MAX_SIGNATURE = 25;

const is = (...kinds: LineKind[]) => (line: Line | undefined): boolean => line !== undefined && kinds.includes(line.kind);
const isText = is('text');
const isQuoteStart = is('attribution', 'original', 'forwarded', 'header');
const isQuoted = is('quote', 'attribution', 'original', 'header', 'empty', 'rule');

function countText(lines: readonly Line[]): number {
  return lines.reduce((n, line) => (line.kind === 'text' ? n + 1 : n), 0);
}

/** What stands behind each line: how many lines of text, and the next line that is neither empty nor strokes. */
function lookAhead(lines: readonly Line[]): Array<{ text: number; next: Line | undefined }> {
  const ahead = new Array<{ text: number; next: Line | undefined }>(lines.length);
  let text = 0;
  let next: Line | undefined;
  for (let i = lines.length - 1; i >= 0; i--) {
    const line = lines[i]!;
    ahead[i] = { text, next };
    if (line.kind === 'text') text++;
    if (line.kind !== 'empty' && line.kind !== 'rule') next = line;
  }
  return ahead;
}

/** Cuts at the first stroke line that has text before it and behind it only a signature or a quoted mail. */
function cutAtRule(lines: Line[]): Line[] {
  const firstText = lines.findIndex(isText);
  if (firstText < 0) return lines;
  const ahead = lookAhead(lines);
  const all = countText(lines);
  for (let i = firstText + 1; i < lines.length; i++) {
    if (lines[i]!.kind !== 'rule') continue;
    const { text, next } = ahead[i]!;
    if (next === undefined || isQuoteStart(next)) return lines.slice(0, i);
    if (text <= MAX_SIGNATURE && (isSignatureRule(lines[i]!.text) || text <= Math.max(3, all - text))) return lines.slice(0, i);
  }
  return lines;
}

/** "Sent from my …" goes; unmarked text behind it is the quoted mail. */
function cutAtPhone(lines: Line[]): Line[] {
  const firstText = lines.findIndex(isText);
  const at = lines.findIndex((line, i) => line.kind === 'phone' && firstText >= 0 && i > firstText);
  if (at < 0) return lines.filter((line) => line.kind !== 'phone');
  const rest = lines.slice(at + 1).filter((line) => line.kind !== 'phone');
  const next = rest.find((line) => line.kind !== 'empty');
  if (next === undefined || next.kind === 'text') return lines.slice(0, at);
  return [...lines.slice(0, at), ...rest];
}

/** The answer stands below the quotation: a quotation first, then text to the end. */
function bottomPosted(lines: Line[]): Line[] | null {
  const first = lines.findIndex((line) => line.kind !== 'empty');
  if (lines[first]?.kind !== 'attribution') return null;
  const text = lines.findIndex(isText);
  if (text < 0 || !lines.slice(first, text).some(is('quote'))) return null;
  const rest = lines.slice(text);
  return rest.every(is('text', 'empty')) ? rest : null;
}

/** The answer stands above: cut at the first attribution, unless the sender went on writing between the quotes. */
function topPosted(lines: Line[]): Line[] {
  const firstText = lines.findIndex(isText);
  const at = lines.findIndex((line, i) => firstText >= 0 && i > firstText && isQuoteStart(line));
  if (at < 0) return lines;
  if (is('header', 'original', 'forwarded')(lines[at])) return lines.slice(0, at);
  let start = at;
  while (lines[start]?.kind === 'attribution') start++;
  const rest = lines.slice(start);
  const firstQuote = rest.findIndex(is('quote'));
  const textFirst = rest.findIndex(isText);
  if (firstQuote < 0 || textFirst < 0 || textFirst < firstQuote) return lines.slice(0, at);
  const lastQuote = rest.findLastIndex(isQuotedMark);
  const between = countText(rest.slice(0, lastQuote));
  return between === 0 && countText(rest) <= MAX_TAIL ? lines.slice(0, at) : lines;
}

const isQuotedMark = is('quote', 'attribution', 'original', 'header');

/** Without own text before it, a forwarded mail is the message: only its markers and headers go. */
function forwardedOnly(lines: Line[]): Line[] {
  return lines.filter((line) => !is('forwarded', 'original', 'header', 'attribution')(line));
}

function dropTrailingQuotes(lines: Line[]): Line[] {
  if (!lines.some(isText)) return lines;
  const last = lines.findLastIndex((line) => !isQuoted(line));
  return lines.slice(0, last + 1);
}

function joined(lines: readonly Line[]): string {
  return lines.map((line) => line.text).join('\n').replace(/^(?:[ \t]*\n)+/, '').trimEnd();
}

/**
 * What the sender newly wrote, without quotations and signature. Text between quotations stays with them.
 * When nothing would be left, everything is returned: a customer's words are never lost.
 */
export function extractReply(text: string, sender: MailAddress | null = null): string {
  const whole = text.slice(0, MAX_INPUT);
  let lines = readLines(whole);
  lines = cutAtRule(lines);
  lines = cutAtPhone(lines);
  lines = bottomPosted(lines) ?? topPosted(lines);
  lines = dropTrailingQuotes(forwardedOnly(lines));
  const reply = joined(withoutSignature(lines, sender));
  if (reply !== '') return reply + text.slice(MAX_INPUT);
  return joined(lines) || text.trim();
}
