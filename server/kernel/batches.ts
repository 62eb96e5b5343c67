import { randomBytes } from 'node:crypto';
import type { DomainEvent } from './event.model';
import { isHearing } from './warm';

/** An event as the nodes tell each other, with what its publisher had at hand. */
export interface Heard {
  event: DomainEvent;
  live: unknown;
}

/** The same before it has its number. */
export interface Unnumbered {
  event: Omit<DomainEvent, 'n'> & { n?: number };
  live: unknown;
}

// What this process said and will hear itself need not be read from text again.
const own = new Map<string, readonly Unnumbered[]>();
const mostOwn = 1000;
const origin = randomBytes(6).toString('hex');
let said = 0;

/** Events as text; whoever reads it puts their last number, or 0 when they have one each, and a space in front. */
export function writeBatch(batch: readonly Unnumbered[]): string {
  const name = `${origin}.${said++}`;
  if (isHearing()) own.set(name, batch);
  if (own.size > mostOwn) own.delete(own.keys().next().value ?? '');
  return `${name} ${JSON.stringify(batch.map(({ event, live }) => ({ event, live: live ?? null })))}`;
}

/** The events of a text, numbered. */
export function readBatch(text: string): Heard[] {
  const [afterNumber, afterName] = [text.indexOf(' '), text.indexOf(' ', text.indexOf(' ') + 1)];
  const last = Number(text.slice(0, afterNumber));
  const name = text.slice(afterNumber + 1, afterName);
  const batch = own.get(name) ?? (JSON.parse(text.slice(afterName + 1)) as Unnumbered[]);
  own.delete(name);
  return batch.map(({ event, live }, index) => ({ event: { ...event, n: event.n ?? last - batch.length + 1 + index, at: new Date(event.at) }, live: live ?? null }));
}
