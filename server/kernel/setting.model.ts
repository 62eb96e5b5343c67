import { model } from 'mongoose';
import type { z } from 'zod';
import { houseSchema } from './mongo';

interface Setting {
  _id: string;
  companyId: string;
  kind: string;
  value: unknown;
}

const schema = houseSchema<Setting>({ kind: { type: String, required: true }, value: { type: Object } }, { collection: 'settings' });
schema.index({ companyId: 1, kind: 1 }, { unique: true });
const Settings = model<Setting>('Setting', schema);

/** A company's settings of one kind; what is missing gets the schema's defaults. */
export async function readSetting<S extends z.ZodType>(companyId: string, kind: string, shape: S): Promise<z.output<S>> {
  const found = await Settings.findOne({ companyId, kind }).lean<Setting>();
  return shape.parse(found?.value ?? {});
}

/** Replaces a company's settings of one kind. The caller has validated them and publishes settings.changed. */
export async function writeSetting(companyId: string, kind: string, value: unknown): Promise<void> {
  await Settings.updateOne({ companyId, kind }, { $set: { value } }, { upsert: true });
}
