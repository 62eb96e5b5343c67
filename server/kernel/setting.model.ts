import { model } from 'mongoose';
import type { z } from 'zod';
import { houseSchema } from './mongo';
import { remembered } from './remembered';

interface Setting {
  _id: string;
  companyId: string;
  kind: string;
  value: unknown;
}

const schema = houseSchema<Setting>({ kind: { type: String, required: true }, value: { type: Object } }, { collection: 'settings' });
schema.index({ companyId: 1, kind: 1 }, { unique: true });
const valueOf = remembered(schema, async (key: string) => {
  const [companyId = '', ...kind] = key.split(' ');
  return { value: (await Settings.findOne({ companyId, kind: kind.join(' ') }).lean<Setting>())?.value };
});
const Settings = model<Setting>('Setting', schema);

/** A company's settings of one kind; what is missing gets the schema's defaults. */
export async function readSetting<S extends z.ZodType>(companyId: string, kind: string, shape: S): Promise<z.output<S>> {
  const { value } = await valueOf(`${companyId} ${kind}`);
  return shape.parse(value ?? {});
}

/** Replaces a company's settings of one kind. The caller has validated them and publishes settings.changed. */
export async function writeSetting(companyId: string, kind: string, value: unknown): Promise<void> {
  await Settings.updateOne({ companyId, kind }, { $set: { value } }, { upsert: true });
}
