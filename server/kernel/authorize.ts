import type { Ability, Scope } from '../../protocol';
import type { Actor } from './actor';
import { problem } from './problem';

/** Whether the actor holds the ability at all; what it reaches is decided by each domain's policy with `scopeOf`. */
export function can(actor: Actor, ability: Ability): boolean {
  if (actor.kind === 'system') return true;
  return (actor.kind === 'account' || actor.kind === 'machine') && actor.abilities.has(ability);
}

/** Throws not-logged-in or not-allowed unless the actor holds the ability. */
export function demand(actor: Actor, ability: Ability): void {
  if (actor.kind === 'nobody') throw problem('not-logged-in');
  if (!can(actor, ability)) throw problem('not-allowed', { ability });
}

/** How far the actor's lists reach. */
export function scopeOf(actor: Actor): Scope {
  if (actor.kind === 'system') return 'all';
  return actor.kind === 'account' || actor.kind === 'machine' ? actor.scope : 'own';
}
