/** What happens on a wire. `closed` ends every wire, also one that never came up. */
export interface WirePorts {
  /** Opens a WebSocket; replaced where there is no browser. */
  dial(url: string): WebSocket;
  up(): void;
  event(name: string, data: unknown): void;
  /** `code` is the problem with which the server refused the connection, empty when the line simply went. */
  closed(code: string): void;
}

export interface WireEnd {
  origin: string;
  namespace: string;
  auth: object;
  /** How long it may take until the server has let us in, ms. */
  patience: number;
}

type Timer = ReturnType<typeof setTimeout>;
type Asked = { resolve(answer: unknown): void; reject(reason: Error): void; timer: Timer };

// Packet types: of Engine.IO protocol 4, and, after its "4", of Socket.IO protocol 5.
const [OPEN, PING, PONG, MESSAGE] = ['0', '2', '3', '4'] as const;
const [CONNECT, DISCONNECT, EVENT, ACK, REFUSED] = ['0', '1', '2', '3', '4'] as const;

/**
 * One connection to one namespace of a Socket.IO server: the part of the protocol that the widget needs (WebSocket, JSON, acknowledgements,
 * heartbeat). The whole client library weighs five times as much; docs/widget.md says why this is here.
 */
export class Wire {
  private readonly socket: WebSocket;
  private readonly asked = new Map<number, Asked>();
  private readonly prefix: string;
  private rhythm = 0;
  private nextId = 0;
  private over = false;
  private beat: number;
  private heart: Timer;

  constructor(private readonly end: WireEnd, private readonly ports: WirePorts) {
    this.prefix = `${end.namespace},`;
    this.beat = end.patience;
    this.heart = setTimeout(() => this.close(), this.beat);
    this.socket = ports.dial(`${end.origin.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`);
    this.socket.onmessage = ({ data }: MessageEvent) => {
      if (!this.over && typeof data === 'string') this.frame(data);
    };
    this.socket.onclose = this.socket.onerror = () => this.close();
  }

  /** Sends an event and resolves with its acknowledgement; rejects when the wire closes first or nothing comes for `patience` ms. */
  ask(name: string, payload: object, patience: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.over || this.socket.readyState !== 1) return reject(new Error('closed'));
      const id = this.nextId++;
      const timer = setTimeout(() => {
        this.asked.delete(id);
        reject(new Error('silence'));
      }, patience);
      this.asked.set(id, { resolve, reject, timer });
      this.socket.send(`${MESSAGE}${EVENT}${this.prefix}${id}${JSON.stringify([name, payload])}`);
    });
  }

  close(code = ''): void {
    if (this.over) return;
    this.over = true;
    clearTimeout(this.heart);
    this.asked.forEach(({ reject, timer }) => {
      clearTimeout(timer);
      reject(new Error('closed'));
    });
    this.socket.close();
    this.ports.closed(code);
  }

  private alive(): void {
    clearTimeout(this.heart);
    this.heart = setTimeout(() => this.close(), this.beat);
  }

  private frame(text: string): void {
    const type = text[0];
    if (type === OPEN) {
      const { pingInterval, pingTimeout } = JSON.parse(text.slice(1)) as { pingInterval: number; pingTimeout: number };
      this.rhythm = pingInterval + pingTimeout;
      this.socket.send(MESSAGE + CONNECT + this.prefix + JSON.stringify(this.end.auth));
    } else if (type === PING) this.socket.send(PONG);
    else if (type === MESSAGE) this.packet(text.slice(1));
    if (!this.over) this.alive();
  }

  /** `type`, namespace, perhaps an id in digits, JSON. */
  private packet(text: string): void {
    const rest = text.startsWith(this.prefix, 1) ? text.slice(1 + this.prefix.length) : '';
    const [digits = ''] = /^\d*/.exec(rest) ?? [];
    const data = JSON.parse(rest.slice(digits.length) || 'null') as unknown;
    const type = text[0];
    if (type === CONNECT) {
      this.beat = this.rhythm;
      this.ports.up();
    } else if (type === DISCONNECT) this.close();
    else if (type === REFUSED) this.close((data as { data?: { code?: string } } | null)?.data?.code ?? 'internal');
    else if (type === EVENT) this.ports.event(...(data as [string, unknown]));
    else if (type === ACK) this.answered(Number(digits), (data as unknown[])[0]);
  }

  private answered(id: number, answer: unknown): void {
    const waiting = this.asked.get(id);
    this.asked.delete(id);
    clearTimeout(waiting?.timer);
    waiting?.resolve(answer);
  }
}
