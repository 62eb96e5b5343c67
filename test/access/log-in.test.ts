import { Secret, TOTP } from 'otpauth';
import { accessEndpoints as api } from '../../protocol';
import { AccountModel } from '../../server/access/account.model';
import { addApiKey, authenticate, authenticateSocket, mount, sessionLives } from '../../server/access';
import { changePassword } from '../../server/access/change-password';
import { logIn } from '../../server/access/log-in';
import { createHasher } from '../../server/access/password-hash';
import { confirmSecondFactor, endSecondFactor, startSecondFactor } from '../../server/access/second-factor';
import { SessionModel } from '../../server/access/session.model';
import { throttle } from '../../server/access/throttle';
import { nobody, type Actor, type Call } from '../../server/kernel';
import { hire, openHouse, password, refusal, serve, type House } from './house';

const from = { address: '203.0.113.7', agentText: 'Firefox' };
const minute = 60_000;
const day = 24 * 60 * minute;
let house: House;
beforeAll(async () => { house = await openHouse(); });
afterAll(() => house.stop());

const enter = (email: string, more: { password?: string; code?: string; address?: string } = {}) =>
  logIn(house.ctx, nobody, { email, password: more.password ?? password, from: { ...from, address: more.address ?? from.address }, ...(more.code === undefined ? {} : { code: more.code }) });
const cookieOf = (token: string) => ({ method: 'GET', headers: { cookie: `other=1; tl_session=${token}` } });
const actorBy = async (token: string): Promise<Actor> => (await authenticate(house.services, cookieOf(token))).actor;

describe('logging in', () => {
  it('needs the address, however written, and its password', async () => {
    const { id, email } = await hire(house, ['agent']);
    const { token, account } = await enter(email.toUpperCase());
    expect(account._id).toBe(id);
    const actor = await actorBy(token);
    expect(actor).toMatchObject({ kind: 'account', id, scope: 'team' });
    expect(await refusal(enter(email, { password: 'wrong' }))).toBe('wrong-credentials');
    expect(await refusal(enter('unknown@example.com'))).toBe('wrong-credentials');
  });

  it('says the same of a disabled account, and ends what it had open', async () => {
    const { id, email } = await hire(house, ['agent']);
    const { token } = await enter(email);
    await AccountModel.updateOne({ companyId: house.ctx.companyId, _id: id }, { $set: { disabled: true } });
    expect(await refusal(enter(email))).toBe('wrong-credentials');
    expect((await actorBy(token)).kind).toBe('nobody');
  });

  it('is throttled by account, and forgiven by a success', async () => {
    const { email } = await hire(house, ['agent']);
    for (let attempt = 0; attempt < 9; attempt += 1) expect(await refusal(enter(email, { password: 'wrong', address: '198.51.100.1' }))).toBe('wrong-credentials');
    await enter(email, { address: '198.51.100.1' });
    for (let attempt = 0; attempt < 10; attempt += 1) expect(await refusal(enter(email, { password: 'wrong', address: `198.51.100.${attempt}` }))).toBe('wrong-credentials');
    expect(await refusal(enter(email))).toBe('too-many-requests');
  });

  it('is throttled by network address, whoever is tried', async () => {
    const { email } = await hire(house, ['agent']);
    await Promise.all(Array.from({ length: 300 }, () => throttle(house.ctx, 'log-in-from', '2001:db8:0:1::1')));
    expect(await refusal(enter(email, { address: '2001:db8:0:1::2' }))).toBe('too-many-requests');
    await enter(email, { address: '2001:db8:0:2::1' });
  });

  it('makes a weaker hash anew', async () => {
    const { id, email } = await hire(house, ['agent']);
    const weak = await createHasher(() => Promise.reject(new Error('not installed here'))).hash(password);
    await AccountModel.updateOne({ companyId: house.ctx.companyId, _id: id }, { $set: { passwordHash: weak } });
    await enter(email);
    expect((await AccountModel.findOne({ companyId: house.ctx.companyId, _id: id }).lean())?.passwordHash).toMatch(/^\$argon2id\$/);
    await enter(email);
  });
});

