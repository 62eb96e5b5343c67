import { accessEndpoints, channelEndpoints, customerEndpoints } from '../../protocol';
import * as access from '../../server/access';
import * as customers from '../../server/customers';
import { contextOf, problemDocument, type Ctx, type Route } from '../../server/kernel';
import { hire, openHouse, type House } from '../access/house';

const marks = { a: 'alphamark', b: 'betamark' };
let house: House;
let a: Ctx;
let b: Ctx;
beforeAll(async () => {
  house = await openHouse();
  a = house.ctx;
  b = contextOf(house.services, (await access.createCompany(house.services, { name: marks.b, locale: 'en', timeZone: 'UTC' }))._id);
});
afterAll(() => house.stop());

interface Furniture {
  accountId: string;
  keyId: string;
  secret: string;
  customerId: string;
  otherId: string;
}

/** The same things in each company, under names that tell whose they are. */
async function furnish(ctx: Ctx, mark: string): Promise<Furniture> {
  const accountId = (await hire(house, ['administrator'], ctx)).id;
  await access.changeAccount(ctx, house.system, { id: accountId, name: `Admin ${mark}` });
  await access.addTeam(ctx, house.system, { name: `Team ${mark}` });
  await access.putRole(ctx, house.system, { name: 'role of both', abilities: ['ticket.read'], scope: 'own' });
  const { apiKey, secret } = await access.addApiKey(ctx, house.system, { name: `Key ${mark}`, abilities: ['account.read'] });
  const customer = await customers.identifyCustomer(ctx, house.system, { kind: 'email', value: 'same@example.com', name: `Customer ${mark}` });
  const other = await customers.identifyCustomer(ctx, house.system, { kind: 'external', value: `other-${mark}` });
  await customers.putField(ctx, house.system, { subject: 'customer', key: 'tier', label: `Tier ${mark}`, type: 'text', choices: [] });
  await customers.blockAddress(ctx, house.system, `${mark}@blocked.example`);
  return { accountId, keyId: apiKey.id, secret, customerId: customer._id, otherId: other._id };
}

it('nothing of one company is seen or changed from another', async () => {
  const [ours, theirs] = [await furnish(a, marks.a), await furnish(b, marks.b)];
  const routes: Route[] = [...(access.mount({ sendMail: () => Promise.resolve() }).routes ?? []), ...(customers.mount({ timelineOf: async (_ctx, _actor, asked) => ({ rows: [], next: null, asked }), countTickets: () => Promise.resolve(0), forgetPerson: () => Promise.resolve() }).routes ?? [])];
  const actor = await access.actorOf(house.services, { companyId: a.companyId, accountId: ours.accountId });
  const before = JSON.stringify(await snapshot(b, theirs));
  const inputs = new Map<object, object>([
    [accessEndpoints.changeAccount, { params: { id: theirs.accountId }, body: { name: 'stolen', disabled: true } }],
    [accessEndpoints.resetAccount, { params: { id: theirs.accountId } }],
    [accessEndpoints.endApiKey, { params: { id: theirs.keyId } }],
    [accessEndpoints.putRole, { params: { name: 'role of both' }, body: { abilities: [], scope: 'all' } }],
    [accessEndpoints.company, { body: { name: 'Acme still' } }],
    [customerEndpoints.merge, { params: { id: ours.customerId }, body: { otherId: theirs.customerId } }],
    [customerEndpoints.change, { params: { id: theirs.customerId }, body: { name: 'stolen', blocked: true } }],
    [customerEndpoints.erase, { params: { id: theirs.customerId }, body: { name: `Customer ${marks.b}` } }],
    [customerEndpoints.addContactPoint, { params: { id: theirs.customerId }, body: { kind: 'external', value: 'stolen' } }],
    [customerEndpoints.putField, { params: { subject: 'customer', key: 'tier' }, body: { label: 'mine', type: 'text', choices: [] } }],
    [channelEndpoints.unblock, { params: { value: `${marks.b}@blocked.example` } }],
  ]);
  const tried: string[] = [];
  for (const { endpoint, handle } of routes.filter((each) => each.endpoint.audience === 'account')) {
    const input = inputs.get(endpoint) ?? { params: { id: theirs.customerId }, query: { limit: 200 }, body: { code: '000000', current: 'x', next: 'x', password: 'x', name: 'x', abilities: ['account.read'], email: 'x@example.com', roles: ['agent'], sendMail: false } };
    const answer = await handle(a, actor ?? house.system, { params: undefined, query: { limit: 200 }, body: undefined, request: undefined, response: { append: () => undefined }, ...input } as never).catch((error: unknown) => problemDocument(error));
    const seen = JSON.stringify(answer);
    expect([endpoint.name, seen.includes(marks.b)]).toEqual([endpoint.name, false]);
    if (inputs.has(endpoint) && endpoint !== accessEndpoints.company && endpoint !== accessEndpoints.putRole && endpoint !== customerEndpoints.putField) expect([endpoint.name, answer]).toEqual([endpoint.name, expect.objectContaining({ code: 'not-found' })]);
    tried.push(endpoint.name);
  }
  expect(tried.length).toBeGreaterThan(30);
  await house.services.relay.settle();
  expect(JSON.stringify(await snapshot(b, theirs))).toBe(before);
});

it('the same address is another customer in another company, and a key or cookie brings its own company', async () => {
  const [here, there] = [await customers.customerAt(a, 'email', 'same@example.com'), (await customers.customerAt(b, 'email', 'same@example.com')) ?? ''];
  expect(there).not.toBe('');
  expect(here).not.toBe(there);
  const { secret } = await access.addApiKey(b, house.system, { name: 'B', abilities: ['account.read'] });
  expect((await access.authenticate(house.services, { method: 'GET', headers: { authorization: `Bearer ${secret}` } })).companyId).toBe(b.companyId);
  expect((await customers.customersById(a, [there])).size).toBe(0);
  expect(await customers.members(a, there)).toEqual([there]);
  expect((await access.accountsById(a, [(await access.accountsWith(b, 'account.manage'))[0]?.id ?? ''])).size).toBe(0);
});

async function snapshot(ctx: Ctx, { customerId }: Furniture) {
  const reader = { kind: 'system' as const, id: null, name: 'test' };
  const roles = access.mount({ sendMail: () => Promise.resolve() }).routes?.find(({ endpoint }) => endpoint === accessEndpoints.roles);
  return [
    await roles?.handle(ctx, reader, {} as never), await access.companyById(ctx.companyId), (await access.listAccounts(ctx, { limit: 200 })).rows, await customers.findCustomers(ctx, { limit: 200 }), await customers.contactPointsOf(ctx, customerId), await customers.listFields(ctx), await customers.listBlocked(ctx),
  ];
}
