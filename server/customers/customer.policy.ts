import type { Ability } from '../../protocol';
import { can, type Actor } from '../kernel';

const abilities: Ability[] = ['customer.edit', 'customer.merge', 'customer.export', 'customer.erase'];

/** What the reader may do with customers of their company. */
export const customerAbilities = (actor: Actor): Ability[] => abilities.filter((ability) => can(actor, ability));
