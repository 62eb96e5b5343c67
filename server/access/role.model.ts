import { model, type Schema } from 'mongoose';
import { abilities, type Ability, type Role, type Scope } from '../../protocol';
import { badInput, houseSchema, remembered, withOutbox, type Outbox } from '../kernel';
import { administratorRole, builtInRoles, type RolePower } from './built-in-roles';

/** A role a company made, or a shipped one it changed. */
export interface RoleDoc extends Outbox {
  _id: string;
  companyId: string;
  name: string;
  abilities: Ability[];
  scope: Scope;
}

const schema = houseSchema<RoleDoc>({ name: { type: String, required: true }, abilities: { type: [String], required: true }, scope: { type: String, required: true } }, { collection: 'roles' });
schema.index({ companyId: 1, name: 1 }, { unique: true });
withOutbox(schema as unknown as Schema);

const ownRoles = remembered(schema as unknown as Schema, async (companyId: string) => ({ rows: await RoleModel.find({ companyId }).sort({ name: 1 }).lean<RoleDoc[]>() }));

export const RoleModel = model<RoleDoc>('Role', schema);

/** What an account or key may do, and how far it reaches. */
export interface Power {
  abilities: ReadonlySet<Ability>;
  scope: Scope;
}

/** All roles of a company by name, shipped ones first. */
export async function rolesOf(companyId: string): Promise<Map<string, RolePower>> {
  const { rows: own } = await ownRoles(companyId);
  const roles = new Map<string, RolePower>(Object.entries(builtInRoles));
  for (const { name, abilities: list, scope } of own) if (name !== administratorRole) roles.set(name, { abilities: list, scope });
  return roles;
}

const widest: readonly Scope[] = ['own', 'team', 'all'];

/** Whether one scope reaches at least as far as the other. */
export const reaches = (scope: Scope, other: Scope): boolean => widest.indexOf(scope) >= widest.indexOf(other);

/** What several roles allow together; names nobody knows allow nothing. */
export function powerOf(roles: Map<string, RolePower>, names: readonly string[]): Power {
  const held = new Set<Ability>();
  let scope: Scope = 'own';
  for (const name of names) {
    const role = roles.get(name);
    role?.abilities.forEach((ability) => held.add(ability));
    if (role && reaches(role.scope, scope)) scope = role.scope;
  }
  return { abilities: held, scope };
}

/** Names of the roles that allow everything. */
export const administratorRoles = (roles: Map<string, RolePower>): string[] =>
  [...roles].filter(([, role]) => role.scope === 'all' && abilities.every((ability) => role.abilities.includes(ability))).map(([name]) => name);

/** Throws bad-input when one of the names is no role. */
export function demandRoles(roles: Map<string, RolePower>, names: readonly string[]): void {
  const unknown = names.find((name) => !roles.has(name));
  if (unknown !== undefined) throw badInput({ roles: `there is no role "${unknown}"` });
}

/** A role as the protocol shows it. */
export const presentRole = (name: string, { abilities: list, scope }: RolePower): Role => ({ name, abilities: [...list], scope, builtIn: name in builtInRoles });
