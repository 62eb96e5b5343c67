import mongoose from 'mongoose';
import type { PendingEvent } from './outbox';
import type { Relay } from './relay.types';

interface Carrier {
  _id: string;
  companyId: string;
  pending?: PendingEvent[];
}

/** Publishes what a crash left behind: events that have been pending for more than `olderMs`. Answers how many there were. */
export async function sweepPending(relay: Relay, collections: readonly string[], { now, olderMs = 3000 }: { now: number; olderMs?: number }): Promise<number> {
  let found = 0;
  for (const collection of collections) {
    const rows = await mongoose.connection.collection(collection).find({ 'pending._id': { $gt: '' } }).project({ companyId: 1, pending: 1 }).limit(500).toArray() as unknown as Carrier[];
    for (const row of rows) {
      const late = (row.pending ?? []).filter((event) => event.at.getTime() < now - olderMs);
      found += late.length;
      await relay.publish({ collection, companyId: row.companyId, id: row._id }, late);
    }
  }
  return found;
}
