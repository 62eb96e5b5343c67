// Agents of the demo company's Support queue, as many as wanted: written into the store with a log-in each, then told to the waiting room by the administrator.
import { mongo } from 'mongoose';
import { hashOf, newToken } from '../../server/access/tokens';
import { people, Session } from '../../test/support/session';
import type { House } from '../house';

/** An agent's log-in. */
export interface LogIn {
  accountId: string;
  cookie: string;
  csrf: string;
}

const id = (): string => new mongo.ObjectId().toHexString();
type Row = { _id: string } & Record<string, unknown>;

const atOnce = 5;

export async function hire(house: House, count: number): Promise<LogIn[]> {
  const { db, companyId } = house;
  const now = new Date();
  const later = new Date(now.getTime() + 86_400_000);
  const hired = Array.from({ length: count }, (_, n) => ({ n, accountId: id(), token: newToken(companyId), csrf: id() }));
  await db.collection<Row>('accounts').insertMany(hired.map(({ n, accountId }) => ({
    _id: accountId, companyId, name: `Agent ${accountId.slice(-6)} ${n}`, email: `${accountId}@bench.example`, roles: ['agent'], teamId: null, locale: 'en', timeZone: 'UTC', passwordHash: null, secondFactor: null, secondFactorDraft: null, disabled: false, createdAt: now,
  })));
  await db.collection<Row>('agents').insertMany(hired.map(({ n, accountId }) => ({ _id: accountId, companyId, name: `Agent ${n}`, queueIds: [], skills: {}, maxima: {}, capacity: 100, state: 'offline', reason: '', since: now, idleSince: now, wrapUp: null, connected: false, disconnectedAt: null })));
  await db.collection<Row>('sessions').insertMany(hired.map(({ accountId, token, csrf }) => ({ _id: id(), companyId, accountId, tokenHash: hashOf(token), csrf, createdAt: now, lastSeenAt: now, expiresAt: later, agentText: '', address: '' })));
  const administrator = await Session.logIn(house.server.node.baseUrl, people.jonas, house.server.password);
  const { rows } = await administrator.read<{ rows: { id: string; name: string }[] }>('GET', '/queues');
  const queueIds = rows.filter((queue) => queue.name === 'Support').map((queue) => queue.id);
  for (let n = 0; n < hired.length; n += atOnce) await Promise.all(hired.slice(n, n + atOnce).map(({ accountId }) => administrator.read('PATCH', `/agents/${accountId}`, { queueIds })));
  return hired.map(({ accountId, token, csrf }) => ({ accountId, cookie: `tl_session=${token}`, csrf }));
}
