import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArticleText } from '../../protocol';
import { createAccount, ensureCompany, firstLink } from '../access';
import { Mailboxes } from '../channels/email';
import { voiceSettings } from '../channels/voice';
import { contextOf, newId, system, writeSetting, type Ctx, type Services } from '../kernel';
import { addArticle } from '../knowledge';
import { seedGuides } from './demo/guides';
import { addQueue, changeAgent, enrolAgent, Skills } from '../workforce';
import { settingsKind } from './channel-host';
import { demoMailboxes, demoPeople, demoQueues, demoSkills } from './demo/people';
import { widgetShape } from './widget-settings';

const seeder = system('first start');

/** Fills an empty installation: with a demo company, or with a link for the first administrator. Answers what to print, once. */
export async function seedWhenEmpty(services: Services): Promise<string[]> {
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
  const { company, created } = await ensureCompany(services, { name: services.config.demo ? 'Demo Shop' : 'My company', locale: 'en', timeZone });
  if (!created) return [];
  const ctx = contextOf(services, company._id);
  return services.config.demo ? seedDemo(ctx) : seedBare(ctx);
}

async function seedBare(ctx: Ctx): Promise<string[]> {
  const queue = await addQueue(ctx, seeder, { name: 'Support' });
  await writeSetting(ctx.companyId, settingsKind('webchat'), widgetShape.parse({ queueId: queue._id }));
  return ['Open this link once to become the administrator:', `  ${await firstLink(ctx)}`];
}

async function seedDemo(ctx: Ctx): Promise<string[]> {
  const skills = await seedSkills(ctx);
  const queues = new Map<string, string>();
  for (const queue of demoQueues) queues.set(queue.name, (await addQueue(ctx, seeder, queue))._id);
  await writeSetting(ctx.companyId, settingsKind('webchat'), widgetShape.parse({ queueId: queues.get('Support') }));
  await writeSetting(ctx.companyId, settingsKind('voice'), voiceSettings.parse({ queueId: queues.get('Support'), country: 'PT' }));
  await writeSetting(ctx.companyId, settingsKind('webform'), { queueId: queues.get('Support') });
  for (const box of demoMailboxes) await Mailboxes.create({ _id: newId(), companyId: ctx.companyId, address: box.address, name: box.name, queueId: queues.get(box.queue) ?? '', signature: 'Demo Shop', active: true });
  const password = randomBytes(9).toString('base64url');
  for (const person of demoPeople) await seedPerson(ctx, person, { skills, queues, password });
  for (const article of await demoArticles()) await addArticle(ctx, seeder, { category: article.category, audience: 'public', confidence: 'validated', texts: article.texts });
  await seedGuides(ctx, seeder);
  return greeting(ctx, password);
}

async function seedSkills(ctx: Ctx): Promise<Map<string, string>> {
  const skills = new Map(demoSkills.map((name) => [name as string, newId()]));
  await Skills.insertMany([...skills].map(([name, _id]) => ({ _id, companyId: ctx.companyId, name, nameKey: name.toLowerCase() })));
  return skills;
}

async function seedPerson(ctx: Ctx, person: (typeof demoPeople)[number], { skills, queues, password }: { skills: Map<string, string>; queues: Map<string, string>; password: string }): Promise<void> {
  const account = await createAccount(ctx, seeder, { name: person.name, email: person.email, roles: [...person.roles], password });
  if (person.queues.length === 0) return;
  await enrolAgent(ctx, { id: account._id, name: person.name });
  const levels = Object.fromEntries(Object.entries(person.skills).flatMap(([name, level]) => { const id = skills.get(name); return id ? [[id, level]] : []; }));
  await changeAgent(ctx, seeder, { id: account._id, input: { queueIds: person.queues.map((name) => queues.get(name) ?? ''), skills: levels, maxima: {} } });
}

const demoArticles = async (): Promise<{ category: string; texts: ArticleText[] }[]> => JSON.parse(await readFile(join(__dirname, 'demo', 'articles.json'), 'utf8')) as { category: string; texts: ArticleText[] }[];

async function greeting(ctx: Ctx, password: string): Promise<string[]> {
  const { publicUrl, config } = ctx;
  const lines = [
    'A demo company was made. Log in with the password below:', ...demoPeople.map((person) => `  ${person.roles.join(', ').padEnd(16)} ${person.email}`), `  password         ${password}`, '',
    `  console          ${publicUrl}/`, `  shop with widget ${publicUrl}/demo`, `  customer mailbox ${publicUrl}/demo/mailbox`,
  ];
  await writeFile(join(config.dataDir, 'demo-log-ins.txt'), `${lines.join('\n')}\n`, { mode: 0o600 });
  return lines;
}
