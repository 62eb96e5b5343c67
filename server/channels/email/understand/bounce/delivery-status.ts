import { partText } from '../mime/bodies';
import type { MailPart } from '../mime/walk';

/** One group of a delivery report (RFC 3464), field names in lower case. */
export type StatusGroup = Map<string, string>;

const MAX_GROUPS = 500;

/** Groups of `Name: value` lines; continuation lines are joined, lines that are neither end nothing. */
export function readGroups(text: string): StatusGroup[] {
  const groups: StatusGroup[] = [];
  let group: StatusGroup = new Map();
  let last = '';
  const close = (): void => {
    if (group.size > 0) groups.push(group);
    group = new Map();
    last = '';
  };
  for (const line of text.split('\n')) {
    if (groups.length >= MAX_GROUPS) break;
    if (line.trim() === '') close();
    else if (/^[ \t]/.test(line) && last !== '') group.set(last, `${group.get(last) ?? ''} ${line.trim()}`.slice(0, 4000));
    else {
      const match = /^([A-Za-z][A-Za-z0-9-]{1,60})[ \t]*:[ \t]*(.*)$/.exec(line);
      if (!match) continue;
      last = match[1]!.toLowerCase();
      // A second recipient without an empty line between: some gateways write it so.
      if (last === 'final-recipient' && group.has('final-recipient')) close();
      if (last === '') last = match[1]!.toLowerCase();
      if (!group.has(last)) group.set(last, match[2]!.slice(0, 4000));
    }
  }
  close();
  return groups;
}

/** The content type of the machine-readable part. */
export const STATUS_PART = /^message\/(?:global-)?delivery-status$/;

/** What the report's parts of type delivery-status say, one group per recipient. */
export function statusGroups(raw: Buffer, leaves: readonly MailPart[]): StatusGroup[] {
  return leaves.filter((part) => STATUS_PART.test(part.type.value)).flatMap((part) => readGroups(partText(raw, part)));
}

/** `rfc822; <someone@example.org>` → the address in lower-case domain, or `''` when it is none. */
export function recipientAddress(value: string | undefined): string {
  const text = (value ?? '').replace(/^\s*[\w-]+\s*;/, '').trim();
  const match = /<?([^\s<>"';,]+@[^\s<>"';,]+)>?/.exec(text);
  return match ? match[1]!.replace(/^@[^:]*:/, '').replace(/[.:]+$/, '') : '';
}

/** `failed (Bad destination)` → `failed`. */
export function actionOf(group: StatusGroup): string {
  return /^[a-z]+/i.exec(group.get('action') ?? '')?.[0].toLowerCase() ?? '';
}
