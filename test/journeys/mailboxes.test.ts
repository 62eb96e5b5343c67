// An administrator adds a mailbox on the settings page, with a real IMAP server behind it; mail comes from there, is answered, and the reply threads.
import type { Browser, Page } from 'playwright-core';
import type { MailboxHealth, Message, Ticket } from '../../protocol';
import { launchChromium } from '../support/chromium';
import { sitDown } from '../support/console';
import { startImapServer, type ImapServer } from '../support/imap';
import { sendMail, startMailReceiver, type MailReceiver } from '../support/mail';
import { inStore, people, Session, startDemo, until, type DemoServer } from '../support/session';

const address = 'post@example.com';
let out: MailReceiver;
let imap: ImapServer;
let server: DemoServer;
let browser: Browser;
let page: Page;
let jonas: Session;

beforeAll(async () => {
  [out, imap, browser] = await Promise.all([startMailReceiver(), startImapServer({ users: [address] }), launchChromium()]);
  server = await startDemo({ env: { SMTP_RELAY_URL: out.url }, waitMs: 90_000 });
  jonas = await Session.logIn(server.node.baseUrl, people.jonas, server.password);
  page = (await sitDown(browser, server.node.baseUrl, { email: people.jonas, password: server.password })).page;
}, 180_000);
afterAll(async () => {
  await browser.close();
  await Promise.all([server.stop(), imap.stop()]);
  await out.stop();
}, 60_000);

const open = async (section: string): Promise<void> => void (await page.goto(`${server.node.baseUrl}/settings/${section}`));
const tickets = async (): Promise<Ticket[]> => (await jonas.read<{ rows: Ticket[] }>('GET', '/tickets?view=all&limit=200')).rows;
const ticketAbout = (subject: string): Promise<Ticket> => until(`a ticket about ${subject}`, async () => (await tickets()).find((each) => each.subject === subject) ?? null);
const messagesOf = async (id: string): Promise<Message[]> => (await jonas.read<{ rows: Message[] }>('GET', `/tickets/${id}/messages`)).rows;

test('the page says what is wrong with a mailbox before it is stored, and that it works once it does', async () => {
  await open('mailboxes');
  await page.getByTestId('mailbox-new').click();
  await page.getByLabel('Mail address', { exact: true }).fill(address);
  const receiving = page.getByRole('group', { name: 'Receiving (IMAP)' });
  expect(await receiving.getByLabel('Server').inputValue()).toBe('imap.example.com');
  await receiving.getByLabel('Server').fill('127.0.0.1');
  await receiving.getByLabel('Port').fill(String(imap.port));
  await receiving.getByLabel('Encryption').selectOption('none');
  await page.getByLabel('Send through this address’s own server').uncheck();
  await page.getByLabel('Password or app password').fill('wrong');
  await page.getByTestId('mailbox-test').click();
  await page.locator('[data-testid=check-receive][data-code=log-in]').waitFor();
  await page.getByLabel('Password or app password').fill(imap.password);
  await page.getByTestId('mailbox-test').click();
  await page.locator('[data-testid=check-receive][data-code=ok]').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('listitem').filter({ hasText: address }).locator('[data-testid=mailbox-health][data-state=ok]').waitFor();
}, 60_000);

test('mail from there is answered into the customer\'s thread, and the reply that is fetched belongs to the same ticket', async () => {
  await imap.deliver(`From: Petra <petra@customers.example>\nTo: ${address}\nSubject: The hub is silent\nMessage-ID: <p1@customers.example>\n\nSince Monday.\n`);
  const ticket = await ticketAbout('The hub is silent');
  await jonas.read('POST', `/tickets/${ticket.id}/messages`, { clientId: 'answer-0001', kind: 'agent', text: 'Unplug it for a minute.' });
  const { mail } = await out.next((each) => each.mail.text?.includes('Unplug it') ?? false);
  expect(mail.inReplyTo).toBe('<p1@customers.example>');
  await imap.deliver(`From: Petra <petra@customers.example>\nTo: ${address}\nSubject: Re: The hub is silent\nMessage-ID: <p2@customers.example>\nIn-Reply-To: ${mail.messageId ?? ''}\n\nThat helped.\n`);
  await until('the reply on the ticket', async () => (await messagesOf(ticket.id)).find((each) => each.text.includes('That helped.')) ?? null);
}, 60_000);

test('an answer that could not be delivered counts at the mailbox it left from, not at every one', async () => {
  await sendMail(server.node.smtpPort, { from: 'petra@customers.example', to: 'billing@demo.trunkline.localhost', subject: 'My bill', text: 'Where is it?' });
  const ticket = await ticketAbout('My bill');
  const sent = await jonas.read<Message>('POST', `/tickets/${ticket.id}/messages`, { clientId: 'answer-0002', kind: 'agent', text: 'Here.' });
  await until('it to leave', async () => ((await messagesOf(ticket.id)).find((each) => each.id === sent.id)?.delivery?.state === 'sent' ? true : null));
  await inStore(server.dataDir, (db) => db.collection<{ _id: string }>('messages').updateOne({ _id: sent.id }, { $set: { 'delivery.state': 'bounced', 'delivery.at': new Date() } }));
  const { rows } = await jonas.read<{ rows: (MailboxHealth & { mailboxId: string })[] }>('GET', '/mailbox-health');
  const { rows: boxes } = await jonas.read<{ rows: { id: string; address: string }[] }>('GET', '/mailboxes');
  const failed = Object.fromEntries(boxes.map((box) => [box.address.split('@')[0], rows.find((row) => row.mailboxId === box.id)?.failed]));
  expect(failed).toEqual({ billing: 1, post: 0, support: 0 });
}, 60_000);

test('what was put aside is looked at, released into a ticket, or thrown away', async () => {
  await inStore(server.dataDir, async (db) => {
    const company = await db.collection<{ _id: string }>('companies').findOne();
    const box = await db.collection<{ _id: string }>('mailboxes').findOne({ address });
    const put = (id: string, subject: string) => ({ _id: id, companyId: company?._id, channel: 'email', sourceId: id, content: Buffer.from(`From: petra@customers.example\r\nTo: ${address}\r\nSubject: ${subject}\r\nMessage-ID: <${id}@customers.example>\r\n\r\nKept.\r\n`), blobId: null, type: 'message/rfc822', meta: { mailboxId: box?._id, recipient: address, via: 'imap' }, state: 'failed', reason: 'unreadable', at: new Date() });
    await db.collection<{ _id: string }>('intakes').insertMany([put('65f000000000000000000010', 'Put aside'), put('65f000000000000000000011', 'Rubbish')] as never);
  });
  await open('quarantine');
  const row = (subject: string) => page.getByTestId('quarantined').filter({ hasText: subject });
  await row('Put aside').getByRole('button', { name: 'Look' }).click();
  await page.getByRole('dialog').getByText('Kept.').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Try again' }).click();
  await row('Put aside').waitFor({ state: 'detached' });
  await ticketAbout('Put aside');
  await row('Rubbish').getByRole('button', { name: 'Throw away' }).click();
  await row('Rubbish').getByRole('button', { name: 'for good' }).click();
  await row('Rubbish').waitFor({ state: 'detached' });
  expect((await tickets()).map((each) => each.subject)).not.toContain('Rubbish');
}, 60_000);

test('an administrator who takes no work is connected like everybody else', async () => {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByText('Not connected').waitFor({ state: 'detached' });
});
