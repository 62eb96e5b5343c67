import { model, type Schema } from 'mongoose';
import type { Team } from '../../protocol';
import { badInput, houseSchema, withOutbox, type Outbox } from '../kernel';

/** Accounts that work together; a role may reach as far as the team. */
export interface TeamDoc extends Outbox {
  _id: string;
  companyId: string;
  name: string;
  /** Lower-cased, so that no two teams have the same name. */
  key: string;
}

const schema = houseSchema<TeamDoc>({ name: { type: String, required: true }, key: { type: String, required: true } }, { collection: 'teams' });
schema.index({ companyId: 1, key: 1 }, { unique: true });
withOutbox(schema as unknown as Schema);

export const TeamModel = model<TeamDoc>('Team', schema);

/** The teams of a company by name. */
export async function listTeams(companyId: string): Promise<Team[]> {
  const found = await TeamModel.find({ companyId }).sort({ key: 1 }).lean<TeamDoc[]>();
  return found.map(({ _id, name }) => ({ id: _id, name }));
}

/** Throws bad-input when there is no such team. */
export async function demandTeam(companyId: string, teamId: string | null | undefined): Promise<void> {
  if (teamId && !(await TeamModel.exists({ companyId, _id: teamId }))) throw badInput({ teamId: 'there is no such team' });
}
