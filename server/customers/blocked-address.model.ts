import { model, type Schema } from 'mongoose';
import { houseSchema, isHearing, rowsTogether, Warm, withOutbox, type Outbox } from '../kernel';
import type { ContactKind } from './contact-point.model';

/** An address whose messages are refused. */
export interface BlockedAddressDoc extends Outbox {
  _id: string;
  companyId: string;
  kind: ContactKind;
  value: string;
  at: Date;
}

export const blockedAddressSchema = houseSchema<BlockedAddressDoc>({ kind: { type: String, required: true }, value: { type: String, required: true }, at: { type: Date, required: true } }, { collection: 'blockedaddresses' });
blockedAddressSchema.index({ companyId: 1, value: 1, kind: 1 }, { unique: true });

withOutbox(blockedAddressSchema as unknown as Schema);

/** What is said to have changed when an address is blocked or accepted again. */
export const blockedKind = 'blocked-addresses';

const mostKept = 5000;

// All of a company, as "kind value"; null: too many to keep.
const kept = new Warm<{ addresses: ReadonlySet<string> | null }>({
  schemas: [blockedAddressSchema as unknown as Schema],
  ids: () => [],
  stale: ({ name, data }) => (name === 'settings.changed' && data['kind'] === blockedKind ? 'all' : []),
  async read(companyId) {
    const rows = await BlockedAddressModel.find({ companyId }).select('kind value').limit(mostKept + 1).lean<BlockedAddressDoc[]>();
    return { addresses: rows.length > mostKept ? null : new Set(rows.map(({ kind, value }) => `${kind} ${value}`)) };
  },
});

/** Whether an address in its normal form is refused, as this node knows it: a change elsewhere is known some milliseconds later. */
export async function isKnownBlocked(companyId: string, { kind, value }: { kind: ContactKind; value: string }): Promise<boolean> {
  const addresses = isHearing() ? (await kept.get(companyId, 'all'))?.addresses : null;
  if (addresses) return addresses.has(`${kind} ${value}`);
  return (await rowsTogether(BlockedAddressModel, { companyId, field: 'value', value, where: { kind } })).length > 0;
}

export const BlockedAddressModel = model<BlockedAddressDoc>('BlockedAddress', blockedAddressSchema);
