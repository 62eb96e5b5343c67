// Two companies in one installation: everything an administrator of the one can call is tried with the other one's ids, endpoint by endpoint and event by event.
import { once } from 'node:events';
import mongoose from 'mongoose';
import { io } from 'socket.io-client';
import { abilities, agentSends, endpoints, type Endpoint } from '../../protocol';
import { addApiKey, changeAccount, createCompany } from '../../server/access';
import { contextOf, writeSetting } from '../../server/kernel';
import { enrolAgent } from '../../server/workforce';
import { hire, openHouse, password, type House } from '../access/house';
import { ensureBuilt } from '../support/build';
import { startNode, type ServerNode } from '../support/node';
import { Session, until } from '../support/session';
import { tempFolder } from '../support/temp';
import { sample, type Palette } from './sample';

const mark = 'betamark';
const everyRole = ['agent', 'supervisor', 'author', 'administrator', 'technician'];
const all: Endpoint[] = Object.values(endpoints).flatMap((area) => Object.values(area) as Endpoint[]).filter((each) => each.audience === 'account');
// They end or change the caller's own log-in, which belongs to nobody else.
const ownLogIn = /^\/(session|sessions|me|password|second-factor)\b/;
const folder = tempFolder('companies');
let house: House;
let node: ServerNode;
let ours: Session;
let theirs: { id: string; machine: Machine };

/** The default company, where people log in. */
async function ourCompany(): Promise<Session> {
  const { id, email } = await hire(house, everyRole);
  await enrolAgent(house.ctx, { id, name: 'Admin alphamark' });
  return Session.logIn(node.baseUrl, email, password);
}

/** Another one, with a machine that may do everything there. */
async function theirCompany(): Promise<{ id: string; machine: Machine }> {
  const company = await createCompany(house.services, { name: mark, locale: 'en', timeZone: 'UTC' });
  const ctx = contextOf(house.services, company._id);
  const { id } = await hire(house, everyRole, ctx);
  await changeAccount(ctx, house.system, { id, name: `Admin ${mark}` });
  await enrolAgent(ctx, { id, name: `Admin ${mark}` });
  await writeSetting(company._id, 'sending', { undoSeconds: 0 });
  const { secret } = await addApiKey(ctx, house.system, { name: `Key ${mark}`, abilities: [...abilities] });
  return { id: company._id, machine: machineOf(secret) };
}

