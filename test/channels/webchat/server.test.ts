// The channel on a running server: sessions, files, letters, identity. What a visitor's widget asks, and what others may not.
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import type { Attachment, ChatMessage, ChatState, TicketSummary } from '../../../protocol';
import { dial } from '../../widget/dial';
import { Link } from '../../../widget/frame/link';
import { inStore, people, Session, startDemo, until, type DemoServer } from '../../support/session';

type Opened = { token: string; visitorId: string; name: string; verified: boolean };
let server: DemoServer;
const links: Link[] = [];

beforeAll(async () => { server = await startDemo({ waitMs: 90_000 }); }, 120_000);
afterAll(async () => {
  links.forEach((link) => link.close());
  await server.stop();
}, 60_000);

const call = (path: string, { token, body, method = body ? 'POST' : 'GET' }: { token?: string; body?: object; method?: string } = {}) => {
  const form = body instanceof FormData;
  const headers: Record<string, string> = { ...(token ? { Authorization: `Bearer ${token}` } : {}), ...(body && !form ? { 'Content-Type': 'application/json' } : {}) };
  return fetch(`${server.node.baseUrl}/api/v1${path}`, { method, headers, ...(body ? { body: form ? body : JSON.stringify(body) } : {}) });
};
const open = async (body: object = {}) => (await (await call('/widget/sessions', { body })).json()) as Opened;
const codeOf = async (answer: Promise<Response>) => ((await (await answer).json()) as { code: string }).code;
const fileOf = (name: string, content: string | Uint8Array<ArrayBuffer>) => {
  const form = new FormData();
  form.append('file', new Blob([content]), name);
  return form;
};

async function connect(token: string) {
  const heard: ChatMessage[] = [];
  const states: ChatState[] = [];
  let up = false;
  const link = new Link({ origin: server.node.baseUrl, dial, token: async () => token, renew: async () => token, lost: () => undefined, connected: () => { up = true; }, told: { message: (row) => heard.push(row), state: (state) => states.push(state), typing: () => undefined } });
  links.push(link);
  link.connect();
  await until('the line', () => up);
  const send = (clientId: string, text: string, attachmentIds: string[] = []) => link.send('message.send', { clientId, text, attachmentIds });
  return { link, heard, states, send };
}

describe('a session', () => {
  it('is resumed with its token, and only with it', async () => {
    const first = await open({ name: 'Ana' });
    expect(await open({ token: first.token })).toEqual(first);
    expect((await open({ token: `${first.token.slice(0, -2)}xx` })).visitorId).not.toBe(first.visitorId);
    expect(await codeOf(call('/widget/messages', { token: 'nonsense' }))).toBe('not-logged-in');
    expect(await codeOf(call('/widget/messages'))).toBe('not-logged-in');
  });

  it('keeps no token in the store', async () => {
    const { token } = await open();
    const [, sessionId = '', secret = ''] = token.split('.');
    const stored = await inStore(server.dataDir, (db) => db.collection<{ _id: string }>('widgetsessions').findOne({ _id: sessionId }));
    expect(JSON.stringify(stored)).toContain('secretHash');
    expect(JSON.stringify(stored)).not.toContain(secret);
  });

  it('may be opened from any site, without cookies', async () => {
    const asked = await call('/widget/sessions', { method: 'OPTIONS' });
    expect([asked.status, asked.headers.get('access-control-allow-origin'), asked.headers.get('access-control-allow-credentials')]).toEqual([204, '*', null]);
  });
});

