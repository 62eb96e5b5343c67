/** What happens on a wire. `closed` ends every wire, also one that never came up. */
export interface WirePorts {
  /** Opens a WebSocket; replaced where there is no browser. */
  dial(url: string): WebSocket;
  up(): void;
  event(name: string, data: unknown): void;
  /** `code` is the problem with which the server refused the connection, empty when the line simply went. */
  closed(code: string): void;
}

export interface Wire {
  /** Sends an event and resolves with its acknowledgement; rejects when the wire closes first or nothing comes for `patience` ms. */
  ask(name: string, payload: object, patience: number): Promise<unknown>;
  close(): void;
}

type Asked = { resolve(answer: unknown): void; reject(reason: Error): void; timer: ReturnType<typeof setTimeout> };

const CONNECT_PATIENCE = 10_000;
// Packet types: of Engine.IO protocol 4, and, after its "4", of Socket.IO protocol 5.
const [OPEN, PING, PONG, MESSAGE] = ['0', '2', '3', '4'];
const [CONNECT, DISCONNECT, EVENT, ACK, REFUSED] = ['0', '1', '2', '3', '4'];

/**
 * One connection to one namespace of a Socket.IO server: the part of the protocol that the widget needs (WebSocket, JSON, acknowledgements,
 * heartbeat). The whole client library weighs five times as much; docs/widget.md says why this is here.
 */
export function openWire({ origin, namespace, auth }: { origin: string; namespace: string; auth: object }, ports: WirePorts): Wire {
  const socket = ports.dial(`${origin.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`);
  const asked = new Map<number, Asked>();
  const prefix = `${namespace},`;
  let nextId = 0;
  let over = false;
  let heart: ReturnType<typeof setTimeout> = setTimeout(() => end(''), CONNECT_PATIENCE);
  let beat = CONNECT_PATIENCE;

  const end = (code: string) => {
    if (over) return;
    over = true;
    clearTimeout(heart);
    asked.forEach(({ reject, timer }) => {
      clearTimeout(timer);
      reject(new Error('closed'));
    });
    asked.clear();
    socket.close();
    ports.closed(code);
  };
  const alive = () => {
    clearTimeout(heart);
    heart = setTimeout(() => end(''), beat);
  };

  const answered = (id: number, answer: unknown) => {
    const waiting = asked.get(id);
    asked.delete(id);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    waiting.resolve(answer);
  };

  /** `type`, namespace, perhaps an id in digits, JSON. */
  const packet = (text: string) => {
    const rest = text.slice(1).startsWith(prefix) ? text.slice(1 + prefix.length) : '';
    const [digits = ''] = /^\d*/.exec(rest) ?? [];
    const data = JSON.parse(rest.slice(digits.length) || 'null') as unknown;
    const type = text[0];
    if (type === CONNECT) ports.up();
    else if (type === DISCONNECT) end('');
    else if (type === REFUSED) end((data as { data?: { code?: string } } | null)?.data?.code ?? 'internal');
    else if (type === EVENT) ports.event(...(data as [string, unknown]));
    else if (type === ACK) answered(Number(digits), (data as unknown[])[0]);
  };

  const frame = (text: string) => {
    alive();
    const type = text[0];
    if (type === OPEN) {
      const { pingInterval, pingTimeout } = JSON.parse(text.slice(1)) as { pingInterval: number; pingTimeout: number };
      beat = pingInterval + pingTimeout;
      alive();
      socket.send(MESSAGE + CONNECT + prefix + JSON.stringify(auth));
    } else if (type === PING) socket.send(PONG as string);
    else if (type === MESSAGE) packet(text.slice(1));
  };

  socket.onmessage = ({ data }: MessageEvent) => {
    if (!over && typeof data === 'string') frame(data);
  };
  socket.onclose = socket.onerror = () => end('');

  return {
    close: () => end(''),
    ask: (name, payload, patience) => new Promise((resolve, reject) => {
      if (over || socket.readyState !== 1) return reject(new Error('closed'));
      const id = nextId++;
      const timer = setTimeout(() => {
        asked.delete(id);
        reject(new Error('silence'));
      }, patience);
      asked.set(id, { resolve, reject, timer });
      socket.send(`${MESSAGE}${EVENT}${prefix}${id}${JSON.stringify([name, payload])}`);
    }),
  };
}
