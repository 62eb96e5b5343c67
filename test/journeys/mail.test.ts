// A mail comes by real SMTP, an agent answers it in the console, the answer arrives in the customer's thread, and so does what follows.
import type { Browser } from 'playwright-core';
import type { Message, Ticket } from '../../protocol';
import { launchChromium } from '../support/chromium';
import { acceptOffer, becomeAvailable, reply, seesMessage, sitDown, type Seat } from '../support/console';
import { sendMail, startMailReceiver, type MailReceiver } from '../support/mail';
import { people, Session, startDemo, until, type DemoServer } from '../support/session';

const nina = { name: 'Nina Novak', address: 'nina@customers.example' };
let out: MailReceiver;
let server: DemoServer;
let browser: Browser;
let seat: Seat;
let maria: Session;

beforeAll(async () => {
  out = await startMailReceiver();
  [server, browser] = await Promise.all([startDemo({ env: { SMTP_RELAY_URL: out.url } }), launchChromium()]);
  maria = await Session.logIn(server.node.baseUrl, people.maria, server.password);
  seat = await sitDown(browser, server.node.baseUrl, { email: people.ana, password: server.password });
}, 90_000);
afterAll(async () => {
  await browser.close();
  await server.stop();
  await out.stop();
}, 60_000);

it('a mail is offered, accepted, answered, and the whole exchange stays one thread', async () => {
  const { page } = seat;
  await becomeAvailable(page);
  const first = await sendMail(server.node.smtpPort, { from: nina, subject: 'The lamp blinks', text: 'Hello,\n\nsince yesterday the lamp blinks.\n\nNina' });
  await page.getByTestId('offer-card').filter({ hasText: 'The lamp blinks' }).waitFor();
  const ticketId = await acceptOffer(page);
  await seesMessage(page, 'since yesterday the lamp blinks');

  await reply(page, 'Please hold the button for ten seconds.');
  const answer = await out.next((each) => each.to.includes(nina.address));
  expect(answer.mail.text).toContain('Please hold the button for ten seconds.');
  expect(answer.mail.from?.value[0]?.address).toBe('support@demo.trunkline.localhost');
  expect(answer.mail.subject).toBe('Re: The lamp blinks');
  expect(answer.mail.inReplyTo).toBe(first);
  expect([answer.mail.references].flat()).toEqual([first]);

  const messageId = answer.mail.messageId ?? '';
  const second = await sendMail(server.node.smtpPort, { from: nina, subject: 'Re: The lamp blinks', inReplyTo: messageId, references: [first, messageId], text: 'That helped, thank you!\n\nOn Monday Ana wrote:\n> Please hold the button for ten seconds.' });
  await seesMessage(page, 'That helped, thank you!');
  await reply(page, 'Glad to hear it.');
  const last = await out.next((each) => each.mail.text?.includes('Glad to hear it.') ?? false);
  expect(last.mail.inReplyTo).toBe(second);
  expect([last.mail.references].flat()).toEqual([first, messageId, second]);

  const { rows } = await maria.read<{ rows: Message[] }>('GET', `/tickets/${ticketId}/messages`);
  expect(rows.filter((row) => row.kind !== 'system').map((row) => row.kind)).toEqual(['customer', 'agent', 'customer', 'agent']);
  expect((await maria.read<{ rows: Ticket[] }>('GET', '/tickets?view=all')).rows).toHaveLength(1);
}, 60_000);

it('the ticket is solved with an outcome, and a mail that follows reopens the same one', async () => {
  const { page } = seat;
  const ticketId = /[0-9a-f]{24}/.exec(page.url())?.[0] ?? '';
  await page.getByTestId('solve').click();
  await page.getByTestId('disposition').selectOption('solved');
  await page.getByTestId('solve-confirm').click();
  const solved = await until('the ticket to be solved', async () => {
    const ticket = await maria.read<Ticket>('GET', `/tickets/${ticketId}`);
    return ticket.status === 'solved' ? ticket : null;
  });
  expect([solved.disposition, solved.workItem]).toEqual(['solved', null]);

  const known = out.all.at(-1)?.mail.messageId ?? '';
  await sendMail(server.node.smtpPort, { from: nina, subject: 'Re: The lamp blinks', inReplyTo: known, references: [known], text: 'It blinks again.' });
  await page.getByTestId('offer-card').filter({ hasText: 'The lamp blinks' }).waitFor();
  expect(await acceptOffer(page)).toBe(ticketId);
  await seesMessage(page, 'It blinks again.');
  expect((await maria.read<Ticket>('GET', `/tickets/${ticketId}`)).status).toBe('open');
}, 60_000);

it('the console reported no fault on the way', () => {
  expect(seat.faults).toEqual([]);
});

it('an uploaded file is read by whoever uploaded it, and by nobody else before it is sent', async () => {
  const [ana, wei] = await Promise.all([people.ana, people.wei].map((email) => Session.logIn(server.node.baseUrl, email, server.password)));
  const form = new FormData();
  form.append('file', new Blob(['hello'], { type: 'text/plain' }), 'hello.txt');
  const uploaded = await fetch(`${server.node.baseUrl}/api/v1/attachments`, { method: 'POST', headers: { cookie: ana?.cookie ?? '', 'x-csrf-token': ana?.me.csrf ?? '' }, body: form });
  const { url } = await uploaded.json() as { url: string };
  const read = async (session?: Session): Promise<number> => (await fetch(server.node.baseUrl + url, { headers: { cookie: session?.cookie ?? '' } })).status;
  expect([uploaded.status, await read(ana), await read(wei), await read()]).toEqual([200, 200, 404, 401]);
});

it('a list is saved as a file, all of it, by those who may read it', async () => {
  const ask = (path: string, cookie = '') => fetch(`${server.node.baseUrl}/api/v1${path}`, { headers: { cookie } });
  const file = await ask('/accounts?format=csv&limit=1', maria.cookie);
  expect([file.status, file.headers.get('content-type'), file.headers.get('content-disposition')]).toEqual([200, expect.stringContaining('text/csv'), 'attachment; filename="account-list.csv"']);
  expect((await file.text()).split('\r\n').filter((line) => line.includes('@demo.trunkline.localhost')).length).toBeGreaterThanOrEqual(6);
  expect([(await ask('/accounts?format=csv')).status, (await ask('/accounts?format=xml', maria.cookie)).status, (await ask('/tickets?format=csv', maria.cookie)).status]).toEqual([401, 400, 400]);
});
