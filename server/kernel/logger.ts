import pino, { type Logger } from 'pino';

/** A structured logger. */
export type Log = Logger;

/** Structured logs on standard output. Bodies, addresses and secrets never belong into a log line; what looks like one is cut out. */
export function createLogger(level: string): Log {
  return pino({
    level,
    base: { pid: process.pid },
    redact: { paths: ['password', 'token', 'secret', 'authorization', 'cookie', '*.password', '*.token', '*.secret', '*.authorization', '*.cookie', '*.text', '*.html'], censor: '[removed]' },
  });
}
