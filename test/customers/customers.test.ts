import { channelEndpoints, customerEndpoints as api, type Customer, type DomainEventName } from '../../protocol';
import { actorOf } from '../../server/access';
import { listAudit } from '../../server/access/audit.model';
import {
  addContactPoint, blockAddress, canonical, changeCustomer, checkFields, contactPointsOf, customerAt, customersById, exportCustomers, findCustomers, identifyCustomer, isBlocked, listBlocked, listFields, members,
  mergeCustomers, mount, personalFields, putField, unblockAddress, unmergeCustomer,
} from '../../server/customers';
import { ContactPointModel } from '../../server/customers/contact-point.model';
import { eraseCustomer } from '../../server/customers/erase-customer';
import { CustomerModel } from '../../server/customers/customer.model';
import { Events, type DomainEvent, type Route } from '../../server/kernel';
import { hire, openHouse, refusal, type House } from '../access/house';

let house: House;
beforeAll(async () => { house = await openHouse(); });
afterAll(() => house.stop());
const noId = '0'.repeat(24);
const see = (kind: 'email' | 'phone' | 'visitor' | 'external', value: string, more: { name?: string; verified?: boolean; locale?: string | null } = {}) => identifyCustomer(house.ctx, house.system, { kind, value, ...more });
const eventsOf = async (name: DomainEventName, subject: string) => (await Events.find({ companyId: house.ctx.companyId, name, subject }).sort({ n: 1 }).lean<DomainEvent[]>()).map((event) => event.data);

describe('whoever writes', () => {
  it('is found again by the address, however it is written', async () => {
    const ana = await see('email', 'Ana@Example.com ', { name: 'Ana' });
    expect(await see('email', 'ana@example.COM')).toMatchObject({ _id: ana._id, name: 'Ana' });
    const caller = await see('phone', '912 345 678');
    expect((await see('phone', '+351/912/345678'))._id).toBe(caller._id);
    expect((await contactPointsOf(house.ctx, caller._id))[0]).toMatchObject({ kind: 'phone', value: '+351912345678', verified: false });
    expect((await see('phone', 'anonymous'))._id).toBe((await see('phone', ''))._id);
    expect(await eventsOf('customer.changed', ana._id)).toEqual([{ customerId: ana._id, why: 'created' }]);
    expect(await refusal(see('email', ' '))).toBe('bad-input');
  });

  it('is one customer, also when twenty see them first at once', async () => {
    const seen = await Promise.all(Array.from({ length: 20 }, (_, n) => see('email', 'crowd@example.com', { name: `Crowd ${n}`, verified: n % 2 === 0 })));
    expect(new Set(seen.map(({ _id }) => _id)).size).toBe(1);
    expect(await CustomerModel.countDocuments({ companyId: house.ctx.companyId, terms: 'crowd' })).toBe(1);
    expect(await ContactPointModel.find({ companyId: house.ctx.companyId, value: 'crowd@example.com' }).lean()).toMatchObject([{ verified: true, first: true }]);
  });

  it('is mended when a crash left an address without its customer', async () => {
    const lost = await see('email', 'lost@example.com', { name: 'Lost' });
    await CustomerModel.deleteOne({ companyId: house.ctx.companyId, _id: lost._id });
    expect(await see('email', 'lost@example.com', { name: 'Found' })).toMatchObject({ _id: lost._id, name: 'Found' });
  });

  it('is introduced once: a name or language is taken when none is known', async () => {
    const shy = await see('visitor', 'v-123456');
    expect(await see('visitor', 'v-123456', { name: 'Shy', locale: 'ko' })).toMatchObject({ _id: shy._id, name: 'Shy', locale: 'ko' });
    expect(await see('visitor', 'v-123456', { name: 'Bold', locale: 'en' })).toMatchObject({ name: 'Shy', locale: 'ko' });
  });

  it('holds an address before all who only claim it, and only one can have proven it', async () => {
    const [first, second] = [await see('email', 'first@example.com'), await see('email', 'second@example.com')];
    await addContactPoint(house.ctx, house.system, { id: second._id, kind: 'email', value: 'FIRST@example.com' });
    expect((await see('email', 'first@example.com'))._id).toBe(first._id);
    expect(await ContactPointModel.countDocuments({ companyId: house.ctx.companyId, value: 'first@example.com' })).toBe(2);
    await see('email', 'first@example.com', { verified: true });
    expect(await customerAt(house.ctx, 'email', 'First@example.com')).toBe(first._id);
    const third = await see('email', 'third@example.com');
    expect(await refusal(addContactPoint(house.ctx, house.system, { id: third._id, kind: 'email', value: 'first@example.com' }))).toBe('already-exists');
    await expect(ContactPointModel.updateOne({ companyId: house.ctx.companyId, customerId: second._id, value: 'first@example.com' }, { $set: { verified: true } })).rejects.toMatchObject({ code: 11_000 });
    expect(await customerAt(house.ctx, 'email', 'nobody@example.com')).toBeNull();
  });

  it('gets further addresses of the right form', async () => {
    const { _id: id } = await see('email', 'more@example.com');
    await addContactPoint(house.ctx, house.system, { id, kind: 'phone', value: '213 000 111' });
    await addContactPoint(house.ctx, house.system, { id, kind: 'phone', value: '+351213000111' });
    expect((await contactPointsOf(house.ctx, id)).map(({ value }) => value)).toEqual(['more@example.com', '+351213000111']);
    expect((await see('phone', '213000111'))._id).toBe(id);
    for (const [kind, value] of [['email', 'not an address'], ['phone', 'none']] as const) expect(await refusal(addContactPoint(house.ctx, house.system, { id, kind, value }))).toBe('bad-input');
    expect(await refusal(addContactPoint(house.ctx, house.system, { id: noId, kind: 'email', value: 'x@example.com' }))).toBe('not-found');
  });
});

