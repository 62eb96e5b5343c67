import type { FieldDefinition } from '../../protocol';
import { audit, changedFields } from '../access';
import { badInput, happened, newId, problem, type Actor, type Ctx } from '../kernel';
import { FieldModel, presentField, type FieldDoc } from './field.model';

/** Declares or changes a custom field. Throws still-in-use for another type: values of the old one may exist; bad-input for a choice without choices. */
export async function putField(ctx: Ctx, actor: Actor, { subject, key, label, type, choices }: FieldDefinition): Promise<FieldDefinition> {
  if (type === 'choice' && choices.length === 0) throw badInput({ choices: 'must name at least one' });
  const { companyId } = ctx;
  const before = await FieldModel.findOne({ companyId, subject, key }).lean<FieldDoc>();
  if (before && before.type !== type) throw problem('still-in-use');
  const next = { label, type, choices: type === 'choice' ? [...new Set(choices)] : [] };
  const event = happened('settings.changed', { kind: 'fields' }, { by: actor, subject: companyId, at: ctx.clock.now() });
  const field = await FieldModel.findOneAndUpdate({ companyId, subject, key }, { $set: next, $setOnInsert: { _id: newId() }, $push: { pending: event } }, { upsert: true, returnDocument: 'after' }).lean<FieldDoc>();
  if (!field) throw new Error('an upsert answered nothing');
  await ctx.relay.publish({ collection: 'fields', companyId, id: field._id }, [event]);
  await audit(ctx, actor, { action: before ? 'field.changed' : 'field.added', subject: { kind: 'field', id: field._id, name: `${subject}.${key}` }, ...changedFields(before ?? {}, next) });
  return presentField(field);
}
