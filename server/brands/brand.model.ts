import { model, type Schema } from 'mongoose';
import type { Brand, BrandSettings } from '../../protocol';
import { houseSchema, remembered, withOutbox, type Outbox } from '../kernel';

/** A face of a company. */
export interface BrandDoc extends BrandSettings, Outbox {
  _id: string;
  companyId: string;
}

const schema = houseSchema<BrandDoc>({
  key: { type: String, required: true }, name: { type: String, required: true }, colour: { type: String, required: true }, logoId: { type: String, default: null },
  hosts: { type: [String], default: [] }, locale: { type: String, required: true }, queueId: { type: String, default: '' }, chatQueueId: { type: String, default: '' },
}, { collection: 'brands' });
schema.index({ companyId: 1, key: 1 }, { unique: true });
withOutbox(schema as unknown as Schema);

// Most companies have none, which is remembered too: every chat message asks.
const remember = remembered(schema as unknown as Schema, async (companyId: string) => ({ rows: await Brands.find({ companyId }).sort({ name: 1 }).lean<BrandDoc[]>() }));

/** A company's brands by name; good for a second. */
export const brandsOf = async (companyId: string): Promise<BrandDoc[]> => (await remember(companyId)).rows;

/** The collection of brands. */
export const Brands = model<BrandDoc>('Brand', schema);

/** A brand as the protocol shows it. */
export const presentBrand = ({ _id, key, name, colour, logoId, hosts, locale, queueId, chatQueueId }: BrandDoc): Brand => ({ id: _id, key, name, colour, logoId, logoUrl: logoId === null ? null : `/files/${logoId}`, hosts, locale, queueId, chatQueueId });

/** One brand; null when there is none of that id. */
export const brandById = async (companyId: string, id: string): Promise<BrandDoc | null> => (await brandsOf(companyId)).find((each) => each._id === id) ?? null;

/** The brand of the page a browser says it stands on; else the one a key names. */
export const brandOnPage = (companyId: string, { origin = '', key }: { origin?: string | undefined; key?: string | undefined }): Promise<BrandDoc | null> =>
  brandAt(companyId, { host: URL.canParse(origin) ? new URL(origin).hostname : '', key });

/** The brand a host name shows, or the one a key names; null: the company itself. A host goes before a key. */
export async function brandAt(companyId: string, { host, key }: { host?: string | undefined; key?: string | undefined }): Promise<BrandDoc | null> {
  const brands = await brandsOf(companyId);
  return brands.find((each) => each.hosts.includes((host ?? '').toLowerCase())) ?? brands.find((each) => each.key === key) ?? null;
}