describe('a merge', () => {
  it('makes one person of several records and is undone without a trace', async () => {
    const [mail, phone, chat] = [await see('email', 'merge@example.com', { name: 'Mia' }), await see('phone', '+351910000001', { name: 'Mia M' }), await see('visitor', 'v-merge')];
    await mergeCustomers(house.ctx, house.system, { id: phone._id, otherId: chat._id });
    const kept = await mergeCustomers(house.ctx, house.system, { id: mail._id, otherId: chat._id });
    expect(kept._id).toBe(mail._id);
    expect((await see('visitor', 'v-merge'))._id).toBe(mail._id);
    expect((await canonical(house.ctx, chat._id))._id).toBe(mail._id);
    expect(await customerAt(house.ctx, 'visitor', 'v-merge')).toBe(mail._id);
    for (const each of [mail, phone, chat]) expect(new Set(await members(house.ctx, each._id))).toEqual(new Set([mail._id, phone._id, chat._id]));
    expect((await members(house.ctx, chat._id))[0]).toBe(mail._id);
    expect((await customersById(house.ctx, [chat._id, noId])).get(chat._id)).toMatchObject({ id: mail._id, name: 'Mia', address: 'merge@example.com' });
    expect((await findCustomers(house.ctx, { q: '910000001', limit: 10 })).rows.map(({ id }) => id)).toEqual([mail._id]);
    expect(await refusal(mergeCustomers(house.ctx, house.system, { id: chat._id, otherId: mail._id }))).toBe('bad-input');
    await unmergeCustomer(house.ctx, house.system, { id: phone._id });
    expect((await see('visitor', 'v-merge'))._id).toBe(phone._id);
    expect(await members(house.ctx, mail._id)).toEqual([mail._id]);
    expect((await findCustomers(house.ctx, { q: '910000001', limit: 10 })).rows.map(({ id }) => id)).toEqual([phone._id]);
    expect(await eventsOf('customer.merged', mail._id)).toEqual([{ customerId: mail._id, otherId: phone._id, undone: false }, { customerId: mail._id, otherId: phone._id, undone: true }]);
    expect(await refusal(unmergeCustomer(house.ctx, house.system, { id: mail._id }))).toBe('not-found');
    expect(await refusal(mergeCustomers(house.ctx, house.system, { id: mail._id, otherId: noId }))).toBe('not-found');
    expect((await listAudit(house.ctx, { limit: 1 })).rows[0]).toMatchObject({ action: 'customer.unmerged' });
  });

  it('in both directions at once never goes in circles', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [one, other] = [await see('external', `one-${round}`), await see('external', `other-${round}`)];
      const answers = await Promise.allSettled([mergeCustomers(house.ctx, house.system, { id: one._id, otherId: other._id }), mergeCustomers(house.ctx, house.system, { id: other._id, otherId: one._id })]);
      for (const answer of answers) if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: expect.stringMatching(/^(version-conflict|bad-input)$/) });
      const ends = [(await canonical(house.ctx, one._id)), (await canonical(house.ctx, other._id))];
      expect(ends.every(({ mergedInto }) => mergedInto === null)).toBe(true);
    }
  });
});

