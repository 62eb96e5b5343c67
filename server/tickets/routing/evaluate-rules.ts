import type { RoutingRule, RuleTrial } from '../../../protocol';

/** What routing rules look at. */
export interface Facts {
  channel: string;
  to: string[];
  from: string;
  subject: string;
  text: string;
  /** Primary language tag; null: not known. */
  language: string | null;
  /** Answers of a form, an IVR or a guide; and topic, urgency and sentiment as chosen or predicted. */
  attributes: Record<string, string>;
  /** Fields of the customer by key, and name, organisation, locale. */
  customer: Record<string, string>;
  /** Whether some hours were open then; null: there are no such hours. */
  isOpen(hoursId: string): boolean | null;
}

type Looked = RuleTrial['rules'][number]['looked'][number];
/** One rule as it was judged. */
export interface Judged {
  rule: RoutingRule;
  verdict: RuleTrial['rules'][number]['verdict'];
  looked: Looked[];
}

/** Judges every rule in order; the first active one of which everything holds is chosen, those after it are not reached. */
export function judgeRules(rules: readonly RoutingRule[], facts: Facts): Judged[] {
  let chosen = false;
  return rules.map((rule): Judged => {
    if (!rule.active) return { rule, verdict: 'inactive', looked: [] };
    const looked = lookAt(rule.when, facts);
    const holds = looked.every((each) => each.held);
    if (chosen) return { rule, verdict: holds ? 'not-reached' : 'not-matched', looked };
    chosen = holds;
    return { rule, verdict: holds ? 'chosen' : 'not-matched', looked };
  });
}

/** The rule that decides; null: none holds. */
export const chosenRule = (rules: readonly RoutingRule[], facts: Facts): RoutingRule | null => judgeRules(rules, facts).find((each) => each.verdict === 'chosen')?.rule ?? null;

function lookAt(when: RoutingRule['when'], facts: Facts): Looked[] {
  const all = `${facts.subject}\n${facts.text}`;
  return [
    listed(fits, { condition: 'channels', wanted: when.channels, found: [facts.channel] }), listed(fits, { condition: 'to', wanted: when.to, found: facts.to }), listed(fits, { condition: 'from', wanted: when.from, found: [facts.from] }),
    listed(says, { condition: 'subject', wanted: when.subject, found: [facts.subject] }), listed(says, { condition: 'words', wanted: when.words, found: [all] }),
    listed(sameLanguage, { condition: 'languages', wanted: when.languages, found: facts.language ? [facts.language] : [] }), listed(fits, { condition: 'topics', wanted: when.topics, found: facts.attributes['topic'] ? [facts.attributes['topic']] : [] }),
    listed(fits, { condition: 'urgencies', wanted: when.urgencies, found: facts.attributes['urgency'] ? [facts.attributes['urgency']] : [] }), listed(fits, { condition: 'sentiments', wanted: when.sentiments, found: facts.attributes['sentiment'] ? [facts.attributes['sentiment']] : [] }),
    named('attributes', when.attributes, facts.attributes), named('customer', when.customer, facts.customer), inHours(when.hours, facts),
  ].filter((each) => each !== null);
}

const shown = 120;
const short = (text: string): string => (text.length > shown ? `${text.slice(0, shown)}…` : text);

function listed(agree: (pattern: string, value: string) => boolean, { condition, wanted, found }: { condition: string; wanted: readonly string[] | undefined; found: readonly string[] }): Looked | null {
  if (!wanted || wanted.length === 0) return null;
  return { condition, held: wanted.some((pattern) => found.some((value) => agree(pattern, value))), wanted: wanted.join(', '), found: short(found.join(', ').replace(/\s+/g, ' ').trim()) };
}

function named(condition: string, wanted: RoutingRule['when']['attributes'], found: Record<string, string>): Looked | null {
  if (!wanted || wanted.length === 0) return null;
  const value = (name: string): string => found[name] ?? '';
  const held = wanted.every(({ name, values }) => (values.length === 0 ? value(name) !== '' : values.some((pattern) => fits(pattern, value(name)))));
  return { condition, held, wanted: wanted.map(({ name, values }) => `${name}: ${values.join(', ') || '*'}`).join('; '), found: short(wanted.map(({ name }) => `${name}: ${value(name)}`).join('; ')) };
}

function inHours(wanted: RoutingRule['when']['hours'], facts: Facts): Looked | null {
  if (!wanted) return null;
  const open = facts.isOpen(wanted.hoursId);
  return { condition: 'hours', held: open === wanted.open, wanted: wanted.open ? 'open' : 'closed', found: open === null ? '' : open ? 'open' : 'closed' };
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().trim();

/** Whether a value is the pattern, in which * stands for anything. */
export function fits(pattern: string, value: string): boolean {
  const [first = '', ...rest] = plain(pattern).split('*');
  const text = plain(value);
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let place = first.length;
  for (const part of rest) {
    const at = text.indexOf(part, place);
    if (at < 0) return false;
    place = at + part.length;
  }
  return text.length - last.length >= place && text.endsWith(last);
}

const noSpaces = /[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u;

/** Whether a text says something: as whole words, or anywhere in scripts whose words are not parted; * ends or begins a word in any way. */
export function says(pattern: string, text: string): boolean {
  const words = plain(pattern).replace(/\s+/g, ' ');
  if (noSpaces.test(words)) return plain(text).includes(words.replaceAll('*', ''));
  // No word is longer than this; without a bound a made-up one of thousands of letters would keep the process for seconds.
  const body = words.split(/\*+/).map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s+')).join('[\\p{L}\\p{N}]{0,40}');
  return new RegExp(`(?<![\\p{L}\\p{N}])${body}(?![\\p{L}\\p{N}])`, 'u').test(plain(text));
}

const sameLanguage = (wanted: string, found: string): boolean => plain(wanted).split('-')[0] === plain(found).split('-')[0];