describe('a session', () => {
  it('ends after 14 idle days, and every use moves that; last use is written at most once a minute', async () => {
    const { email } = await hire(house, ['agent']);
    const { token, session } = await enter(email);
    const seen = async () => (await SessionModel.findOne({ companyId: house.ctx.companyId, _id: session._id }).lean())?.lastSeenAt.getTime();
    const began = await seen();
    house.pass(30_000);
    await actorBy(token);
    expect(await seen()).toBe(began);
    house.pass(13 * day);
    expect((await actorBy(token)).kind).toBe('account');
    expect(await seen()).toBe(house.services.clock.now());
    house.pass(13 * day);
    expect((await actorBy(token)).kind).toBe('account');
    house.pass(14 * day);
    expect((await actorBy(token)).kind).toBe('nobody');
    expect(await sessionLives(house.services, { companyId: house.ctx.companyId, sessionId: session._id })).toBe(false);
  });

  it('is stored as a hash, and a made-up cookie is nobody', async () => {
    const { email } = await hire(house, ['agent']);
    const { token, session } = await enter(email);
    expect(JSON.stringify(await SessionModel.findOne({ companyId: house.ctx.companyId, _id: session._id }).lean())).not.toContain(token.slice(0, 43));
    expect((await actorBy('made-up')).kind).toBe('nobody');
    expect((await actorBy(`${'a'.repeat(43)}${house.ctx.companyId}`)).kind).toBe('nobody');
  });

  it('proves changes by the token of its own, for account endpoints', async () => {
    const { email } = await hire(house, ['agent']);
    const { token, session } = await enter(email);
    const post = { ...cookieOf(token), method: 'POST' };
    expect(await refusal(authenticate(house.services, post))).toBe('csrf-missing');
    expect(await refusal(authenticate(house.services, { ...post, headers: { ...post.headers, 'x-csrf-token': 'guess' } }))).toBe('csrf-missing');
    expect((await authenticate(house.services, { ...post, headers: { ...post.headers, 'x-csrf-token': session.csrf } })).actor.kind).toBe('account');
    expect((await authenticate(house.services, post, 'public')).actor.kind).toBe('nobody');
  });

  it('opens a socket from our own pages only', async () => {
    const { id, email } = await hire(house, ['agent']);
    const { cookie } = cookieOf((await enter(email)).token).headers;
    for (const origin of [undefined, 'https://help.example.com', 'http://10.0.0.5:3000']) {
      const headers = { cookie, host: '10.0.0.5:3000', ...(origin === undefined ? {} : { origin }) };
      expect((await authenticateSocket(house.services, headers)).actor.id).toBe(id);
    }
    for (const origin of ['https://evil.example', 'null']) expect(await refusal(authenticateSocket(house.services, { cookie, host: '10.0.0.5:3000', origin }))).toBe('csrf-missing');
    expect((await authenticateSocket(house.services, { origin: 'https://evil.example' })).actor.kind).toBe('nobody');
  });

  it('is one of a list; the others end at once, by hand or by a new password', async () => {
    const { email } = await hire(house, ['agent']);
    const [here, there] = [await enter(email), await enter(email)];
    const routes = mount({ sendMail: () => Promise.resolve() }).routes ?? [];
    const call = { params: undefined, query: undefined, body: undefined, request: undefined, response: undefined } as unknown as Call<never>;
    const run = async (endpoint: object) => routes.find((each) => each.endpoint === endpoint)?.handle(house.ctx, await actorBy(here.token), call);
    expect(await run(api.sessions)).toMatchObject({ rows: expect.arrayContaining([expect.objectContaining({ id: here.session._id, current: true, agentText: 'Firefox' }), expect.objectContaining({ id: there.session._id, current: false })]) });
    await run(api.endSessions);
    expect([(await actorBy(here.token)).kind, (await actorBy(there.token)).kind]).toEqual(['account', 'nobody']);
    const again = await enter(email);
    const me = await actorBy(here.token);
    expect(await refusal(changePassword(house.ctx, me, { current: 'wrong', next: 'a new long password' }))).toBe('wrong-credentials');
    expect(await refusal(changePassword(house.ctx, me, { current: password, next: 'short' }))).toBe('password-weak');
    await changePassword(house.ctx, me, { current: password, next: 'a new long password' });
    expect([(await actorBy(here.token)).kind, (await actorBy(again.token)).kind]).toEqual(['account', 'nobody']);
    expect(await refusal(enter(email))).toBe('wrong-credentials');
    await enter(email, { password: 'a new long password' });
  });

  it('is a person\'s: nobody and machines have none', async () => {
    expect(await refusal(changePassword(house.ctx, nobody, { current: password, next: password }))).toBe('not-logged-in');
    expect(await refusal(startSecondFactor(house.ctx, { kind: 'machine', id: 'x', name: 'x', abilities: new Set(), scope: 'all' }))).toBe('not-allowed');
  });
});