describe('what is known of a customer', () => {
  it('is changed, found by its new words, and the log names fields but no values', async () => {
    await putField(house.ctx, house.system, { subject: 'customer', key: 'tier', label: 'Tier', type: 'choice', choices: ['gold', 'silver'] });
    const { _id: id } = await see('email', 'change@example.com', { name: 'Old Name' });
    const changed = await changeCustomer(house.ctx, house.system, { id, name: 'New Name', organisation: 'Initech', note: 'secret', fields: { tier: 'gold' } });
    expect(changed).toMatchObject({ name: 'New Name', organisation: 'Initech', fields: { tier: 'gold' } });
    expect((await findCustomers(house.ctx, { q: 'initech new', limit: 10 })).rows.map((row) => row.id)).toEqual([id]);
    expect((await findCustomers(house.ctx, { q: 'old', limit: 10 })).rows).toEqual([]);
    expect((await changeCustomer(house.ctx, house.system, { id, fields: { tier: null } })).fields).toEqual({});
    const entry = (await listAudit(house.ctx, { limit: 2 })).rows[1];
    expect(entry).toMatchObject({ action: 'customer.changed', after: { changed: ['name', 'organisation', 'note', 'fields.tier'] } });
    expect(JSON.stringify(entry)).not.toContain('secret');
    expect(await refusal(changeCustomer(house.ctx, house.system, { id, fields: { tier: 'lead' } }))).toBe('bad-input');
    expect(await refusal(changeCustomer(house.ctx, house.system, { id, fields: { unknown: 1 } }))).toBe('bad-input');
    expect(await refusal(changeCustomer(house.ctx, house.system, { id: noId, name: 'X' }))).toBe('not-found');
  });

  it('has declared fields only, whose type stays', async () => {
    await putField(house.ctx, house.system, { subject: 'ticket', key: 'serial', label: 'Serial', type: 'text', choices: [] });
    expect(await putField(house.ctx, house.system, { subject: 'ticket', key: 'serial', label: 'Serial number', type: 'text', choices: ['ignored'] })).toMatchObject({ label: 'Serial number', choices: [] });
    expect(await refusal(putField(house.ctx, house.system, { subject: 'ticket', key: 'serial', label: 'X', type: 'number', choices: [] }))).toBe('still-in-use');
    expect(await refusal(putField(house.ctx, house.system, { subject: 'ticket', key: 'colour', label: 'X', type: 'choice', choices: [] }))).toBe('bad-input');
    expect(await checkFields(house.ctx, 'ticket', { serial: 'A1' })).toEqual({ serial: 'A1' });
    expect(await refusal(checkFields(house.ctx, 'customer', { serial: 'A1' }))).toBe('bad-input');
    expect((await listFields(house.ctx)).map(({ key }) => key)).toEqual(['tier', 'serial']);
  });

  it('is forgotten over all records of the person, addresses and search words included', async () => {
    const [one, two] = [await see('email', 'forget@example.com', { name: 'Forget Me', locale: 'en' }), await see('phone', '+351910000002')];
    await mergeCustomers(house.ctx, house.system, { id: one._id, otherId: two._id });
    await changeCustomer(house.ctx, house.system, { id: one._id, note: 'likes tea', organisation: 'Tea Ltd' });
    expect(await refusal(eraseCustomer(house.ctx, house.system, { id: two._id, name: 'Forget' }))).toBe('name-differs');
    expect(await eraseCustomer(house.ctx, house.system, { id: two._id, name: ' Forget Me' })).toMatchObject({ _id: one._id, name: '' });
    const records = JSON.stringify(await CustomerModel.find({ companyId: house.ctx.companyId, _id: { $in: [one._id, two._id] } }).lean());
    for (const trace of ['forget', 'Forget', 'tea', 'Tea', '910000002']) expect(records).not.toContain(trace);
    expect(await contactPointsOf(house.ctx, one._id)).toEqual([]);
    for (const { collection, fields } of personalFields) expect([collection, fields.length > 0]).toEqual([expect.stringMatching(/^(customers|contactpoints)$/), true]);
    expect((await see('email', 'forget@example.com'))._id).not.toBe(one._id);
    expect(await refusal(eraseCustomer(house.ctx, house.system, { id: noId, name: '' }))).toBe('not-found');
  });

  it('is listed in pages and exported with its fields', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 7; n += 1) ids.push((await see('email', `paged${n}@pages.example`, { name: `=Paged ${n}` }))._id);
    const pages: string[][] = [];
    for (let after: string | null = ''; after !== null;) {
      const page = await findCustomers(house.ctx, { q: 'pages.example', limit: 3, ...(after === '' ? {} : { after }) });
      pages.push(page.rows.map((row) => row.id));
      after = page.next;
    }
    expect(pages.map((page) => page.length)).toEqual([3, 3, 1]);
    expect(new Set(pages.flat())).toEqual(new Set(ids));
    const [header, ...rows] = (await exportCustomers(house.ctx, { q: 'pages.example' })).trimEnd().split('\r\n');
    expect(header).toBe('id,name,organisation,emails,phones,externalIds,locale,blocked,createdAt,fields.tier');
    expect(rows).toHaveLength(7);
    expect(rows[0]).toContain(",'=Paged 0,,paged0@pages.example,,,,false,");
  });
});

