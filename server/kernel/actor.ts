import type { Ability, Scope } from '../../protocol';

/** Who asks. Abilities and scope are filled in by access; a system actor may do everything. */
export type Actor =
  | { kind: 'account'; id: string; name: string; abilities: ReadonlySet<Ability>; scope: Scope; teamId: string | null; sessionId: string }
  | { kind: 'machine'; id: string; name: string; abilities: ReadonlySet<Ability>; scope: Scope }
  | { kind: 'customer'; id: string; name: string; visitorId: string; verified: boolean }
  | { kind: 'nobody'; id: null; name: string }
  | { kind: 'system'; id: null; name: string };

/** The part of Trunkline that acts by itself. */
export const system = (name: string): Actor => ({ kind: 'system', id: null, name });

/** Somebody not logged in. */
export const nobody: Actor = { kind: 'nobody', id: null, name: '' };
