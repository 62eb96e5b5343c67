import type { HeaderField } from './mime/header-block';
import { firstField } from './mime/header-block';
import type { LoopHeaders } from './types';

const FORWARD_SUBJECT = /^(?:(?:fwd?|fw|wg|tr|i|rv|enc|doorst|pd|vb|vs|vl|ts|továbbítás|ilt|пересл|转发|轉寄|转寄|転送|전달)\s*(?:\[\d+\])?\s*[:：])/i;

function trimmed(fields: readonly HeaderField[], name: string): string | null {
  const value = firstField(fields, name)?.trim() ?? '';
  return value === '' ? null : value;
}

function returnPathOf(fields: readonly HeaderField[]): string | null {
  const value = firstField(fields, 'return-path');
  if (value === null) return null;
  return value.replace(/\([^()]*\)/g, '').replace(/^[\s<]+|[\s>]+$/g, '');
}

/** The headers a loop guard judges by. */
export function loopHeadersOf(fields: readonly HeaderField[], subject: string): LoopHeaders {
  return {
    returnPath: returnPathOf(fields),
    autoSubmitted: trimmed(fields, 'auto-submitted')?.toLowerCase() ?? null,
    precedence: trimmed(fields, 'precedence')?.toLowerCase() ?? null,
    xLoop: fields.filter((field) => field.name === 'x-loop').map((field) => field.value.trim()),
    forwarded: FORWARD_SUBJECT.test(subject.trim()),
  };
}

const MAX_IDS = 1000;

/** All ids in a References or In-Reply-To header, in their order, without angle brackets; empty ones are none. */
export function messageIds(value: string | null): string[] {
  if (value === null) return [];
  const text = value.slice(0, 200_000);
  const bracketed = [...text.matchAll(/<([^<>]{1,998})>/g)].map((match) => match[1]!.replace(/\s+/g, ''));
  const ids = bracketed.length > 0 ? bracketed : text.split(/[\s,]+/).filter((id) => id.includes('@'));
  return [...new Set(ids.filter((id) => id !== ''))].slice(0, MAX_IDS);
}

/** `List-*` headers by lower-case name. */
export function listHeadersOf(fields: readonly HeaderField[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { name, value } of fields) if (name.startsWith('list-') && found[name] === undefined) found[name] = value.trim();
  return found;
}
