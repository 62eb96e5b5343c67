import type { Ack } from '../../protocol/sockets';
import type { CustomerAnswers, ToCustomer } from '../../protocol/webchat';
import { Refusal } from './api';
import { Wire } from './wire';

export interface LinkPorts {
  origin: string;
  dial(url: string): WebSocket;
  token(): Promise<string>;
  /** Called when the server refuses the token. */
  renew(): Promise<string>;
  told: { [N in keyof ToCustomer]: (data: ToCustomer[N]) => void };
  connected(): void;
  lost(): void;
}

/** How long an acknowledgement may take before the line counts as dead, ms. */
const PATIENCE = 6000;
const LONGEST_PAUSE = 5000;

/** Half to all of a pause that doubles: widgets that lost the same server do not return in the same moment. */
const pauseAfter = (failures: number) => Math.min(LONGEST_PAUSE, 250 * 2 ** failures) * (0.5 + Math.random() / 2);

/** The live line to the server, opened again for as long as it is wanted; token in the handshake, answers or a Refusal for everything that is sent. */
export class Link {
  private wanted = false;
  private up = false;
  private wire: Wire | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  /** Of several attempts only the last counts. */
  private attempt = 0;

  constructor(private readonly ports: LinkPorts, private readonly patience = PATIENCE) {}

  connect(): void {
    if (this.wanted) return;
    this.wanted = true;
    void this.open(this.ports.token);
  }

  /** Drops the line and, when it is wanted, opens it at once with the present token. */
  restart(): void {
    this.stop();
    if (this.wanted) void this.open(this.ports.token);
  }

  /** The network or the tab is back: no reason to wait any longer. */
  wake(): void {
    if (!this.wanted || this.up) return;
    this.failures = 0;
    this.restart();
  }

  close(): void {
    this.wanted = false;
    this.stop();
  }

  async send<N extends keyof CustomerAnswers>(name: N, payload: object): Promise<CustomerAnswers[N]> {
    const { wire } = this;
    if (!this.up || !wire) throw new Refusal('offline');
    const ack = (await wire.ask(name, payload, this.patience).catch((error: Error) => {
      // Nothing heard for so long: do not wait for the heartbeat to notice.
      if (error.message === 'silence') wire.close();
      throw new Refusal('offline');
    })) as Ack<CustomerAnswers[N]>;
    if (!ack.ok) throw new Refusal(ack.problem.code);
    return ack.value;
  }

  private async open(take: () => Promise<string>): Promise<void> {
    const mine = ++this.attempt;
    const token = await take().catch(() => null);
    if (mine !== this.attempt || !this.wanted) return;
    if (token === null) return this.later(this.ports.token);
    const { origin, dial, told } = this.ports;
    this.wire = new Wire({ origin, namespace: '/customer', auth: { token }, patience: this.patience }, {
      dial,
      up: () => {
        this.up = true;
        this.failures = 0;
        this.ports.connected();
      },
      event: (name, data) => (told as Partial<Record<string, (data: unknown) => void>>)[name]?.(data),
      closed: (code) => {
        if (mine !== this.attempt) return;
        this.wire = undefined;
        this.up = false;
        this.ports.lost();
        if (this.wanted) this.later(code === 'not-logged-in' ? this.ports.renew : this.ports.token);
      },
    });
  }

  private later(take: () => Promise<string>): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.open(take), pauseAfter(this.failures++));
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.attempt++;
    const { wire } = this;
    this.wire = undefined;
    if (this.up) this.ports.lost();
    this.up = false;
    wire?.close();
  }
}
