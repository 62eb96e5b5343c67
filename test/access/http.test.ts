import { addApiKey, mount } from '../../server/access';
import { hire, openHouse, password, serve, type House } from './house';

let house: House;
let server: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  house = await openHouse();
  server = await serve(house.services, [mount({ sendMail: () => Promise.resolve() })]);
});
afterAll(async () => {
  await server.close();
  await house.stop();
});

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
