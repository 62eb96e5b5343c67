import { randomUUID } from 'node:crypto';
import type { ChannelHost } from '../../channel';
import { faultOf } from '../fault';
import { noteHealth } from '../health';
import { Mailboxes, type MailboxDoc } from '../mailbox.model';
import { readMailbox } from './read-mailbox';

const lookMs = 2000;
const leaseMs = 30_000;
const firstWaitMs = 2000;
const longestWaitMs = 300_000;

interface Reader {
  version: number;
  stop: AbortController;
  over: Promise<void>;
}

/** One reader per mailbox that is fetched, on one node each; none waits for another. Looks every two seconds for what was added or changed. */
export function startReaders(hostOf: (companyId: string) => ChannelHost): { stop(): Promise<void> } {
  const running = new Map<string, Reader>();
  const me = randomUUID();
  const look = async (): Promise<void> => {
    const wanted = await Mailboxes.find({ active: true, imap: { $ne: null } }).setOptions({ acrossCompanies: true }).lean<MailboxDoc[]>();
    for (const [id, reader] of running) if (wanted.find((box) => box._id === id)?.version !== reader.version) { reader.stop.abort(); running.delete(id); }
    for (const box of wanted) {
      if (running.has(box._id)) continue;
      const stop = new AbortController();
      running.set(box._id, { version: box.version, stop, over: keepReading({ host: hostOf(box.companyId), box, stop: stop.signal, me }) });
    }
  };
  const log = hostOf('').ctx.log;
  let looking = look().catch((error: unknown) => log.warn({ err: error }, 'the mailboxes could not be looked at'));
  const timer = setInterval(() => { looking = looking.then(look).catch((error: unknown) => log.warn({ err: error }, 'the mailboxes could not be looked at')); }, lookMs);
  return {
    async stop() {
      clearInterval(timer);
      await looking;
      for (const reader of running.values()) reader.stop.abort();
      await Promise.all([...running.values()].map((reader) => reader.over));
    },
  };
}

interface Task {
  host: ChannelHost;
  box: MailboxDoc;
  stop: AbortSignal;
  me: string;
}

// Over and over until told to stop, waiting longer after every failure.
async function keepReading(task: Task): Promise<void> {
  const { host, box, stop } = task;
  let wait = firstWaitMs;
  while (!stop.aborted) {
    const began = Date.now();
    let mine = true;
    try {
      mine = await withLease(task, async (signal) => {
        await noteHealth(host.ctx, box._id, { state: 'starting', code: 'ok', detail: '' });
        const fresh = await Mailboxes.findOne({ companyId: box.companyId, _id: box._id }).lean<MailboxDoc>();
        if (fresh) await readMailbox(host, fresh, signal);
      });
    } catch (error) {
      if (stop.aborted) return;
      const fault = faultOf(error);
      host.ctx.log.warn({ mailbox: box.address, ...fault }, 'a mailbox cannot be read; it is tried again');
      await noteHealth(host.ctx, box._id, { state: 'failing', ...fault }).catch(() => undefined);
    }
    wait = nextWait(wait, { mine, lastedMs: Date.now() - began });
    await pause(wait / 2, stop);
  }
}

/** Milliseconds (twice over) until the next try: longer after each failure, short while another node reads, so that its death is noticed soon. */
export function nextWait(before: number, { mine, lastedMs }: { mine: boolean; lastedMs: number }): number {
  return !mine || lastedMs > longestWaitMs ? firstWaitMs : Math.min(before * 2, longestWaitMs);
}

// Only one node reads a mailbox; when it dies another takes over within half a minute. False: another one reads.
async function withLease({ host, box, stop, me }: Task, work: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
  const { redis } = host.ctx;
  const key = `{t:${box.companyId}}:mailbox-reader:${box._id}`;
  const got = await redis.set(key, me, 'PX', leaseMs, 'NX');
  if (!got && (await redis.get(key)) !== me) return false;
  const lost = new AbortController();
  const renew = setInterval(() => {
    redis.get(key).then(async (holder) => {
      if (holder === null || holder === me) await redis.set(key, me, 'PX', leaseMs);
      else lost.abort();
    }).catch(() => undefined);
  }, leaseMs / 3);
  try {
    await work(AbortSignal.any([stop, lost.signal]));
    return true;
  } finally {
    clearInterval(renew);
    if ((await redis.get(key).catch(() => null)) === me) await redis.del(key).catch(() => undefined);
  }
}

const pause = (milliseconds: number, stop: AbortSignal): Promise<void> => new Promise((resolve) => {
  const over = (): void => {
    clearTimeout(timer);
    stop.removeEventListener('abort', over);
    resolve();
  };
  const timer = setTimeout(over, milliseconds);
  stop.addEventListener('abort', over, { once: true });
});
