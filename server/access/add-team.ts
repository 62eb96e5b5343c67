import type { Team } from '../../protocol';
import { isDuplicate, newId, problem, type Actor, type Ctx } from '../kernel';
import { settingsChanged } from './announce';
import { audit } from './audit.model';
import { TeamModel } from './team.model';

/** Adds a team. Throws already-exists. */
export async function addTeam(ctx: Ctx, actor: Actor, { name }: { name: string }): Promise<Team> {
  const id = newId();
  const event = settingsChanged(ctx, actor, { kind: 'teams', subject: id });
  await TeamModel.create({ _id: id, companyId: ctx.companyId, name, key: name.toLowerCase(), pending: [event] }).catch((error: unknown) => {
    throw isDuplicate(error) ? problem('already-exists') : error;
  });
  await ctx.relay.publish({ collection: 'teams', companyId: ctx.companyId, id }, [event]);
  await audit(ctx, actor, { action: 'team.added', subject: { kind: 'team', id, name }, after: { name } });
  return { id, name };
}
