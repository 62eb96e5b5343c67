import type { WaitingRoom, WaitingRoomOptions } from './room.types';

/** The waiting room of one company; see WaitingRoom. */
export function createWaitingRoom(options: WaitingRoomOptions): WaitingRoom {
  throw new Error(`The waiting room of ${options.companyId} is not built yet`);
}
