import { problem, type Actor, type Ctx } from '../kernel';
import { settingsChanged } from './announce';
import { audit, changedFields } from './audit.model';
import { CompanyModel, type Company } from './company.model';
import { companyById } from './create-company';
import { demandTimeZone } from './time-zone';

interface Change {
  name?: string;
  locale?: string;
  timeZone?: string;
}

/** Changes the company's name, language or time zone. */
export async function changeCompany(ctx: Ctx, actor: Actor, change: Change): Promise<Company> {
  demandTimeZone(change.timeZone);
  const { companyId } = ctx;
  const before = await companyById(companyId);
  const event = settingsChanged(ctx, actor, { kind: 'company', subject: companyId });
  const after = await CompanyModel.findOneAndUpdate({ _id: companyId }, { $set: change, $push: { pending: event } }, { returnDocument: 'after' }).lean<Company>();
  if (!before || !after) throw problem('not-found');
  await ctx.relay.publish({ collection: 'companies', companyId, id: companyId }, [event]);
  await audit(ctx, actor, { action: 'company.changed', subject: { kind: 'company', id: companyId, name: after.name }, ...changedFields(before, change) });
  return after;
}