describe('messages', () => {
  it('are stored once however often they are sent, and told to every tab of the visitor and to nobody else', async () => {
    const { token } = await open({ name: 'Ana' });
    const [one, two, other] = await Promise.all([connect(token), connect(token), open().then((session) => connect(session.token))]);
    const first = await one.send('client-id-1', 'Where is my order?');
    const again = await two.send('client-id-1', 'Where is my order?');
    expect(again.message.id).toBe(first.message.id);
    await until('the other tab', () => two.heard.length > 0);
    const { rows, state } = await one.link.send('hello', { afterSeq: 0 });
    expect([rows.map(({ text, from }) => [text, from]), state.phase, other.heard]).toEqual([[['Where is my order?', 'me']], 'waiting', []]);
  });

  it('of a wrong form are refused by name', async () => {
    const { send } = await connect((await open()).token);
    await expect(send('short', 'x')).rejects.toMatchObject({ code: 'bad-input' });
    await expect(send('client-id-2', '   ')).rejects.toMatchObject({ code: 'bad-input' });
    await expect(send('client-id-2', 'x', ['a'.repeat(24)])).rejects.toMatchObject({ code: 'bad-input' });
  });
});

it('a visitor who sends too much is told to wait, over however many connections; others are not', async () => {
  const [mine, other] = await Promise.all([open(), open()]);
  const [one, two, stranger] = await Promise.all([connect(mine.token), connect(mine.token), connect(other.token)]);
  const sent = await Promise.allSettled(Array.from({ length: 90 }, (_, n) => (n % 2 ? one : two).link.send('typing', { on: true })));
  const refused = sent.flatMap((each) => (each.status === 'rejected' ? [(each.reason as { code: string }).code] : []));
  expect([refused.length > 10, new Set(refused)]).toEqual([true, new Set(['too-many-requests'])]);
  await stranger.link.send('typing', { on: true });
});

describe('files', () => {
  it('are sent with a message and fetched by their visitor alone, as downloads', async () => {
    const [mine, other] = await Promise.all([open(), open()]);
    const file = (await (await call('/widget/attachments', { token: mine.token, body: fileOf('note.txt', 'hello') })).json()) as Attachment;
    expect(file).toMatchObject({ name: 'note.txt', type: 'text/plain', size: 5 });
    const stranger = await connect(other.token);
    await expect(stranger.send('client-id-3', 'x', [file.id])).rejects.toMatchObject({ code: 'bad-input' });
    const own = await connect(mine.token);
    await own.send('client-id-4', 'see this', [file.id]);
    await own.send('client-id-4', 'see this', [file.id]);
    const address = file.url.replace('/api/v1', '');
    const fetched = await call(address, { token: mine.token });
    expect([await fetched.text(), fetched.headers.get('content-disposition')?.split(';')[0], fetched.headers.get('content-security-policy')]).toEqual(['hello', 'attachment', "default-src 'none'; sandbox"]);
    expect(await codeOf(call(address, { token: other.token }))).toBe('not-found');
    expect(await codeOf(call(address))).toBe('not-logged-in');
  });

  it('that run, or are too large, are refused', async () => {
    const { token } = await open();
    expect(await codeOf(call('/widget/attachments', { token, body: fileOf('photo.png', '<svg onload="x()">') }))).toBe('file-type-refused');
    expect(await codeOf(call('/widget/attachments', { token, body: fileOf('big.bin', new Uint8Array(10 * 1024 * 1024 + 1)) }))).toBe('file-too-large');
    expect(await codeOf(call('/widget/attachments', { token, body: new FormData() }))).toBe('bad-input');
  });
});

it('a letter becomes one ticket of its mail address, however often it is sent', async () => {
  const { token } = await open();
  const letter = { clientId: 'letter-id-1', email: 'Vera@Customers.example', name: 'Vera', text: 'Please call me back about my order.' };
  for (let n = 0; n < 2; n++) expect((await call('/widget/letters', { token, body: letter })).status).toBe(200);
  const supervisor = await Session.logIn(server.node.baseUrl, people.maria, server.password);
  const tickets = () => supervisor.read<{ rows: TicketSummary[] }>('GET', '/tickets?limit=200').then(({ rows }) => rows.filter(({ customer }) => customer.address === 'vera@customers.example'));
  await until('the ticket', async () => (await tickets()).length > 0);
  expect(await tickets()).toHaveLength(1);
});

