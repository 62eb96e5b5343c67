import { isSignatureRule } from './markers';
import { readLines } from './lines';
import type { Line, LineKind } from './lines';
import { isFooter, isSignature, withoutSignature } from './signature';
import { BELOW } from './words';
import type { MailAddress } from '../types';

const MAX_INPUT = 400_000;
/** A signature has no more lines than this; longer text behind strokes is kept. */
const MAX_SIGNATURE = 25;

const is = (...kinds: LineKind[]) => (line: Line | undefined): boolean => line !== undefined && kinds.includes(line.kind);
const isText = is('text');
const isQuoteStart = is('attribution', 'original', 'forwarded', 'header');
const isQuoted = is('quote', 'attribution', 'original', 'header', 'empty', 'rule');

function countText(lines: readonly Line[]): number {
  return lines.reduce((n, line) => (line.kind === 'text' ? n + 1 : n), 0);
}

interface Ahead {
  /** How many lines of text, and how many before the next quotation. */
  text: number;
  own: number;
  /** The next line that is neither empty nor strokes. */
  next: Line | undefined;
  /** Where the next quotation begins. */
  quote: number;
}

/** What stands behind each line. */
function lookAhead(lines: readonly Line[]): Ahead[] {
  const ahead = new Array<Ahead>(lines.length);
  let [text, own, quote] = [0, 0, lines.length];
  let next: Line | undefined;
  for (let i = lines.length - 1; i >= 0; i--) {
    const line = lines[i]!;
    ahead[i] = { text, own, next, quote };
    if (isQuoteStart(line) || line.kind === 'quote') [own, quote] = [0, i];
    if (line.kind === 'text') [text, own] = [text + 1, own + 1];
    if (line.kind !== 'empty' && line.kind !== 'rule') next = line;
  }
  return ahead;
}

/** Strokes that come again with text behind them divide what was written. */
function dividers(lines: readonly Line[]): Set<string> {
  const seen = new Map<string, number>();
  const repeated = new Set<string>();
  const last = lines.findLastIndex(isText);
  lines.forEach((line, i) => {
    if (line.kind !== 'rule') return;
    const strokes = line.text.trim();
    if (i < last && countText(lines.slice(seen.get(strokes) ?? i, i)) > 0) repeated.add(strokes);
    seen.set(strokes, i);
  });
  return repeated;
}

/** Where the strokes begin that frame the end of the mail: the last line but empty ones is the same strokes. */
function lastFrame(lines: readonly Line[]): Set<number> {
  const last = lines.findLastIndex((line) => line.kind !== 'empty');
  const strokes = lines[last]?.kind === 'rule' ? lines[last].text.trim() : '';
  const at = strokes === '' ? -1 : lines.slice(0, last).findLastIndex((line) => line.kind === 'rule' && line.text.trim() === strokes);
  const above = lines.slice(0, Math.max(0, at)).findLast((line) => line.kind !== 'empty');
  return new Set(at < 0 || above === undefined || /[:：]\s*$/.test(above.text) ? [] : [at]);
}

/** Cuts at the first stroke line that has text before it and behind it only a signature or a quoted mail. */
function cutAtRule(lines: Line[], sender: MailAddress | null): Line[] {
  const firstText = lines.findIndex(isText);
  if (firstText < 0) return lines;
  const ahead = lookAhead(lines);
  const dividing = dividers(lines);
  const framed = lastFrame(lines);
  const all = countText(lines);
  // Whether the lines behind a stroke are a signature is asked once for the same lines.
  let asked = { text: -1, drop: false };
  for (let i = firstText + 1; i < lines.length; i++) {
    if (lines[i]!.kind !== 'rule' || dividing.has(lines[i]!.text.trim())) continue;
    const { text, own, next, quote } = ahead[i]!;
    if (next === undefined || isQuoteStart(next)) return lines.slice(0, i);
    if (isSignatureRule(lines[i]!.text)) {
      if (own <= MAX_SIGNATURE) return [...lines.slice(0, i), ...lines.slice(quote)];
    } else if (text <= MAX_SIGNATURE && (text <= Math.max(3, all - text) || framed.has(i))) {
      if (asked.text !== text) asked = { text, drop: isSignature(lines.slice(i), sender) || isFooter(lines.slice(i)) };
      if (asked.drop) return lines.slice(0, i);
    }
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

/** One or two lines, or a signature, behind the quotation of a mail that is answered above it; "see below" makes it the answer. */
function isTail(tail: readonly Line[], above: readonly Line[], sender: MailAddress | null): boolean {
  if (countText(tail) === 0) return true;
  if (above.some((line) => line.kind === 'text' && BELOW.some((words) => line.text.toLowerCase().includes(words)))) return false;
  return countText(tail) <= 2 || isSignature(tail, sender);
}

/** The answer stands above: cut at the first attribution, unless the sender went on writing between the quotes. */
function topPosted(lines: Line[], sender: MailAddress | null): Line[] {
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
  return countText(rest.slice(0, lastQuote)) === 0 && isTail(rest.slice(lastQuote), lines.slice(0, at), sender) ? lines.slice(0, at) : lines;
}

const isQuotedMark = is('quote', 'attribution', 'original', 'header');

/** Without own text before it, a forwarded mail is the message: only its markers and headers go. */
function forwardedOnly(lines: Line[]): Line[] {
  return lines.filter((line) => !is('forwarded', 'original', 'header', 'attribution')(line));
}

/** "I typed this:" above a quotation without attribution: what is quoted belongs to what is said. */
function announces(line: Line | undefined): boolean {
  return line !== undefined && line.kind === 'text' && /[:：]\s*$/.test(line.text) && !/\d|@/.test(line.text);
}

function dropTrailingQuotes(lines: Line[]): Line[] {
  if (!lines.some(isText)) return lines;
  const last = lines.findLastIndex((line) => !isQuoted(line));
  return announces(lines[last]) && lines.slice(last).every(is('text', 'quote', 'empty')) ? lines : lines.slice(0, last + 1);
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
  lines = cutAtRule(lines, sender);
  lines = cutAtPhone(lines);
  lines = bottomPosted(lines) ?? topPosted(lines, sender);
  lines = dropTrailingQuotes(forwardedOnly(lines));
  const reply = joined(withoutSignature(lines, sender));
  if (reply !== '') return reply + text.slice(MAX_INPUT);
  return joined(lines) || text.trim();
}