type Machine = Pick<Session, 'ask'>;
const machineOf = (secret: string): Machine => ({
  async ask(method, path, { body } = {}) {
    const answer = await fetch(`${node.baseUrl}/api/v1${path}`, { method, headers: { authorization: `Bearer ${secret}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    return { status: answer.status, text: await answer.text(), body: {} };
  },
});

interface Doc { _id: unknown; companyId?: string }

/** Everything of the other company, as text. */
async function snapshot(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const db = mongoose.connection.db;
  for (const { name } of await db?.listCollections().toArray() ?? []) {
    // Log-ins come and go, and the counts of the day follow what happened in their own time.
    if (name === 'sessions' || name.startsWith('daily')) continue;
    for (const doc of await db?.collection<Doc>(name).find({ companyId: theirs.id }).toArray() ?? []) found.set(`${name}/${String(doc._id)}`, JSON.stringify(doc));
  }
  return found;
}

const singular = (many: string): string => many.replace(/ies$/, 'y').replace(/xes$/, 'x').replace(/s$/, '');

/** Their ids by the name of the thing: queueId → a queue of theirs. */
async function theirIds(): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const key of (await snapshot()).keys()) {
    const [collection = '', id = ''] = key.split('/');
    if (/^[0-9a-f]{24}$/.test(id)) ids.set(singular(collection), id);
  }
  return ids;
}

const alias: Record<string, string> = { owner: 'account', agent: 'account', other: 'customer', workItem: 'interaction' };

function idFor(field: string, ids: Map<string, string>, path = ''): string {
  const noun = field === 'id' ? singular(path.split('/')[1] ?? '').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()) : field.replace(/Id$/, '');
  return ids.get(noun.toLowerCase()) ?? ids.get(alias[noun] ?? '') ?? theirs.id;
}

async function call(session: Machine, endpoint: Endpoint, palette: Palette): Promise<{ status: number; text: string }> {
  const params = (sample(endpoint.params, palette) ?? {}) as Record<string, string>;
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? 'x'));
  const query = endpoint.query ? `?${new URLSearchParams(Object.entries(sample(endpoint.query, palette) as object).map(([name, value]) => [name, String(value)]))}` : '';
  return session.ask(endpoint.method, path + query, endpoint.body ? { body: sample(endpoint.body, palette) } : {});
}

beforeAll(async () => {
  await ensureBuilt();
  house = await openHouse();
  node = await startNode({ dataDir: folder.path, ...house.urls });
  theirs = await theirCompany();
  ours = await ourCompany();
  await furnish();
}, 120_000);
afterAll(async () => {
  await node.stop();
  await house.stop();
  folder.remove();
}, 60_000);

/** The other company makes one of everything that can be made, by the endpoints themselves: twice, since some things need others. */
async function furnish(): Promise<void> {
  for (const round of [1, 2]) {
    for (const endpoint of all.filter((each) => (each.method === 'POST' || each.method === 'PUT') && !ownLogIn.test(each.path))) {
      const ids = await theirIds();
      for (const full of [false, true]) await call(theirs.machine, endpoint, { mark: `${mark}${round}`, all: full, idFor: (field) => idFor(field, ids, endpoint.path) });
    }
  }
  await theirs.machine.ask('POST', '/calls/records', { body: { source: mark, callId: mark, direction: 'in', from: '+4930901820', to: '+351210000100', startedAt: '2026-11-24T09:00:00.000Z', seconds: 0, outcome: 'missed' } });
  let last = '';
  await until('the other company to be at rest', async () => {
    await new Promise((resolve) => setTimeout(resolve, 400));
    const now = JSON.stringify([...await snapshot()].filter(([key]) => !/^(event|audit)/.test(key)));
    const rests = now === last && !/\\"pending\\":\[\{|\\"state\\":\\"(queued|stored)/.test(now);
    last = now;
    return rests;
  }, 60_000);
}

it('there is something to find', async () => {
  const kinds = [...(await theirIds()).keys()];
  expect(kinds).toEqual(expect.arrayContaining(['account', 'queue', 'skill', 'team', 'ticket', 'message', 'customer', 'article', 'apikey', 'mailbox', 'interaction', 'event', 'audit']));
});

it('no endpoint shows, changes or makes anything of the other company', async () => {
  const ids = await theirIds();
  const before = await snapshot();
  const bad: string[] = [];
  for (const endpoint of all.filter((each) => !ownLogIn.test(each.path))) {
    for (const full of [false, true]) {
      const answer = await call(ours, endpoint, { mark: 'alphamark', all: full, idFor: (field) => idFor(field, ids, endpoint.path) });
      if (answer.status === 401) ours = await ourCompany();
      if (answer.status >= 500 || answer.text.includes(mark)) bad.push(`${endpoint.name}: ${answer.status} ${answer.text.slice(0, 200)}`);
    }
  }
  expect(bad).toEqual([]);
  expect(await difference(before)).toEqual([]);
}, 120_000);

it('no event of the console reaches over', async () => {
  const ids = await theirIds();
  const before = await snapshot();
  const socket = io(`${node.baseUrl}/agent`, { transports: ['websocket'], extraHeaders: { cookie: ours.cookie } });
  await once(socket as never, 'connect');
  const heard: string[] = [];
  socket.onAny((...event: unknown[]) => void heard.push(JSON.stringify(event)));
  for (const [name, schema] of Object.entries(agentSends)) {
    const ack = await (socket.timeout(10_000).emitWithAck(name, sample(schema, { mark: 'alphamark', all: true, idFor: (field) => idFor(field, ids) })) as Promise<unknown>);
    heard.push(JSON.stringify(ack));
  }
  await theirs.machine.ask('POST', '/skills', { body: { name: `${mark} spoken of` } });
  await ours.read('POST', '/skills', { name: 'alphamark spoken of' });
  await until('our own news', () => heard.some((each) => each.includes('settings.changed')));
  socket.disconnect();
  expect(heard.filter((each) => each.includes(mark) || each.includes(theirs.id))).toEqual([]);
  expect((await difference(before)).filter((each) => !/^(skill|event|audit|counter|apikey)/.test(each))).toEqual([]);
}, 60_000);

/** What is not as it was. */
async function difference(before: Map<string, string>): Promise<string[]> {
  const after = await snapshot();
  const changed = [...after].filter(([key, text]) => before.get(key) !== text).map(([key, text]) => `${key}: ${before.get(key) ?? 'not there'} → ${text}`);
  return [...changed, ...[...before.keys()].filter((key) => !after.has(key)).map((key) => `${key} is gone`)];
}
