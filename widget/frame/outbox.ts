import type { ChatMessage } from '../../protocol/webchat';
import { Refusal } from './api';
import type { Keep } from './keep';
import type { Pending } from './thread';

export interface OutboxPorts {
  keep: Keep;
  /** Resolves when the server has stored the message; rejects with a Refusal, code "offline" when nothing was heard. */
  send(message: Pending): Promise<ChatMessage>;
  changed(pending: readonly Pending[]): void;
  stored(message: ChatMessage): void;
  /** Waits before the next attempt; given the number of attempts that failed in a row. */
  pause(attempts: number): Promise<void>;
}

const PREFIX = 'out:';
const PASSING = /^(offline|too-many-requests|starting|internal|not-logged-in)$/;

const read = (keep: Keep): Pending[] => keep.names(PREFIX).flatMap((name) => {
  try {
    return [JSON.parse(keep.get(name) ?? '') as Pending];
  } catch {
    return [];
  }
}).sort((a, b) => a.at - b.at);

/**
 * Messages on their way. Each is kept until the server has acknowledged it, and sent again with the same client id as often as that takes:
 * one at a time, so that they arrive in the order written. Every message has a place of its own in the storage, so tabs do not disturb
 * each other; two tabs that send the same one do no harm.
 */
export function createOutbox(ports: OutboxPorts) {
  let pending = read(ports.keep);
  let busy = false;
  let ready = false;
  const update = (next: Pending[]) => {
    pending = next;
    ports.changed(pending);
  };
  const drop = (clientId: string) => {
    ports.keep.set(PREFIX + clientId, null);
    update(pending.filter((one) => one.clientId !== clientId));
  };
  const refuse = (one: Pending, code: string) => {
    ports.keep.set(PREFIX + one.clientId, JSON.stringify({ ...one, refused: code }));
    update(pending.map((other) => (other.clientId === one.clientId ? { ...one, refused: code } : other)));
  };

  const settle = async (one: Pending): Promise<boolean> => {
    try {
      const message = await ports.send(one);
      ports.stored(message);
      drop(one.clientId);
      return true;
    } catch (error) {
      const code = error instanceof Refusal ? error.code : 'internal';
      if (PASSING.test(code)) return false;
      refuse(one, code);
      return true;
    }
  };

  const flush = async () => {
    if (busy) return;
    busy = true;
    let failures = 0;
    for (let one = pending.find((other) => !other.refused); ready && one; one = pending.find((other) => !other.refused)) {
      if (await settle(one)) failures = 0;
      else await ports.pause(++failures);
    }
    busy = false;
  };

  return {
    pending: () => pending as readonly Pending[],
    add(message: Pending) {
      ports.keep.set(PREFIX + message.clientId, JSON.stringify(message));
      update([...pending, message]);
      void flush();
    },
    /** The connection came (true) or went (false). */
    online(now: boolean) {
      ready = now;
      if (now) void flush();
    },
    /** The server told of it in another way, e.g. through another tab or after a reconnect. */
    confirmed(clientIds: ReadonlySet<string>) {
      for (const one of pending.filter((other) => clientIds.has(other.clientId))) drop(one.clientId);
    },
    retry(clientId: string) {
      update(pending.map((one) => {
        const { refused: _, ...fresh } = one;
        return one.clientId === clientId ? fresh : one;
      }));
      void flush();
    },
    discard: drop,
    clear: () => pending.forEach(({ clientId }) => drop(clientId)),
  };
}

export type Outbox = ReturnType<typeof createOutbox>;
