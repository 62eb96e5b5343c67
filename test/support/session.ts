// A server with the demo company, and people on it over REST and Socket.IO: what journeys and kill tests do without a browser.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { io, type Socket } from 'socket.io-client';
import type { Broadcast, Desk, Me, Offer } from '../../protocol';
import { ensureBuilt } from './build';
import { startNode, type NodeSettings, type ServerNode } from './node';
import { tempFolder } from './temp';

/** Who works in the demo company. */
export const people = { ana: 'ana@demo.trunkline.localhost', minjun: 'minjun@demo.trunkline.localhost', wei: 'wei@demo.trunkline.localhost', yui: 'yui@demo.trunkline.localhost', maria: 'maria@demo.trunkline.localhost', jonas: 'jonas@demo.trunkline.localhost' };

const waitMs = 25_000;

/** Waits until something is true, looking again every 25 ms; fails with what was waited for. */
export async function until<T>(what: string, look: () => Promise<T | null | undefined | false> | T | null | undefined | false, limitMs = waitMs): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited ${limitMs} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** A running server with a data folder of its own. */
export interface DemoServer {
  node: ServerNode;
  password: string;
  dataDir: string;
  stop(): Promise<void>;
}

/** Builds, starts a server on an empty folder with the demo company, and knows the password of its people. Mails leave at once, without time to take them back. */
export async function startDemo(settings: Partial<NodeSettings> = {}): Promise<DemoServer> {
  await ensureBuilt();
  const folder = tempFolder('server');
  const dataDir = settings.dataDir ?? folder.path;
  const node = await startNode({ ...settings, dataDir });
  await inStore(dataDir, async (db) => {
    const company = await db.collection<{ _id: string }>('companies').findOne();
    await db.collection<{ _id: string; companyId: string | undefined; kind: string; value: object }>('settings').insertOne({ _id: new mongo.ObjectId().toHexString(), companyId: company?._id, kind: 'sending', value: { undoSeconds: 0 } });
  });
  const stop = async (): Promise<void> => {
    await node.stop();
    folder.remove();
  };
  return { node, password: demoPassword(dataDir), dataDir, stop };
}

/** The password of the demo's people, as written at the first start. */
export function demoPassword(dataDir: string): string {
  const found = /^ +password +(\S+)$/m.exec(readFileSync(join(dataDir, 'demo-log-ins.txt'), 'utf8'))?.[1];
  if (!found) throw new Error('the demo has no password');
  return found;
}

/** Looks into the store of the server that runs on a data folder, behind its back. */
export async function inStore<T>(dataDir: string, work: (db: mongo.Db) => Promise<T>): Promise<T> {
  const { mongoUrl } = JSON.parse(readFileSync(join(dataDir, 'running.json'), 'utf8')) as { mongoUrl: string };
  const client = await mongo.MongoClient.connect(mongoUrl);
  return work(client.db()).finally(() => client.close());
}

/** What an endpoint answered. */
export interface Reply {
  status: number;
  body: Record<string, never> & { rows?: never[] };
  text: string;
}

/** Somebody logged in over REST. */
export class Session {
  private constructor(readonly baseUrl: string, readonly cookie: string, readonly me: Me) {}

  static async logIn(baseUrl: string, email: string, password: string): Promise<Session> {
    const answer = await fetch(`${baseUrl}/api/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email, password }) });
    if (!answer.ok) throw new Error(`could not log in: ${await answer.text()}`);
    const { me } = await answer.json() as { me: Me };
    return new Session(baseUrl, answer.headers.getSetCookie()[0]?.split(';')[0] ?? '', me);
  }

  /** The same log-in at another node. */
  at(baseUrl: string): Session {
    return new Session(baseUrl, this.cookie, this.me);
  }

  async ask(method: string, path: string, { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {}): Promise<Reply> {
    const answer = await fetch(`${this.baseUrl}/api/v1${path}`, { method, headers: { cookie: this.cookie, 'x-csrf-token': this.me.csrf, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const text = await answer.text();
    return { status: answer.status, text, body: text.startsWith('{') ? JSON.parse(text) as Reply['body'] : {} };
  }

  /** The answer's body as a type; an error with the answer when it is a refusal. */
  async read<T>(method: string, path: string, body?: unknown): Promise<T> {
    const reply = await this.ask(method, path, { body });
    if (reply.status >= 300) throw new Error(`${method} ${path} answered ${reply.status}: ${reply.text}`);
    return reply.body as unknown as T;
  }
}

const open = new Set<Socket>();

/** Ends every connection that a test file opened, also those of a test that broke off: a socket that is left would try to come back for ever. */
export function hangUpAll(): void {
  for (const socket of open) socket.disconnect();
  open.clear();
}

/** Remembers a connection for `hangUpAll`. */
export function remember(socket: Socket): Socket {
  open.add(socket);
  return socket;
}

/** A console without a screen: its socket, the desk as last told, and every broadcast. */
export class Desktop {
  desk: Desk | null = null;
  readonly events: Broadcast[] = [];
  readonly presence: { ticketId: string; viewers: { name: string; typing: boolean }[] }[] = [];
  readonly customerTyping: { ticketId: string; on: boolean }[] = [];

  private constructor(readonly session: Session, readonly socket: Socket) {
    socket.on('desk', (desk: Desk) => { this.desk = desk; });
    socket.on('event', (event: Broadcast) => void this.events.push(event));
    socket.on('presence', (told: Desktop['presence'][number]) => void this.presence.push(told));
    socket.on('customer.typing', (told: Desktop['customerTyping'][number]) => void this.customerTyping.push(told));
  }

  static async open(session: Session): Promise<Desktop> {
    const socket = remember(io(`${session.baseUrl}/agent`, { transports: ['websocket'], extraHeaders: { cookie: session.cookie }, forceNew: true, reconnectionDelay: 100, reconnectionDelayMax: 300 }));
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    const desktop = new Desktop(session, socket);
    const { desk } = await desktop.send<{ desk: Desk }>('hello', { lastEvent: 0 });
    desktop.desk ??= desk;
    return desktop;
  }

  /** Sends an event and answers what it is acknowledged with; throws the refusal's code. */
  async send<T>(event: string, input: unknown): Promise<T> {
    const ack = await this.raw(event, input) as { ok: true; value: T } | { ok: false; problem: { code: string } };
    if (!ack.ok) throw new Error(ack.problem.code);
    return ack.value;
  }

  /** The acknowledgement as it came. */
  raw(event: string, input: unknown): Promise<unknown> {
    return this.socket.timeout(15_000).emitWithAck(event, input) as Promise<unknown>;
  }

  async become(state: 'available' | 'away' | 'offline'): Promise<void> {
    const { desk } = await this.send<{ desk: Desk }>('state.set', { state });
    this.desk = desk;
  }

  /** The next offer that fits; waits for it. */
  offer(fits: (offer: Offer) => boolean = () => true): Promise<Offer> {
    return until('an offer', () => this.desk?.offers.find(fits));
  }

  async accept(offer: Offer): Promise<string> {
    const { ticketId, desk } = await this.send<{ ticketId: string; desk: Desk }>('offer.accept', { offerId: offer.id });
    this.desk = desk;
    return ticketId;
  }

  close(): void {
    this.socket.disconnect();
  }
}
