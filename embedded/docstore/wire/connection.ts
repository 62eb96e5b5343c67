import type { Socket } from 'node:net';
import { int32At } from '../bson/decode';
import type { Doc } from '../bson/value';
import { asStoreError } from '../errors';
import { errorReply } from '../commands/reply';
import { MAX_MESSAGE, readMessage, writeReply } from './codec';
import type { Message } from './codec';

/** Answers one request; never throws. */
export type Handler = (message: Message) => Doc | Promise<Doc>;

/** One client: cuts the stream into messages and answers them in order. */
export class Connection {
  private chunks: Buffer[] = [];
  private size = 0;
  private waiting: Buffer[] = [];
  private busy = false;

  constructor(private readonly socket: Socket, private readonly handle: Handler) {
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.receive(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('drain', () => this.proceed());
  }

  private receive(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.size += chunk.length;
    while (this.size >= 16) {
      const head = this.chunks[0]!.length >= 16 ? this.chunks[0]! : this.join();
      const length = int32At(head, 0);
      if (length < 16 || length > MAX_MESSAGE) return this.drop();
      if (this.size < length) break;
      const all = this.chunks.length === 1 ? head : this.join();
      this.waiting.push(all.length === length ? all : all.subarray(0, length));
      this.chunks = all.length === length ? [] : [all.subarray(length)];
      this.size -= length;
    }
    if (!this.busy) this.proceed();
    if (this.waiting.length > 0) this.socket.pause();
  }

  private join(): Buffer {
    const all = Buffer.concat(this.chunks);
    this.chunks = [all];
    return all;
  }

  private drop(): void {
    this.chunks = [];
    this.size = 0;
    this.waiting = [];
    this.socket.destroy();
  }

  private proceed(): void {
    while (!this.busy && this.waiting.length > 0 && !this.socket.writableNeedDrain && !this.socket.destroyed) this.take(this.waiting.shift()!);
    if (this.waiting.length === 0 && this.socket.isPaused()) this.socket.resume();
  }

  private take(bytes: Buffer): void {
    let message: Message;
    try {
      message = readMessage(bytes);
    } catch (error) {
      const cause = asStoreError(error);
      this.send({ requestId: int32At(bytes, 4), opcode: int32At(bytes, 12), silent: false }, errorReply(cause));
      // A document that is nested too deeply is well-formed: only it is refused.
      if (cause.code === 15) return;
      this.socket.end();
      this.waiting = [];
      return;
    }
    const reply = this.handle(message);
    if (!(reply instanceof Promise)) return this.send(message, reply);
    this.busy = true;
    void reply.then((value) => {
      this.busy = false;
      this.send(message, value);
      this.proceed();
    });
  }

  private send(message: Pick<Message, 'requestId' | 'opcode' | 'silent'>, reply: Doc): void {
    if (message.silent || this.socket.destroyed) return;
    try {
      this.socket.write(writeReply(message, reply));
    } catch (error) {
      this.socket.write(writeReply(message, errorReply(asStoreError(error))));
    }
  }
}
