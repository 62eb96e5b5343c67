// How many mails are on their way through one mail server at a time. Jobs of all mailboxes share their places, so a server that is slow or away must not take them all.
const most = 8;
const stuckAt = 3;
const stuckMs = 5000;
const patienceMs = 1000;

interface Way {
  /** Since when each mail is on its way, in milliseconds. */
  under: Set<{ since: number }>;
  waiting: (() => void)[];
}

const ways = new Map<string, Way>();

/** Sends through a way out; or answers for how many milliseconds to put the mail off, because the way is full. */
export async function through<T>(id: string, send: () => Promise<T>): Promise<{ sent: T } | { putOffMs: number }> {
  const way = ways.get(id) ?? { under: new Set(), waiting: [] };
  ways.set(id, way);
  if (isStuck(way)) return { putOffMs: 15_000 };
  if (way.under.size >= most && !(await aPlace(way))) return { putOffMs: isStuck(way) ? 15_000 : 1000 };
  const mine = { since: performance.now() };
  way.under.add(mine);
  try {
    return { sent: await send() };
  } finally {
    way.under.delete(mine);
    way.waiting.shift()?.();
    if (way.under.size === 0 && way.waiting.length === 0) ways.delete(id);
  }
}

function isStuck({ under }: Way): boolean {
  const [oldest] = under;
  return under.size >= stuckAt && oldest !== undefined && performance.now() - oldest.since > stuckMs;
}

function aPlace(way: Way): Promise<boolean> {
  return new Promise((resolve) => {
    const taken = (): void => {
      clearTimeout(timer);
      resolve(true);
    };
    const timer = setTimeout(() => {
      way.waiting.splice(way.waiting.indexOf(taken), 1);
      resolve(false);
    }, patienceMs);
    way.waiting.push(taken);
  });
}
