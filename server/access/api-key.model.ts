import { model, type Schema } from 'mongoose';
import type { Ability, ApiKey } from '../../protocol';
import { houseSchema, withOutbox, type Outbox } from '../kernel';

/** A machine's way in. */
export interface ApiKeyDoc extends Outbox {
  _id: string;
  companyId: string;
  name: string;
  abilities: Ability[];
  tokenHash: string;
  prefix: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  /** Set when it was revoked; the document stays, to carry the event. */
  endedAt: Date | null;
}

const schema = houseSchema<ApiKeyDoc>({
  name: { type: String, required: true },
  abilities: { type: [String], required: true },
  tokenHash: { type: String, required: true },
  prefix: { type: String, required: true },
  createdAt: { type: Date, required: true },
  lastUsedAt: { type: Date, default: null },
  endedAt: { type: Date, default: null },
}, { collection: 'apikeys' });
schema.index({ companyId: 1, tokenHash: 1 }, { unique: true });
schema.index({ companyId: 1, createdAt: 1 });
withOutbox(schema as unknown as Schema);

export const ApiKeyModel = model<ApiKeyDoc>('ApiKey', schema);

/** A key as the protocol shows it. */
export const presentApiKey = (key: ApiKeyDoc): ApiKey => ({
  id: key._id, name: key.name, abilities: key.abilities, prefix: key.prefix, createdAt: key.createdAt.toISOString(), lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
});

/** The keys of a company that work, oldest first. */
export const listApiKeys = async (companyId: string): Promise<ApiKey[]> => (await ApiKeyModel.find({ companyId, endedAt: null }).sort({ createdAt: 1 }).lean<ApiKeyDoc[]>()).map(presentApiKey);
