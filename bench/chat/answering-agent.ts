import { Agent as Connections, request } from 'node:http';
import { io, type Socket } from 'socket.io-client';
import type { Ack, AgentAnswers, Broadcast, Desk } from '../../protocol';
import type { House } from '../house';
import type { LogIn } from './staff';

/** A console that takes every offer and answers every message of its customers, as the real one does: told by socket, answering over REST. */
export class AnsweringAgent {
  private readonly http = new Connections({ keepAlive: true, maxSockets: 4 });
  private readonly answered = new Set<string>();
  private readonly taking = new Set<string>();
  private desk: Desk | null = null;

  private constructor(private readonly house: House, private readonly logIn: LogIn, private readonly socket: Socket) {
    socket.on('desk', (desk: Desk) => this.take(desk));
    socket.on('event', (event: Broadcast) => {
      if (event.name === 'message.added' && event.data.message.kind === 'customer') this.answer(event.data.message.ticketId, event.data.message.text);
    });
  }

  static async open(house: House, logIn: LogIn): Promise<AnsweringAgent> {
    const socket = io(`${house.server.node.baseUrl}/agent`, { transports: ['websocket'], extraHeaders: { cookie: logIn.cookie }, forceNew: true });
    await new Promise<void>((resolve, reject) => { socket.once('connect', resolve); socket.once('connect_error', reject); });
    const agent = new AnsweringAgent(house, logIn, socket);
    await agent.send('hello', { lastEvent: 0 });
    await agent.send('state.set', { state: 'available' });
    return agent;
  }

  /** How many conversations this agent has. */
  get busyWith(): number {
    return this.desk?.assigned.length ?? 0;
  }

  close(): void {
    this.socket.disconnect();
    this.http.destroy();
  }

  private async send<N extends keyof AgentAnswers>(event: N, input: unknown): Promise<AgentAnswers[N]> {
    const ack = await (this.socket.timeout(20_000).emitWithAck(event, input) as Promise<Ack<AgentAnswers[N]>>);
    if (!ack.ok) throw new Error(ack.problem.code);
    return ack.value;
  }

  private take(desk: Desk): void {
    this.desk = desk;
    for (const { id } of desk.offers) {
      if (this.taking.has(id)) continue;
      this.taking.add(id);
      // A refusal means that the offer went elsewhere; the next desk tells.
      void this.send('offer.accept', { offerId: id }).then(({ desk: after }) => this.take(after), () => undefined);
    }
  }

  private answer(ticketId: string, text: string): void {
    if (this.answered.has(text)) return;
    this.answered.add(text);
    // As the console does: the message's own id is the key of the request.
    const key = `bench-${ticketId}-${text.split(' ', 2)[1] ?? ''}`;
    const body = JSON.stringify({ clientId: key, kind: 'agent', text: `re ${text}` });
    const asked = request(`${this.house.server.node.baseUrl}/api/v1/tickets/${ticketId}/messages`, { method: 'POST', agent: this.http, headers: { cookie: this.logIn.cookie, 'x-csrf-token': this.logIn.csrf, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'idempotency-key': key } });
    // What is not answered is noticed by the customer who waits.
    asked.on('response', (response) => response.resume()).on('error', () => undefined).end(body);
  }
}