describe('a refused sender', () => {
  it('is an address, or a customer with all addresses, until accepted again', async () => {
    const { _id: id } = await see('email', 'spam@example.com');
    await addContactPoint(house.ctx, house.system, { id, kind: 'phone', value: '+351910000003' });
    expect(await isBlocked(house.ctx, 'email', 'spam@example.com')).toBe(false);
    await blockAddress(house.ctx, house.system, 'SPAM@example.com');
    await blockAddress(house.ctx, house.system, { kind: 'email', value: 'spam@example.com' });
    expect(await isBlocked(house.ctx, 'email', 'Spam@example.com')).toBe(true);
    expect(await isBlocked(house.ctx, 'phone', '910 000 003')).toBe(false);
    await changeCustomer(house.ctx, house.system, { id, blocked: true });
    expect(await isBlocked(house.ctx, 'phone', '910 000 003')).toBe(true);
    expect((await listBlocked(house.ctx)).map(({ value }) => value).sort()).toEqual(['+351910000003', 'spam@example.com']);
    await unblockAddress(house.ctx, house.system, { value: 'spam@example.com' });
    expect([await isBlocked(house.ctx, 'email', 'spam@example.com'), await isBlocked(house.ctx, 'phone', '+351910000003')]).toEqual([false, false]);
    expect(await refusal(unblockAddress(house.ctx, house.system, { value: 'spam@example.com' }))).toBe('not-found');
  });

  it('may be named by the address alone', async () => {
    await see('visitor', '4917012345');
    for (const [text, kind] of [['4917012345', 'visitor'], ['+351910000009', 'phone'], ['x@y.example', 'email'], ['v-77', 'visitor']] as const) {
      await blockAddress(house.ctx, house.system, text);
      expect(await isBlocked(house.ctx, kind, text)).toBe(true);
    }
  });
});

it('the routes answer what the reader may do, over merges and timeline', async () => {
  const asked: unknown[] = [];
  const { routes = [] } = mount({ timelineOf: async (_ctx, _actor, what) => { asked.push(what); return { rows: [], next: null }; }, countTickets: async (_ctx, ids) => ids.length, forgetPerson: async () => undefined });
  const actor = await actorOf(house.services, { companyId: house.ctx.companyId, accountId: (await hire(house, ['agent'])).id });
  const call = (endpoint: object, input: object): Promise<unknown> => {
    const found = routes.find((each: Route) => each.endpoint === endpoint);
    if (!found || !actor) throw new Error('no such route');
    return found.handle(house.ctx, actor, { params: undefined, query: undefined, body: undefined, ...input } as never);
  };
  const [one, two] = [await see('email', 'routes@example.com'), await see('visitor', 'v-routes')];
  const merged = await call(api.merge, { params: { id: one._id }, body: { otherId: two._id } }) as Customer;
  expect(merged).toMatchObject({ id: one._id, tickets: 2, can: ['customer.edit'], contactPoints: [{ value: 'routes@example.com' }, { value: 'v-routes' }] });
  expect(await call(api.read, { params: { id: two._id } })).toEqual(merged);
  expect(await call(api.timeline, { params: { id: two._id }, query: { limit: 5 } })).toEqual({ rows: [], next: null });
  expect(asked).toEqual([{ customerIds: [one._id, two._id], limit: 5 }]);
  expect(await call(api.change, { params: { id: one._id }, body: { name: 'R' } })).toMatchObject({ name: 'R' });
  expect(await call(api.addContactPoint, { params: { id: one._id }, body: { kind: 'external', value: 'crm-1' } })).toMatchObject({ contactPoints: [{}, {}, { value: 'crm-1' }] });
  expect(await call(api.unmerge, { params: { id: two._id } })).toMatchObject({ id: two._id });
  expect(await call(api.list, { query: { q: 'crm-1', limit: 5 } })).toMatchObject({ rows: [{ id: one._id, address: 'routes@example.com' }], next: null });
  expect(await call(channelEndpoints.blocked, {})).toMatchObject({ rows: expect.any(Array) });
  expect(await refusal(call(api.read, { params: { id: noId } }))).toBe('not-found');
});
