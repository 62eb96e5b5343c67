import { fork } from 'node:child_process';
import { join } from 'node:path';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import { cpuMs, type Bench } from '../harness';
import type { Conversation } from './drive';

/** What a raw limit is made of: ws, Socket.IO, or Socket.IO with every message on the disk. */
export type EchoKind = 'ws' | 'io' | 'disk';

/** A raw limit that runs, with its pairs connected. */
export interface Echo {
  pairs: Conversation[];
  /** Processor time of its process so far, in ms. */
  cpu(): number;
}

export async function openEcho(b: Bench, kind: EchoKind, count: number): Promise<Echo> {
  const child = fork(join(__dirname, 'echo-child.js'), [kind], { execArgv: [] });
  b.atEnd(() => child.kill());
  const port = await new Promise<number>((resolve) => child.once('message', (told: { port: number }) => resolve(told.port)));
  const pairs = await Promise.all(Array.from({ length: count }, (_, n) => (kind === 'ws' ? wsPair(port, `p${n}`) : ioPair(port, `p${n}`))));
  b.atEnd(() => pairs.forEach((pair) => pair.close()));
  return { pairs, cpu: () => cpuMs(child.pid ?? 0) };
}

/** Answers of the other side, by the text they answer. */
class Answers {
  private readonly waiting = new Map<string, () => void>();

  wait(text: string): Promise<void> {
    return new Promise((resolve) => void this.waiting.set(`re ${text}`, resolve));
  }

  heard(text: string): void {
    this.waiting.get(text)?.();
    this.waiting.delete(text);
  }
}

async function ioPair(port: number, pair: string): Promise<Conversation> {
  const [customer, agent] = [1, 2].map(() => io(`http://127.0.0.1:${port}`, { transports: ['websocket'], auth: { pair }, forceNew: true })) as [ReturnType<typeof io>, ReturnType<typeof io>];
  await Promise.all([customer, agent].map((each) => new Promise<void>((resolve) => each.once('connect', resolve))));
  const answers = new Answers();
  agent.on('said', (text: string) => agent.emit('say', `re ${text}`));
  customer.on('said', (text: string) => answers.heard(text));
  return {
    async ask(text, stored) {
      const answered = answers.wait(text);
      customer.emit('say', text, stored);
      await answered;
    },
    close: () => { customer.disconnect(); agent.disconnect(); },
  };
}

async function wsPair(port: number, pair: string): Promise<Conversation> {
  const [customer, agent] = [1, 2].map(() => new WebSocket(`ws://127.0.0.1:${port}/${pair}`)) as [WebSocket, WebSocket];
  await Promise.all([customer, agent].map((each) => new Promise((resolve) => each.once('open', resolve))));
  const answers = new Answers();
  agent.on('message', (data) => agent.send(`re ${String(data)}`));
  customer.on('message', (data) => answers.heard(String(data)));
  return {
    async ask(text, stored) {
      const answered = answers.wait(text);
      customer.send(text);
      stored();
      await answered;
    },
    close: () => { customer.close(); agent.close(); },
  };
}
