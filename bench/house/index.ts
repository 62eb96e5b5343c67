/** A real server with its private Redis and store, and what all of it costs. */
export { openHouse } from './open-house';
export type { House } from './open-house';
export { difference, perUnit, readTally } from './store-tally';
export type { Tally } from './store-tally';
export { paced } from './paced';
