import type { MailAddress } from '../types';
import type { Line } from './lines';
import { FOOTER, SIGN_OFF } from './words';

const signOffs = new Set(SIGN_OFF);
const MAX_BLOCK = 8;
const MAX_WIDTH = 80;

const PHONE = /(?:^|[\s:(])\+?\(?\d{2,4}\)?(?:[\s./()-]{0,3}\d{2,5}){2,5}/;
const REACH = /^(?:(?:t|f|m|e|w|p|tel|tél|tlf|telefon|phone|ph|mobile|mobil|mob|cell|fax|office|direct|email|e-mail|mail|web|website|skype|www|http)\b\s*[.:|/](?!\s*s\b)|(?:тел|電話|电话|전화)\s*[.:：])/i;
const LINK = /(?:https?:\/\/|www\.)\S+|\b\S+@\S+\.\S+/i;
const ROLE = /(?:\s@\s|\b(?:ceo|cto|cfo|coo|founder|co-founder|manager|director|engineer|developer|consultant|president|officer|support|sales|marketing|specialist|analyst|architect|administrator|assistant|coordinator|partner|head of|lead|professor|dr\.|phd|gmbh|inc\.?|ltd\.?|llc|corp\.?|ag|s\.?a\.?|b\.?v\.?|team|department|abteilung|geschäftsführer|leiter|vertrieb|directeur|responsable|gerente|leverage|university|institute)\b)/i;
const NAME = /^[-–—~/*\s]{0,3}\p{Lu}[\p{L}'’.-]*(?:\s+(?:\p{Lu}[\p{L}'’.-]*|van|von|de|der|den|la|le|el|bin|al)){0,4}[.,]?$/u;

function bare(text: string): string {
  return text.trim().replace(/[\s,.!;:–—-]+$/u, '').replace(/^[-–—*\s]+/u, '').toLowerCase();
}

/** A line that says good-bye and nothing else. */
function isSignOff(text: string): boolean {
  const words = bare(text).replace(/\u2019/g, "'");
  return text.length < 60 && (signOffs.has(words) || signOffs.has(words.replace(/\s(?:aus|from|de|da|uit|z)\s\S+(?:\s\S+)?$/, '')));
}

function isDetail(text: string): boolean {
  const line = text.trim();
  if (line.length > MAX_WIDTH) return false;
  return PHONE.test(line) || REACH.test(line) || (LINK.test(line) && line.split(/\s+/).length <= 4) || (ROLE.test(line) && line.split(/\s+/).length <= 9 && !/[.?]$/.test(line));
}

function isName(text: string): boolean {
  return text.trim().length <= 40 && NAME.test(text.trim());
}

/** True when the line is the sender's own name, whole or in part. */
function namesSender(text: string, sender: MailAddress | null): boolean {
  if (!sender) return false;
  const words = text.toLowerCase().match(/\p{L}{2,}/gu) ?? [];
  const known = new Set(`${sender.name} ${sender.address.split('@')[0] ?? ''}`.toLowerCase().match(/\p{L}{2,}/gu) ?? []);
  const role = ['customer', 'support', 'info', 'mail', 'contact', 'service'];
  return words.length > 0 && words.length <= 5 && words.every((word) => word.length < 3 || known.has(word) || [...known].some((k) => k.includes(word) && word.length > 3)) && words.some((word) => word.length >= 3 && !role.includes(word));
}

/** The last lines of the mail, one block: from the good-bye or the name to the end. */
function blockStart(lines: readonly Line[], sender: MailAddress | null): number {
  let start = lines.length;
  let details = 0;
  let names = 0;
  let own = false;
  for (let i = lines.length - 1; i >= 0 && i >= lines.length - MAX_BLOCK * 2; i--) {
    const { text, kind } = lines[i]!;
    if (kind === 'empty') continue;
    if (kind !== 'text' || text.length > MAX_WIDTH) break;
    if (isSignOff(text)) return details > 0 && names > 0 || own ? i : start;
    if (namesSender(text, sender)) own = true;
    else if (isName(text)) names++;
    else if (isDetail(text)) details++;
    else break;
    if (own) start = i;
    if (names > 1 && details === 0 && !own) break;
  }
  return start;
}

/** A line that says something, as opposed to one of a name, a title or an address. */
function isSentence(text: string): boolean {
  const line = text.trim();
  if (/^(?:p\.? ?s\b|nb\b|n\.b\.|追伸|又及|추신)/i.test(line) || /[?？]$/.test(line)) return true;
  return line.length > MAX_WIDTH || /[.!:。！]$/.test(line) && line.split(/\s+/).length > 4;
}

const MAX_TEXTS = 14;

/** Places of the last lines that are not empty. */
function lastPlaces(lines: readonly Line[]): number[] {
  const places: number[] = [];
  for (let i = lines.length - 1; i >= 0 && places.length < MAX_TEXTS; i--) if (lines[i]!.kind !== 'empty') places.push(i);
  return places.reverse();
}

const isFinished = (text: string): boolean => /[.!?…)。！？]["”’]?\s*$/.test(text) || isSignOff(text);

/** From a good-bye, or the sender's own name behind a finished sentence, to the end: names, titles, addresses in whatever language. */
function signedStart(lines: readonly Line[], sender: MailAddress | null): number {
  const places = lastPlaces(lines);
  let start = lines.length;
  for (let k = places.length - 1; k > 0; k--) {
    const at = places[k]!;
    const { text, kind } = lines[at]!;
    const signsOff = isSignOff(text);
    if (kind !== 'text' || (!signsOff && isSentence(text) && !isFooter([lines[at]!]))) break;
    const named = signsOff && places.slice(k + 1, k + 3).some((next) => startsWithSender(lines[next]!.text, sender));
    if (named || (k < places.length - 1 && isFinished(lines[places[k - 1]!]!.text) && startsWithSender(text, sender))) start = at;
  }
  return start;
}

/** `Ada Larsen`, `*Ada Larsen*, PhD`, `Ada Larsen | Head of IT`: the sender's whole name comes first. */
function startsWithSender(text: string, sender: MailAddress | null): boolean {
  if (namesSender(text, sender)) return !text.includes('://');
  const words = (sender?.name ?? '').toLowerCase().match(/\p{L}{2,}/gu) ?? [];
  const head = (text.toLowerCase().match(/\p{L}{2,}/gu) ?? []).slice(0, words.length + 2);
  return words.length > 1 && text.length <= MAX_WIDTH && !text.includes('://') && words.every((word) => head.includes(word));
}

/** True for lines that stand under every mail of a company, a list or a scanner. */
export function isFooter(lines: readonly Line[]): boolean {
  const text = lines.map((line) => line.text).join(' ').slice(0, 4000).toLowerCase();
  return FOOTER.some((words) => text.includes(words));
}

/** True when lines are nothing but a signature. */
export function isSignature(lines: readonly Line[], sender: MailAddress | null): boolean {
  const texts = lines.filter((line) => line.kind === 'text');
  if (texts.every(({ text }) => isDetail(text) || isName(text) || isSignOff(text)) && texts.some(({ text }) => isDetail(text) || namesSender(text, sender))) return true;
  if (texts.filter(({ text }) => isDetail(text)).length > 1 && !texts.some(({ text }) => isSentence(text))) return true;
  const first = lines.findIndex((line) => line.kind === 'text');
  return blockStart(lines.slice(first, lines.findLastIndex((line) => line.kind === 'text') + 1), sender) === 0;
}

/**
 * Takes off a signature at the end: a good-bye with name and title, telephone or company, or a block that begins with the sender's own name.
 * A bare good-bye with somebody's name is part of what was written and stays.
 */
export function withoutSignature(lines: Line[], sender: MailAddress | null): Line[] {
  const last = lines.findLastIndex((line) => line.kind !== 'empty');
  const body = lines.slice(0, last + 1);
  const start = Math.min(blockStart(body, sender), signedStart(body, sender));
  const kept = body.slice(0, start);
  return kept.some((line) => line.kind === 'text') ? kept : body;
}
