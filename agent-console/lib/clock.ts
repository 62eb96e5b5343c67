import { useSyncExternalStore } from 'react';

interface Ticker {
  now: number;
  listeners: Set<() => void>;
  timer: ReturnType<typeof setInterval> | undefined;
}

let skew = 0;

/** Learns from an answer of the server how wrong the clock of this machine is; less than 5 s is left alone. */
export function learnTime(date: string | null): void {
  const gap = date ? Date.parse(date) - Date.now() : 0;
  skew = Math.abs(gap) > 5000 ? gap : 0;
}

/** The server's time, in milliseconds. */
export const serverNow = (): number => Date.now() + skew;

const tickers = new Map<number, Ticker>();

function tickerOf(every: number): Ticker {
  const found = tickers.get(every) ?? { now: serverNow(), listeners: new Set(), timer: undefined };
  tickers.set(every, found);
  return found;
}

function subscribe(every: number, listener: () => void): () => void {
  const ticker = tickerOf(every);
  ticker.listeners.add(listener);
  ticker.timer ??= setInterval(() => {
    ticker.now = serverNow();
    ticker.listeners.forEach((tell) => tell());
  }, every);
  return () => {
    ticker.listeners.delete(listener);
    if (ticker.listeners.size > 0) return;
    clearInterval(ticker.timer);
    ticker.timer = undefined;
  };
}

/** The time, renewed every so many milliseconds; one timer per pace however many components look. */
export function useNow(every = 10_000): number {
  return useSyncExternalStore((listener) => subscribe(every, listener), () => {
    const ticker = tickerOf(every);
    if (!ticker.timer && Math.abs(serverNow() - ticker.now) > every) ticker.now = serverNow();
    return ticker.now;
  });
}
