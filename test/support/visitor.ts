// A visitor of a company's site without a browser: a widget session over HTTP and its socket.
import { io, type Socket } from 'socket.io-client';
import type { ChatMessage, ChatState } from '../../protocol';
import { remember } from './session';

/** A widget that is open on somebody's page. */
export class Visitor {
  readonly heard: ChatMessage[] = [];
  readonly typing: { on: boolean; name: string }[] = [];
  state: ChatState | null = null;

  private constructor(readonly baseUrl: string, readonly token: string, readonly socket: Socket) {
    socket.on('message', (message: ChatMessage) => void this.heard.push(message));
    socket.on('typing', (told: { on: boolean; name: string }) => void this.typing.push(told));
    socket.on('state', (state: ChatState) => { this.state = state; });
  }

  /** Opens a session, or resumes the one of a token. */
  static async open(baseUrl: string, claim: { token?: string; name?: string; email?: string } = {}): Promise<Visitor> {
    const answer = await fetch(`${baseUrl}/api/v1/widget/sessions`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(claim) });
    const { token } = await answer.json() as { token: string };
    const socket = remember(io(`${baseUrl}/customer`, { transports: ['websocket'], auth: { token }, forceNew: true, reconnectionDelay: 100, reconnectionDelayMax: 300 }));
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    const visitor = new Visitor(baseUrl, token, socket);
    await visitor.send('hello', { afterSeq: 0 });
    return visitor;
  }

  /** Sends an event and answers what it is acknowledged with; throws the refusal's code, or that nobody answered. */
  async send<T>(event: string, input: unknown, patienceMs = 15_000): Promise<T> {
    const ack = await (this.socket.timeout(patienceMs).emitWithAck(event, input) as Promise<{ ok: true; value: T } | { ok: false; problem: { code: string } }>);
    if (!ack.ok) throw new Error(ack.problem.code);
    return ack.value;
  }

  async say(clientId: string, text: string): Promise<ChatMessage> {
    return (await this.send<{ message: ChatMessage }>('message.send', { clientId, text })).message;
  }

  close(): void {
    this.socket.disconnect();
  }
}