it('chats and letters of a brand wait in the queues it names, those of its host before those of its key; of no brand, where the settings say', async () => {
  const administrator = await Session.logIn(server.node.baseUrl, people.jonas, server.password);
  const [company, chats, letters] = (await administrator.read<{ rows: { id: string }[] }>('GET', '/queues')).rows.map(({ id }) => id);
  await administrator.read('PATCH', '/widget', { queueId: company });
  const hosted = await administrator.read<{ id: string }>('POST', '/brands', { key: 'tea', name: 'Tea', hosts: ['tea.example'], chatQueueId: chats, queueId: letters });
  await administrator.read('POST', '/brands', { key: 'plain', name: 'Plain' });
  const at = async (origin: string | null, brand: string) => (await (await fetch(`${server.node.baseUrl}/api/v1/widget/sessions`, { method: 'POST', headers: { 'Content-Type': 'application/json', ...(origin ? { Origin: origin } : {}) }, body: JSON.stringify({ brand }) })).json()) as Opened;
  const visits = [await at(null, 'tea'), await at('https://tea.example:8443', 'plain'), await at('https://elsewhere.example', 'plain'), await at(null, 'unheard-of')];
  for (const [n, { token }] of visits.entries()) {
    await (await connect(token)).send(`brand-chat-${n}`, `Chat of visit ${n}`);
    await call('/widget/letters', { token, body: { clientId: `brand-letter-${n}`, email: `visit${n}@customers.example`, text: `Letter of visit ${n}` } });
  }
  const queueOf = (subject: string) => until(subject, async () => (await administrator.read<{ rows: TicketSummary[] }>('GET', '/tickets?limit=200')).rows.find((row) => row.subject === subject)?.queueId);
  const found = await Promise.all(visits.map(async (_, n) => [await queueOf(`Chat of visit ${n}`), await queueOf(`Letter of visit ${n}`)]));
  expect(found).toEqual([[chats, letters], [chats, letters], [company, company], [company, company]]);
  await administrator.read('DELETE', `/brands/${hosted.id}`);
  await call('/widget/letters', { token: visits[0]?.token ?? '', body: { clientId: 'brand-letter-9', email: 'visit9@customers.example', text: 'Letter to nobody' } });
  expect(await queueOf('Letter to nobody')).toBe(company);
});

it('the conversation is mailed once somebody has answered, with a link to rate it; a forged link rates nothing', async () => {
  const { token } = await open({ name: 'Nils' });
  const own = await connect(token);
  await own.send('client-id-7', 'Do you deliver on Sundays?');
  const copy = { token, body: { email: 'nils@customers.trunkline.localhost' } };
  expect(await codeOf(call('/widget/transcripts', copy))).toBe('not-found');
  const [ana, maria] = await Promise.all([people.ana, people.maria].map((email) => Session.logIn(server.node.baseUrl, email, server.password))) as [Session, Session];
  const ticketId = await until('the ticket', async () => (await maria.read<{ rows: TicketSummary[] }>('GET', '/tickets?limit=200')).rows.find(({ customer }) => customer.name === 'Nils')?.id);
  await until('the work to wait', async () => (await maria.read<{ workItem: object | null }>('GET', `/tickets/${ticketId}`)).workItem);
  await maria.read('POST', `/tickets/${ticketId}/assign`, { ownerId: ana.me.account.id });
  await ana.read('POST', `/tickets/${ticketId}/messages`, { clientId: 'answer-id-1', kind: 'agent', text: 'Yes, in the city.' });
  expect((await call('/widget/transcripts', copy)).status).toBe(200);
  const mail = await until('the copy', () => inStore(server.dataDir, (db) => db.collection<{ to: string; text: string }>('demomails').findOne({ to: copy.body.email })));
  expect(mail.text).toContain('Yes, in the city.');
  const link = /\/help\/en\/rate\/\S+/.exec(mail.text)?.[0] ?? '';
  const rate = (address: string, score: string) => fetch(server.node.baseUrl + address, { method: 'POST', body: new URLSearchParams({ score, comment: 'Quick' }), redirect: 'manual' });
  const page = await (await fetch(server.node.baseUrl + link)).text();
  expect([page.includes('name="score"'), (await rate(link, '9')).status, (await rate(`${link}x`, '4')).status, (await rate(link, '4')).headers.get('location')]).toEqual([true, 400, 404, `${link}?thanks`]);
  const { rows } = await ana.read<{ rows: { system: { code: string; params: object } | null }[] }>('GET', `/tickets/${ticketId}/messages`);
  expect(rows.filter(({ system }) => system?.code === 'rated').map(({ system }) => system?.params)).toEqual([{ score: 4, comment: 'Quick' }]);
});

