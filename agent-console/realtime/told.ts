import { create } from 'zustand';
import type { BroadcastData } from '../../protocol/sockets';

/** What was last said on a ticket the reader follows; null once they were told. */
export const useTold = create<{ last: BroadcastData['follower.told'] | null }>()(() => ({ last: null }));
