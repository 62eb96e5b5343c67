/** Refused at once because the other side failed too often lately. */
export class Resting extends Error {}

/** Keeps a failing service from holding everybody up. */
export interface Breaker {
  run<T>(work: () => Promise<T>): Promise<T>;
}

interface BreakerOptions {
  /** Failures in a row after which nobody asks any more (5). */
  failures?: number;
  /** Milliseconds until one is let through to try again (30,000). */
  restMs?: number;
  now?: () => number;
}

/** Passes work through until it failed a few times in a row; then refuses at once, and lets one through after a while to see. */
export function createBreaker({ failures = 5, restMs = 30_000, now = Date.now }: BreakerOptions = {}): Breaker {
  let failed = 0;
  let restUntil = 0;
  return {
    async run(work) {
      if (failed >= failures) {
        if (now() < restUntil) throw new Resting('The model endpoint failed too often and is left alone for a moment');
        restUntil = now() + restMs;
      }
      try {
        const result = await work();
        failed = 0;
        return result;
      } catch (error) {
        failed += 1;
        restUntil = now() + restMs;
        throw error;
      }
    },
  };
}
