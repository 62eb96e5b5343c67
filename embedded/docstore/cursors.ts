import { randomBytes } from 'node:crypto';
import { fail } from './errors';

/** Documents one after the other; `null` is a moment to let others work. */
export type Stream = Iterator<Buffer | null>;

/** How far a stream has been read. */
export interface Reading {
  stream: Stream;
  /** A document that did not fit the last batch. */
  held: Buffer | undefined;
  /** How many documents it may still give. */
  left: number;
}

export interface Cursor extends Reading {
  id: bigint;
  ns: string;
  usedAt: number;
  forever: boolean;
  busy: boolean;
}

const IDLE_MS = 10 * 60_000;

/** The open cursors; idle ones expire after ten minutes. */
export class Cursors {
  private readonly open = new Map<bigint, Cursor>();

  add(ns: string, reading: Reading, forever: boolean): Cursor {
    const id = randomBytes(8).readBigInt64LE(0) & 0x7fffffffffffffffn;
    const cursor: Cursor = { ...reading, id: id === 0n ? 1n : id, ns, usedAt: Date.now(), forever, busy: false };
    this.open.set(cursor.id, cursor);
    return cursor;
  }

  get(id: bigint, ns: string): Cursor {
    const cursor = this.open.get(id) ?? fail(43, `cursor id ${id} not found`);
    if (cursor.ns !== ns) fail(13, `Requested getMore on namespace '${ns}', but cursor belongs to a different namespace ${cursor.ns}`);
    if (cursor.busy) fail(12051, 'the cursor is already in use');
    cursor.usedAt = Date.now();
    return cursor;
  }

  remove(id: bigint): boolean {
    const cursor = this.open.get(id);
    if (cursor && !cursor.busy) cursor.stream.return?.();
    return this.open.delete(id);
  }

  /** Closes cursors nobody has asked for in a while. */
  expire(now: number): void {
    for (const cursor of this.open.values()) if (!cursor.forever && !cursor.busy && now - cursor.usedAt > IDLE_MS) this.remove(cursor.id);
  }

  closeAll(): void {
    for (const id of this.open.keys()) this.remove(id);
  }
}
