import { io, type Socket } from 'socket.io-client';
import type { Ack, AgentAnswers, Broadcast, Desk } from '../../protocol';
import type { House } from '../house';
import type { LogIn } from './staff';

/** A console that takes every offer and answers every message of its customers, as the real one does: told and answering by socket. */
export class AnsweringAgent {
  private readonly answered = new Set<string>();
  private readonly taking = new Set<string>();
  private desk: Desk | null = null;

  private constructor(private readonly socket: Socket) {
    socket.on('desk', (desk: Desk) => this.take(desk));
    socket.on('event', (event: Broadcast) => {
      if (event.name === 'message.added' && event.data.message.kind === 'customer') this.answer(event.data.message.ticketId, event.data.message.text);
    });
  }

  static async open(house: House, logIn: LogIn): Promise<AnsweringAgent> {
    const socket = io(`${house.server.node.baseUrl}/agent`, { transports: ['websocket'], extraHeaders: { cookie: logIn.cookie }, forceNew: true });
    await new Promise<void>((resolve, reject) => { socket.once('connect', resolve); socket.once('connect_error', reject); });
    const agent = new AnsweringAgent(socket);
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
    const clientId = `bench-${ticketId}-${text.split(' ', 2)[1] ?? ''}`;
    // What is not answered is noticed by the customer who waits.
    void this.send('message.send', { ticketId, message: { clientId, kind: 'agent', text: `re ${text}` } }).catch(() => undefined);
  }
}
