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
export class Outbox {
  private list: Pending[];
  private busy = false;
  private ready = false;
  /** Ends the pause between two attempts. */
  private hurry: () => void = () => undefined;

  constructor(private readonly ports: OutboxPorts) {
    this.list = read(ports.keep);
  }

  get pending(): readonly Pending[] {
    return this.list;
  }

  add(message: Pending): void {
    this.ports.keep.set(PREFIX + message.clientId, JSON.stringify(message));
    this.update([...this.list, message]);
    void this.flush();
  }

  /** The connection came (true) or went (false). */
  online(now: boolean): void {
    this.ready = now;
    this.hurry();
    if (now) void this.flush();
  }

  /** The server told of them in another way, e.g. through another tab or after a reconnect. */
  confirmed(clientIds: ReadonlySet<string>): void {
    for (const one of this.list.filter((other) => clientIds.has(other.clientId))) this.discard(one.clientId);
  }

  /** Sends a refused message again. */
  retry(clientId: string): void {
    this.update(this.list.map((one) => {
      const { refused: _, ...fresh } = one;
      return one.clientId === clientId ? fresh : one;
    }));
    void this.flush();
  }

  discard(clientId: string): void {
    this.ports.keep.set(PREFIX + clientId, null);
    this.update(this.list.filter((one) => one.clientId !== clientId));
  }

  clear(): void {
    this.list.forEach(({ clientId }) => this.discard(clientId));
  }

  private update(next: Pending[]): void {
    this.list = next;
    this.ports.changed(next);
  }

  private async flush(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const next = () => (this.ready ? this.list.find((one) => !one.refused) : undefined);
    let failures = 0;
    for (let one = next(); one; one = next()) {
      if (await this.settle(one)) failures = 0;
      else await Promise.race([this.ports.pause(++failures), new Promise<void>((resume) => { this.hurry = resume; })]);
    }
    this.busy = false;
  }

  /** Whether it is settled, one way or the other. */
  private async settle(one: Pending): Promise<boolean> {
    try {
      this.ports.stored(await this.ports.send(one));
      this.discard(one.clientId);
      return true;
    } catch (error) {
      const code = error instanceof Refusal ? error.code : 'internal';
      if (PASSING.test(code)) return false;
      const refused = { ...one, refused: code };
      this.ports.keep.set(PREFIX + one.clientId, JSON.stringify(refused));
      this.update(this.list.map((other) => (other.clientId === one.clientId ? refused : other)));
      return true;
    }
  }
}
