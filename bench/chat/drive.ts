import { paced } from '../house';

/** A customer and whoever answers them. */
export interface Conversation {
  /** The customer says something; resolves when the answer to it has come. `stored` is called when the server acknowledged it. */
  ask(text: string, stored: () => void): Promise<void>;
  close(): void;
}

/** What a stretch of talk was like. */
export interface Talk {
  /** Milliseconds from what a customer said to the answer, and to the acknowledgement. */
  roundTrips: number[];
  acknowledgements: number[];
  failed: Error[];
}

const patienceMs = 20_000;
let spoken = 0;

/** So many round trips a second, over all conversations in turn. */
export async function drive(pairs: readonly Conversation[], { perSecond, total }: { perSecond: number; total: number }): Promise<Talk> {
  const roundTrips: number[] = [];
  const acknowledgements: number[] = [];
  const failed = await paced({ perSecond, total }, async (n) => {
    const pair = pairs[n % pairs.length];
    if (!pair) throw new Error('there is nobody to talk');
    const text = `message ${spoken++} of a customer who has a question about an order`;
    const begin = performance.now();
    await inTime(pair.ask(text, () => void acknowledgements.push(performance.now() - begin)));
    roundTrips.push(performance.now() - begin);
  });
  return { roundTrips, acknowledgements, failed };
}

async function inTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new Error('no answer came')), patienceMs); });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
