import type { Ack } from '../../protocol/sockets';
import type { CustomerAnswers, ToCustomer } from '../../protocol/webchat';
import { Refusal } from './api';
import { openWire } from './wire';
import type { Wire } from './wire';

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
export function createLink(ports: LinkPorts, patience = PATIENCE) {
  let wanted = false;
  let up = false;
  let wire: Wire | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  /** Of several attempts only the last counts. */
  let attempt = 0;

  const open = async (take: () => Promise<string>) => {
    const mine = ++attempt;
    const token = await take().catch(() => null);
    if (mine !== attempt || !wanted) return;
    if (token === null) return later(ports.token);
    wire = openWire({ origin: ports.origin, namespace: '/customer', auth: { token } }, {
      dial: ports.dial,
      up() {
        up = true;
        failures = 0;
        ports.connected();
      },
      event: (name, data) => (ports.told as Partial<Record<string, (data: unknown) => void>>)[name]?.(data),
      closed(code) {
        if (mine !== attempt) return;
        wire = undefined;
        up = false;
        ports.lost();
        if (wanted) later(code === 'not-logged-in' ? ports.renew : ports.token);
      },
    });
  };
  const later = (take: () => Promise<string>) => {
    clearTimeout(timer);
    timer = setTimeout(() => void open(take), pauseAfter(failures++));
  };
  const stop = () => {
    clearTimeout(timer);
    attempt++;
    const before = wire;
    wire = undefined;
    if (up) ports.lost();
    up = false;
    before?.close();
  };

  return {
    connect() {
      if (wanted) return;
      wanted = true;
      void open(ports.token);
    },
    /** Drops the line and, when it is wanted, opens it at once with the present token. */
    restart() {
      stop();
      if (wanted) void open(ports.token);
    },
    /** The network or the tab is back: no reason to wait any longer. */
    wake() {
      if (!wanted || up) return;
      failures = 0;
      stop();
      void open(ports.token);
    },
    close() {
      wanted = false;
      stop();
    },
    async send<N extends keyof CustomerAnswers>(name: N, payload: object): Promise<CustomerAnswers[N]> {
      const current = wire;
      if (!up || !current) throw new Refusal('offline');
      const ack = (await current.ask(name, payload, patience).catch((error: Error) => {
        // Nothing heard for so long: do not wait for the heartbeat to notice.
        if (error.message === 'silence') current.close();
        throw new Refusal('offline');
      })) as Ack<CustomerAnswers[N]>;
      if (!ack.ok) throw new Refusal(ack.problem.code);
      return ack.value;
    },
  };
}

export type Link = ReturnType<typeof createLink>;
