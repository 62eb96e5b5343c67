import { Redis } from 'ioredis';

/** Where Redis is: a redis:// URL, or the path of a unix socket. */
export type RedisAddress = string;

const retryStrategy = (tries: number): number => Math.min(50 * 2 ** Math.min(tries, 6), 2000);

/** A connection for commands: gives a command up after some tries instead of waiting for ever. */
export const connect = (address: RedisAddress): Redis => new Redis(address, { maxRetriesPerRequest: 20, retryStrategy });

/** A connection as BullMQ's workers need it: waits for Redis however long it takes. */
export const connectPatiently = (address: RedisAddress): Redis => new Redis(address, { maxRetriesPerRequest: null, retryStrategy });