describe('the second factor', () => {
  const codeOf = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: house.services.clock.now() });
  async function equip() {
    const { id, email } = await hire(house, ['agent']);
    const actor = await actorBy((await enter(email)).token);
    const { secret, uri, qr } = await startSecondFactor(house.ctx, actor);
    expect(uri).toContain('otpauth://totp/Acme');
    expect(qr).toMatch(/^<svg/);
    expect(await refusal(confirmSecondFactor(house.ctx, actor, { code: '000000' }))).toBe('wrong-code');
    return { id, email, actor, secret, recovery: await confirmSecondFactor(house.ctx, actor, { code: codeOf(secret) }) };
  }

  it('is asked for after the password, each code once, one step early or late', async () => {
    const { email, secret } = await equip();
    expect(await refusal(enter(email, { password: 'wrong', code: codeOf(secret) }))).toBe('wrong-credentials');
    expect(await refusal(enter(email))).toBe('second-factor-needed');
    expect(await refusal(enter(email, { code: codeOf(secret) }))).toBe('wrong-code');
    house.pass(30_000);
    await enter(email, { code: codeOf(secret) });
    expect(await refusal(enter(email, { code: codeOf(secret) }))).toBe('wrong-code');
    house.pass(60_000);
    const late = codeOf(secret);
    house.pass(30_000);
    await enter(email, { code: ` ${late.slice(0, 3)} ${late.slice(3)}` });
    const old = codeOf(secret);
    house.pass(90_000);
    expect(await refusal(enter(email, { code: old }))).toBe('wrong-code');
  });

  it('takes one and the same code once, also from two at the same moment', async () => {
    const { email, secret, recovery } = await equip();
    house.pass(30_000);
    for (const code of [codeOf(secret), recovery[0] ?? '']) {
      const answers = await Promise.allSettled([enter(email, { code }), enter(email, { code })]);
      expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    }
  });

  it('has ten recovery codes, each good once, stored as hashes', async () => {
    const { id, email, recovery } = await equip();
    expect(new Set(recovery).size).toBe(10);
    const stored = JSON.stringify(await AccountModel.findOne({ companyId: house.ctx.companyId, _id: id }).lean());
    for (const code of recovery) {
      expect(stored).not.toContain(code);
      await enter(email, { code: code.toUpperCase().replace('-', ' ') });
      expect(await refusal(enter(email, { code }))).toBe('wrong-code');
    }
  });

  it('guesses are counted', async () => {
    const { email } = await equip();
    for (let attempt = 0; attempt < 10; attempt += 1) expect(await refusal(enter(email, { code: '123456' }))).toBe('wrong-code');
    expect(await refusal(enter(email, { code: '123456' }))).toBe('too-many-requests');
  });

  it('ends only by the password, and cannot be replaced while it is on', async () => {
    const { email, actor } = await equip();
    expect(await refusal(startSecondFactor(house.ctx, actor))).toBe('already-exists');
    expect(await refusal(endSecondFactor(house.ctx, actor, { password: 'wrong' }))).toBe('wrong-credentials');
    await endSecondFactor(house.ctx, actor, { password });
    await enter(email);
  });
});

