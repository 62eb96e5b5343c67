import { Warm, type DomainEvent } from '../kernel';
import { blockedAddressSchema, blockedKind, isKnownBlocked } from './blocked-address.model';
import { canonical } from './canonical';
import { contactPointSchema, holderOf, pointsOfAddress, type ContactKind, type ContactPointDoc } from './contact-point.model';
import { customerSchema, findCustomer, type CustomerDoc } from './customer.model';

/** What is known of an address that something comes from. */
export interface Sender {
  /** The address itself is refused. */
  refused: boolean;
  /** Everybody who has or claims it. */
  points: ContactPointDoc[];
  /** Whose it is taken to be, after merges; null when nobody's. */
  customer: CustomerDoc | null;
}

const idsOf = ({ points, customer }: Sender): string[] => [...points.flatMap((point) => [point._id, point.customerId]), ...(customer ? [customer._id] : [])];

function stale({ name, data }: DomainEvent, kept: Iterable<readonly [string, Sender]>): readonly string[] | 'all' {
  if (name === 'settings.changed') return data['kind'] === blockedKind ? 'all' : [];
  if (name !== 'customer.merged' && (name !== 'customer.changed' || data['why'] === 'created')) return [];
  const about = [data['customerId'], data['otherId']];
  return [...kept].filter(([, sender]) => idsOf(sender).some((id) => about.includes(id))).map(([key]) => key);
}

// Only who may write and is known: everybody else is looked up each time.
const senders = new Warm<Sender>({
  schemas: [customerSchema as never, contactPointSchema as never, blockedAddressSchema as never],
  ids: idsOf, stale,
  keep: ({ refused, customer }) => !refused && customer !== null && !customer.blocked,
  async read(companyId, key) {
    const at = key.indexOf(' ');
    const address = { kind: key.slice(0, at) as ContactKind, value: key.slice(at + 1) };
    const [refused, points] = await Promise.all([isKnownBlocked(companyId, address), pointsOfAddress({ companyId }, address)]);
    const holder = holderOf(points);
    const found = holder && !refused ? await findCustomer({ companyId }, holder.customerId) : null;
    return { refused, points, customer: found && (await canonical({ companyId }, found)) };
  },
});

/** What is known of an address in its normal form; a change is known some milliseconds later to the other nodes. */
export const senderAt = async (companyId: string, { kind, value }: { kind: ContactKind; value: string }): Promise<Sender> => (await senders.get(companyId, `${kind} ${value}`)) ?? { refused: false, points: [], customer: null };
