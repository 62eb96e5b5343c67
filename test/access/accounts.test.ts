import { abilities } from '../../protocol';
import { accountByEmail, accountName, accountsById, accountsWith, actorOf, addApiKey, addTeam, audit, authenticate, changeAccount, companyById, createAccount, ensureCompany, listAccounts, mount, putRole, theCompany } from '../../server/access';
import { AccountModel } from '../../server/access/account.model';
import { endApiKey } from '../../server/access/api-keys';
import { listAudit } from '../../server/access/audit.model';
import { changeCompany } from '../../server/access/change-company';
import { logIn } from '../../server/access/log-in';
import { resetAccount } from '../../server/access/reset-account';
import { Events, nobody, sweepPending, type Actor } from '../../server/kernel';
import { hire, openHouse, password, refusal, type House } from './house';

let house: House;
beforeAll(async () => { house = await openHouse(); });
afterAll(() => house.stop());
const from = { address: '203.0.113.9', agentText: '' };
const act = async (id: string): Promise<Actor> => (await actorOf(house.services, { companyId: house.ctx.companyId, accountId: id })) ?? nobody;
const create = (more: object) => createAccount(house.ctx, house.system, { email: 'some@example.com', name: 'Some', roles: ['agent'], password, ...more });

describe('an account', () => {
  it('is refused with an unknown role, team or time zone, a weak password, or a known address', async () => {
    expect(await refusal(create({ roles: ['pirate'] }))).toBe('bad-input');
    expect(await refusal(create({ teamId: '0'.repeat(24) }))).toBe('bad-input');
    expect(await refusal(create({ timeZone: 'Mars/Olympus' }))).toBe('bad-input');
    expect(await refusal(create({ password: 'password123' }))).toBe('password-weak');
    await create({});
    expect(await refusal(create({ email: ' SOME@example.com ' }))).toBe('already-exists');
    const both = await Promise.allSettled([create({ email: 'twin@example.com' }), create({ email: 'twin@example.com' })]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('is found by id, address and ability, and tells that it changed', async () => {
    const { id, email } = await hire(house, ['technician']);
    expect((await accountsById(house.ctx, [id, '0'.repeat(24)])).get(id)).toMatchObject({ email, roles: ['technician'], invited: false });
    expect(await accountName(house.ctx, id)).toMatch(/^Person/);
    expect(await accountName(house.ctx, '0'.repeat(24))).toBe('');
    expect((await accountByEmail(house.ctx, email.toUpperCase()))?.id).toBe(id);
    expect((await accountsWith(house.ctx, 'work.take')).map((each) => each.id)).toContain(id);
    expect((await accountsWith(house.ctx, 'queue.manage')).map((each) => each.id)).not.toContain(id);
    expect(await Events.countDocuments({ companyId: house.ctx.companyId, name: 'account.changed', subject: id })).toBe(1);
    expect(JSON.stringify([...(await accountsById(house.ctx, [id])).values()])).not.toContain('argon2');
  });

  it('carries its event until it is published', async () => {
    const { id } = await hire(house, ['agent']);
    await house.services.relay.settle();
    const event = { _id: 'a'.repeat(24), name: 'account.changed', at: new Date(0), by: { kind: 'system', id: null }, subject: id, data: { accountId: id } };
    await AccountModel.updateOne({ companyId: house.ctx.companyId, _id: id }, { $push: { pending: event } });
    expect(await sweepPending(house.services.relay, mount({ sendMail: () => Promise.resolve() }).outboxes ?? [], { now: house.services.clock.now() })).toBe(1);
    expect(await Events.countDocuments({ companyId: house.ctx.companyId, _id: event._id })).toBe(1);
  });

  it('is listed in pages', async () => {
    const all: string[] = [];
    for (let after: string | undefined; ;) {
      const page = await listAccounts(house.ctx, { limit: 2, ...(after === undefined ? {} : { after }) });
      all.push(...page.rows.map((row) => row.id));
      if (page.next === null) break;
      after = page.next;
    }
    expect(new Set(all).size).toBe(await AccountModel.countDocuments({ companyId: house.ctx.companyId }));
    expect(await refusal(listAccounts(house.ctx, { limit: 2, after: 'made up' }))).toBe('bad-input');
  });

  it('disabled, loses its log-ins', async () => {
    const { id, email } = await hire(house, ['agent']);
    const { token } = await logIn(house.ctx, nobody, { email, password, from });
    await changeAccount(house.ctx, house.system, { id, disabled: true });
    expect((await authenticate(house.services, { method: 'GET', headers: { cookie: `tl_session=${token}` } })).actor.kind).toBe('nobody');
    expect(await actorOf(house.services, { companyId: house.ctx.companyId, accountId: id })).toBeNull();
    expect(await refusal(resetAccount(house.ctx, house.system, { id }))).toBe('not-found');
    await changeAccount(house.ctx, house.system, { id, disabled: false });
    await logIn(house.ctx, nobody, { email, password, from });
    expect(await refusal(changeAccount(house.ctx, house.system, { id: '0'.repeat(24), name: 'X' }))).toBe('not-found');
  });
});

describe('power', () => {
  it('is never handed out beyond one\'s own', async () => {
    await putRole(house.ctx, house.system, { name: 'recruiter', abilities: ['account.manage', 'account.read', 'api-key.manage'], scope: 'team' });
    const recruiter = await act((await hire(house, ['recruiter'])).id);
    const boss = await hire(house, ['administrator']);
    for (const work of [
      () => createAccount(house.ctx, recruiter, { email: 'x@example.com', name: 'X', roles: ['administrator'] }),
      () => changeAccount(house.ctx, recruiter, { id: recruiter.id ?? '', roles: ['administrator'] }),
      () => changeAccount(house.ctx, recruiter, { id: boss.id, disabled: true }),
      () => resetAccount(house.ctx, recruiter, { id: boss.id }),
      () => putRole(house.ctx, recruiter, { name: 'recruiter', abilities: [...abilities], scope: 'team' }),
      () => putRole(house.ctx, recruiter, { name: 'recruiter', abilities: ['account.manage'], scope: 'all' }),
      () => putRole(house.ctx, recruiter, { name: 'supervisor', abilities: [], scope: 'own' }),
      () => addApiKey(house.ctx, recruiter, { name: 'X', abilities: ['ticket.read'] }),
    ]) expect(await refusal(work())).toBe('not-allowed');
  });

  it('follows the role at once, own roles and changed ones', async () => {
    const { id } = await hire(house, ['agent']);
    await putRole(house.ctx, house.system, { name: 'night shift', abilities: ['board.watch'], scope: 'all' });
    await changeAccount(house.ctx, house.system, { id, roles: ['agent', 'night shift'] });
    const actor = await act(id);
    expect(actor).toMatchObject({ kind: 'account', scope: 'all' });
    expect(actor.kind === 'account' && actor.abilities.has('board.watch') && actor.abilities.has('ticket.reply')).toBe(true);
    await putRole(house.ctx, house.system, { name: 'night shift', abilities: [], scope: 'own' });
    expect(await act(id)).toMatchObject({ scope: 'team' });
    expect(await refusal(putRole(house.ctx, house.system, { name: 'administrator', abilities: [], scope: 'own' }))).toBe('not-allowed');
  });

  it('stays with somebody: the last administrator is neither demoted nor disabled, not even by two at once', async () => {
    const keep = async () => AccountModel.find({ companyId: house.ctx.companyId, roles: 'administrator', disabled: false, passwordHash: { $ne: null } }).lean();
    const [first, ...others] = await keep();
    for (const other of others) await changeAccount(house.ctx, house.system, { id: other._id, roles: ['agent'] });
    const last = first?._id ?? (await hire(house, ['administrator'])).id;
    expect(await refusal(changeAccount(house.ctx, house.system, { id: last, roles: ['agent'] }))).toBe('last-administrator');
    expect(await refusal(changeAccount(house.ctx, house.system, { id: last, disabled: true }))).toBe('last-administrator');
    const second = await hire(house, ['administrator']);
    for (let round = 0; round < 5; round += 1) {
      await Promise.allSettled([changeAccount(house.ctx, house.system, { id: last, disabled: true }), changeAccount(house.ctx, house.system, { id: second.id, roles: ['agent'] })]);
      expect((await keep()).length).toBeGreaterThan(0);
      await changeAccount(house.ctx, house.system, { id: last, disabled: false, roles: ['administrator'] });
      await changeAccount(house.ctx, house.system, { id: second.id, disabled: false, roles: ['administrator'] });
    }
  });

  it('of a role that allows everything is kept while only it makes administrators', async () => {
    await putRole(house.ctx, house.system, { name: 'owner', abilities: [...abilities], scope: 'all' });
    const owner = await hire(house, ['owner']);
    const shipped = await AccountModel.find({ companyId: house.ctx.companyId, roles: 'administrator' }).lean();
    for (const each of shipped) await changeAccount(house.ctx, house.system, { id: each._id, roles: ['agent'] });
    expect(await refusal(putRole(house.ctx, house.system, { name: 'owner', abilities: ['ticket.read'], scope: 'all' }))).toBe('last-administrator');
    await changeAccount(house.ctx, house.system, { id: owner.id, roles: ['administrator'] });
    await putRole(house.ctx, house.system, { name: 'owner', abilities: ['ticket.read'], scope: 'all' });
  });
});

describe('teams, keys and the company', () => {
  it('a team has a name of its own', async () => {
    const team = await addTeam(house.ctx, house.system, { name: 'North' });
    expect(await refusal(addTeam(house.ctx, house.system, { name: 'NORTH' }))).toBe('already-exists');
    const { id } = await hire(house, ['agent']);
    expect(await changeAccount(house.ctx, house.system, { id, teamId: team.id })).toMatchObject({ teamId: team.id });
    expect(await refusal(changeAccount(house.ctx, house.system, { id, teamId: '0'.repeat(24) }))).toBe('bad-input');
  });

  it('a key lets a machine do what it names, until it is revoked', async () => {
    const { apiKey, secret } = await addApiKey(house.ctx, house.system, { name: 'PBX', abilities: ['call.report'] });
    expect(secret).toMatch(/^tlk_/);
    expect(secret.startsWith(apiKey.prefix)).toBe(true);
    const asking = { method: 'POST', headers: { authorization: `Bearer ${secret}` } };
    const { actor } = await authenticate(house.services, asking);
    expect(actor).toMatchObject({ kind: 'machine', id: apiKey.id, name: 'PBX', scope: 'all' });
    expect(actor.kind === 'machine' && [...actor.abilities]).toEqual(['call.report']);
    await endApiKey(house.ctx, house.system, { id: apiKey.id });
    expect(await refusal(authenticate(house.services, asking))).toBe('not-logged-in');
    expect(await refusal(endApiKey(house.ctx, house.system, { id: apiKey.id }))).toBe('not-found');
    expect((await authenticate(house.services, { method: 'GET', headers: { authorization: 'Bearer something-else' } })).actor.kind).toBe('nobody');
  });

  it('the company is made once by however many nodes, and changes', async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => ensureCompany(house.services, { name: 'Other', locale: 'en', timeZone: 'UTC' })));
    expect(made.every((each) => !each.created && each.company._id === house.ctx.companyId)).toBe(true);
    await changeCompany(house.ctx, house.system, { name: 'Acme & Sons', timeZone: 'Asia/Seoul' });
    expect(await theCompany(house.services)).toMatchObject({ _id: house.ctx.companyId, name: 'Acme & Sons', locale: 'en', timeZone: 'Asia/Seoul' });
    expect(await companyById('0'.repeat(24))).toBeNull();
    expect(await refusal(changeCompany(house.ctx, house.system, { timeZone: 'nowhere' }))).toBe('bad-input');
    expect(await refusal(changeCompany({ ...house.ctx, companyId: '0'.repeat(24) }, house.system, { name: 'X' }))).toBe('not-found');
    expect(await Events.countDocuments({ companyId: house.ctx.companyId, name: 'settings.changed', 'data.kind': 'company' })).toBe(1);
  });
});