it('a signed identity is the same person on every device, by any of two active keys; unsigned claims are refused where the company says so', async () => {
  const administrator = await Session.logIn(server.node.baseUrl, people.jonas, server.password);
  const pair = generateKeyPairSync('ed25519');
  const publicKey = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const { secret } = await administrator.read<{ secret: string }>('POST', '/widget/keys', { id: 'shop-1', algorithm: 'HS256' });
  const refusals = [await administrator.ask('POST', '/widget/keys', { body: { id: 'shop-1', algorithm: 'HS256' } }), await administrator.ask('POST', '/widget/keys', { body: { id: 'shop-2', algorithm: 'EdDSA', publicKey: 'none' } })];
  await administrator.read('POST', '/widget/keys', { id: 'shop-2', algorithm: 'EdDSA', publicKey });
  refusals.push(await administrator.ask('POST', '/widget/keys', { body: { id: 'shop-3', algorithm: 'HS256' } }), await administrator.ask('DELETE', '/widget/keys/none'));
  expect(refusals.map(({ body }) => body['code'])).toEqual(['already-exists', 'bad-input', 'bad-input', 'not-found']);
  const shown = await administrator.ask('GET', '/widget/keys');
  expect([shown.text.includes(secret), shown.body.rows?.length]).toEqual([false, 2]);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = (sub: string) => {
    const text = `${part({ alg: 'HS256' })}.${part({ sub, name: 'Kim', exp: Date.now() / 1000 + 60 })}`;
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
  };
  const withEd25519 = (sub: string) => {
    const text = `${part({ alg: 'EdDSA', kid: 'shop-2' })}.${part({ sub, name: 'Kim', exp: Date.now() / 1000 + 60 })}`;
    return `${text}.${sign(null, Buffer.from(text), pair.privateKey).toString('base64url')}`;
  };
  const [phone, desk, other] = await Promise.all([open({ identity: signed('42') }), open({ identity: withEd25519('42') }), open({ identity: signed('43') })]);
  expect(phone).toMatchObject({ verified: true, name: 'Kim' });
  expect(desk.visitorId).toBe(phone.visitorId);
  expect((await open({ token: phone.token, identity: signed('43') })).visitorId).toBe(other.visitorId);
  await (await connect(phone.token)).send('client-id-5', 'From my phone');
  expect(((await (await call('/widget/messages', { token: desk.token })).json()) as { rows: ChatMessage[] }).rows.map(({ text }) => text)).toEqual(['From my phone']);
  expect(await codeOf(call('/widget/sessions', { body: { identity: `${signed('42')}x` } }))).toBe('identity-unsigned');
  await administrator.read('DELETE', '/widget/keys/shop-1');
  expect(await codeOf(call('/widget/sessions', { body: { identity: signed('42') } }))).toBe('identity-unsigned');
  await administrator.read('PATCH', '/widget', { requireIdentity: true });
  expect(await codeOf(call('/widget/sessions', { body: { name: 'Somebody' } }))).toBe('identity-unsigned');
});