describe('over HTTP', () => {
  let server: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => { server = await serve(house.services, [mount({ sendMail: () => Promise.resolve() })]); });
  afterAll(() => server.close());
  const send = async (method: string, path: string, { body, headers = {} }: { body?: object; headers?: Record<string, string> } = {}) => {
    const response = await fetch(`${server.url}${path}`, { method, headers: { 'content-type': 'application/json', ...headers }, ...(body ? { body: JSON.stringify(body) } : {}) });
    return { status: response.status, cookie: response.headers.get('set-cookie'), body: await response.json() as Record<string, never> & { code?: string; me?: { csrf: string } } };
  };

  it('a browser logs in, proves its changes, and logs out', async () => {
    const { id, email } = await hire(house, ['administrator']);
    const entered = await send('POST', '/session', { body: { email, password } });
    expect(entered.status).toBe(200);
    expect(entered.cookie).toMatch(/^tl_session=[\w-]+; .*HttpOnly/);
    expect(entered.cookie).toMatch(/Secure/);
    expect(entered.cookie).toMatch(/SameSite=Lax/);
    expect(entered.cookie).toMatch(/Path=\//);
    const cookie = entered.cookie?.split(';')[0] ?? '';
    const csrf = entered.body.me?.csrf ?? '';
    expect((await send('GET', '/me', { headers: { cookie } })).body).toMatchObject({ account: { id }, scope: 'all', csrf, company: { name: 'Acme' } });
    expect((await send('PATCH', '/me', { body: { name: 'Eve' }, headers: { cookie } })).body.code).toBe('csrf-missing');
    expect((await send('PATCH', '/me', { body: { timeZone: 'x' }, headers: { cookie, 'x-csrf-token': csrf } })).body.code).toBe('bad-input');
    expect((await send('PATCH', '/me', { body: { name: 'Ana', locale: 'pt' }, headers: { cookie, 'x-csrf-token': csrf } })).body).toMatchObject({ account: { name: 'Ana', locale: 'pt' } });
    expect((await send('GET', '/accounts', { headers: { cookie } })).status).toBe(200);
    const left = await send('DELETE', '/session', { headers: { cookie, 'x-csrf-token': csrf } });
    expect(left.cookie).toMatch(/^tl_session=; .*Max-Age=0/);
    expect((await send('GET', '/me', { headers: { cookie } })).body.code).toBe('not-logged-in');
  });

  it('nobody and the powerless are told so', async () => {
    expect((await send('GET', '/accounts')).body.code).toBe('not-logged-in');
    const { email } = await hire(house, ['agent']);
    const cookie = (await send('POST', '/session', { body: { email, password } })).cookie?.split(';')[0] ?? '';
    for (const path of ['/audit', '/api-keys']) expect((await send('GET', path, { headers: { cookie } })).body.code).toBe('not-allowed');
  });

  it('a machine comes by key, without cookie or proof, and has no self', async () => {
    const { secret } = await addApiKey(house.ctx, house.system, { name: 'Robot', abilities: ['account.read', 'account.manage'] });
    const headers = { authorization: `Bearer ${secret}` };
    expect((await send('POST', '/teams', { body: { name: 'Robots' }, headers })).status).toBe(200);
    expect((await send('GET', '/roles', { headers })).body['rows']).toHaveLength(5);
    expect((await send('GET', '/me', { headers })).body.code).toBe('not-allowed');
    expect((await send('GET', '/roles', { headers: { authorization: 'Bearer tlk_wrong' } })).body.code).toBe('not-logged-in');
  });
});