describe('the audit log', () => {
  it('says who changed what, newest first, in pages, and takes nothing back', async () => {
    const boss = await hire(house, ['administrator']);
    const { id } = await hire(house, ['agent']);
    house.pass(1000);
    await changeAccount(house.ctx, await act(boss.id), { id, name: 'Renamed', roles: ['agent'] });
    const { rows: [newest] } = await listAudit(house.ctx, { limit: 1 });
    expect(newest).toMatchObject({ action: 'account.changed', by: { kind: 'account', id: boss.id }, subject: { kind: 'account', id, name: 'Renamed' }, after: { name: 'Renamed' } });
    expect(Object.keys(newest?.before ?? {})).toEqual(['name']);
    for (let n = 0; n < 5; n += 1) await audit(house.ctx, house.system, { action: 'test.done', subject: { kind: 'test', id: null, name: String(n) } });
    const first = await listAudit(house.ctx, { limit: 3 });
    const second = await listAudit(house.ctx, { limit: 3, after: first.next ?? '' });
    expect([...first.rows, ...second.rows].slice(0, 5).map((row) => row.subject.name)).toEqual(['4', '3', '2', '1', '0']);
    const { model } = await import('mongoose');
    for (const change of [() => model('Audit').updateOne({ companyId: house.ctx.companyId }, { $set: { action: 'x' } }), () => model('Audit').deleteMany({ companyId: house.ctx.companyId })]) {
      await expect(change()).rejects.toThrow('only ever added to');
    }
  });
});
