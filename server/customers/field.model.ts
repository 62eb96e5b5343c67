import { model, type Schema } from 'mongoose';
import type { FieldDefinition } from '../../protocol';
import { houseSchema, withOutbox, type Ctx, type Outbox } from '../kernel';

/** A custom field an administrator declared. */
export interface FieldDoc extends FieldDefinition, Outbox {
  _id: string;
  companyId: string;
}

const schema = houseSchema<FieldDoc>({
  key: { type: String, required: true },
  subject: { type: String, required: true },
  label: { type: String, required: true },
  type: { type: String, required: true },
  choices: { type: [String], default: [] },
}, { collection: 'fields' });
schema.index({ companyId: 1, subject: 1, key: 1 }, { unique: true });
withOutbox(schema as unknown as Schema);

export const FieldModel = model<FieldDoc>('Field', schema);

/** The custom fields of a company, or of one subject. */
export async function listFields(ctx: Ctx, subject?: FieldDefinition['subject']): Promise<FieldDefinition[]> {
  const found = await FieldModel.find({ companyId: ctx.companyId, ...(subject ? { subject } : {}) }).sort({ subject: 1, key: 1 }).lean<FieldDoc[]>();
  return found.map(presentField);
}

/** A field as the protocol shows it. */
export const presentField = ({ key, subject, label, type, choices }: FieldDoc): FieldDefinition => ({ key, subject, label, type, choices });
