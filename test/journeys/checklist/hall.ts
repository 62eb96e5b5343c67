// One server, one browser and the people at it, shared by every item of the console's checklist.
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../../support/chromium';
import { becomeAvailable, sitDown, type Seat } from '../../support/console';
import { layLine, type Line } from '../../support/line';
import { sendMail } from '../../support/mail';
import { people, Session, startDemo, until, type DemoServer } from '../../support/session';

export type Person = keyof typeof people;

/** Everything the items share; filled by `openHall`. */
export interface Hall {
  server: DemoServer;
  browser: Browser;
  /** Between the browser and the server. */
  line: Line;
  ana: Seat;
  maria: Seat;
  admin: Session;
  colleague: Session;
  /** A ticket of Ana's, by mail. */
  mine: string;
  /** Another of hers. */
  second: string;
  /** Somebody who lets what they are offered run out. */
  yui: Seat;
}

export const hall = {} as Hall;
let made = 0;

/** A limit in milliseconds as it holds on an idle machine of one's own. Machines are shared and do not always say so: three times that, and more with the load. */
export const within = (milliseconds: number): { timeout: number } => ({ timeout: milliseconds * Math.max(3, (2 * (loadavg()[0] ?? 0)) / cpus().length) });

export const clientId = (): string => `checklist-${String(++made).padStart(6, '0')}`;
export const session = (who: Person): Promise<Session> => Session.logIn(hall.server.node.baseUrl, people[who], hall.server.password);
/** Somebody at the console, on the page they begin with. */
export async function seat(who: Person, look: NonNullable<Parameters<typeof sitDown>[2]['look']> = {}): Promise<Seat> {
  const taken = await sitDown(hall.browser, hall.line.baseUrl, { email: people[who], password: hall.server.password, look });
  await taken.page.waitForURL(/\/(inbox|board)/);
  return taken;
}

/** A mail of a customer; answers the ticket it opened. */
export async function mail(subject: string, more: { text?: string; html?: string; from?: string } = {}): Promise<string> {
  await sendMail(hall.server.node.smtpPort, { from: 'Nina Okafor <nina@customers.example>', subject, text: 'Hello, can you help me?', ...more });
  return until(`the ticket "${subject}"`, async () => {
    const { rows } = await hall.admin.read<{ rows: { id: string; subject: string }[] }>('GET', '/tickets?limit=50');
    return rows.find((row) => row.subject === subject)?.id;
  });
}

/** Gives a ticket that already waits to somebody without asking. */
export async function give(ticketId: string, to: Session): Promise<void> {
  await until('the work to wait', async () => (await hall.admin.read<{ workItem: object | null }>('GET', `/tickets/${ticketId}`)).workItem);
  await hall.admin.read('POST', `/tickets/${ticketId}/assign`, { ownerId: to.me.account.id });
}

/** Writes on a ticket over REST, as a colleague would. */
export const write = (by: Session, ticketId: string, said: { note: string } | { reply: string }): Promise<{ id: string; seq: number }> =>
  by.read('POST', `/tickets/${ticketId}/messages`, { clientId: clientId(), ...('note' in said ? { kind: 'note', text: said.note } : { kind: 'agent', text: said.reply }) });

/** Opens a page of the console without loading it anew. */
export async function go(page: Page, path: string, ready = 'main:visible h1'): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, path);
  await page.locator(ready).first().waitFor({ state: 'attached' });
}

/** Opens a ticket and waits for its timeline. */
export const openTicket = (page: Page, id: string): Promise<void> => go(page, `/inbox/all/${id}`, `[data-testid=timeline] [data-testid=message]`);

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
export const everyRule = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds on the page as it is. */
export async function violations(page: Page, only: string[] = everyRule): Promise<string[]> {
  await page.evaluate((source) => 'axe' in window || void (0, eval)(source), axe).catch(() => page.evaluate(axe));
  return page.evaluate(async (run) => {
    const { axe: checker } = window as unknown as { axe: { run(root: object, options: object): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> } };
    const { violations: found } = await checker.run(document, { runOnly: run });
    return found.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary.slice(0, 200)}`));
  }, only);
}

/** A customer fills in a form on the company's site. */
export async function fill(email: string): Promise<void> {
  const answer = await fetch(`${hall.server.node.baseUrl}/api/v1/forms`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ form: 'contact', email, message: 'May I ask something?' }) });
  if (!answer.ok) throw new Error(await answer.text());
}

/** A form goes to somebody who does not answer, for the five seconds their queue gives them. */
async function leaveUnanswered(): Promise<void> {
  const sales = (await hall.admin.read<{ rows: { id: string; name: string }[] }>('GET', '/queues')).rows.find(({ name }) => name === 'Sales')?.id ?? '';
  const { formQueueId } = await hall.admin.read<{ formQueueId: string }>('GET', '/sources');
  await Promise.all([hall.admin.read('PATCH', `/queues/${sales}`, { offerSeconds: { webform: 5 } }), hall.admin.read('PATCH', '/sources', { formQueueId: sales })]);
  hall.yui = await seat('yui');
  await becomeAvailable(hall.yui.page);
  await fill('late@customers.example');
  await hall.yui.page.getByTestId('offer-card').waitFor();
  await hall.admin.read('PATCH', '/sources', { formQueueId });
}

export async function openHall(): Promise<void> {
  [hall.server, hall.browser] = await Promise.all([startDemo({ waitMs: 90_000 }), launchChromium()]);
  hall.line = await layLine(hall.server.node.port);
  [hall.admin, hall.colleague] = await Promise.all([session('jonas'), session('minjun')]);
  const ana = await session('ana');
  hall.mine = await mail('Cannot log in since the update', { text: 'Since the update the app says "unknown account".\n\nNina' });
  hall.second = await mail('The valve does not pair', { from: 'Tomás Herrera <tomas@herrera.example>' });
  await Promise.all([give(hall.mine, ana), give(hall.second, ana)]);
  [hall.ana, hall.maria] = await Promise.all([seat('ana'), seat('maria'), leaveUnanswered()]);
}

export async function closeHall(): Promise<void> {
  await hall.browser?.close();
  await hall.line?.stop();
  await hall.server?.stop();
}
