// What an agent can do while answering a mail, in the console: canned answers, mentions, reply to all, forward, drafts, taking back, pictures inside.
import type { Browser, Page } from 'playwright-core';
import type { Draft, Ticket } from '../../protocol';
import { launchChromium } from '../support/chromium';
import { seesMessage, sitDown, type Seat } from '../support/console';
import { dot, pastePicture } from '../support/paste';
import { sendMail, startMailReceiver, type MailReceiver, type Received } from '../support/mail';
import { Desktop, hangUpAll, people, Session, startDemo, until, type DemoServer } from '../support/session';

const png = Buffer.from(dot, 'base64');
let out: MailReceiver;
let server: DemoServer;
let browser: Browser;
let seat: Seat;
let page: Page;
let maria: Session;
let ticketId: string;

beforeAll(async () => {
  out = await startMailReceiver();
  [server, browser] = await Promise.all([startDemo({ env: { SMTP_RELAY_URL: out.url }, waitMs: 90_000 }), launchChromium()]);
  maria = await Session.logIn(server.node.baseUrl, people.maria, server.password);
  const ana = await Session.logIn(server.node.baseUrl, people.ana, server.password);
  await sendMail(server.node.smtpPort, { from: 'Nina Okafor <nina@customers.example>', cc: 'boss@customers.example', subject: 'The lamp blinks', text: 'Since Monday.', attachments: [{ filename: 'lamp.png', content: png }] });
  ticketId = (await until('the ticket', async () => (await maria.read<{ rows: Ticket[] }>('GET', '/tickets?view=all')).rows.find((each) => each.subject === 'The lamp blinks'))).id;
  await until('it to wait', async () => (await maria.read<Ticket>('GET', `/tickets/${ticketId}`)).workItem);
  await maria.read('POST', `/tickets/${ticketId}/assign`, { ownerId: ana.me.account.id });
  await maria.read('POST', '/canned-answers', { shortcut: 'hold', name: 'Hold the button', text: 'Hello {{customer.name|there}}, hold the button. {{agent.firstname}}', html: null, queueIds: [], locale: null, own: false });
  await maria.read('POST', '/canned-answers', { shortcut: 'blink', name: 'Looking for its hub', text: 'Dear {{customer.name}}, a lamp that blinks is looking for its hub.', html: null, queueIds: [], locale: null, own: false });
  seat = await sitDown(browser, server.node.baseUrl, { email: people.ana, password: server.password });
  page = seat.page;
  await page.goto(`${server.node.baseUrl}/inbox/mine/${ticketId}`);
  await seesMessage(page, 'Since Monday.');
}, 180_000);
afterAll(async () => {
  hangUpAll();
  await browser.close();
  await server.stop();
  await out.stop();
}, 60_000);

const composer = () => page.getByTestId('composer');
const send = () => page.getByTestId('composer-send').click();
const arrived = (text: string): Promise<Received> => out.next((each) => each.mail.text?.includes(text) ?? false);
const emptied = () => until('the composer to be empty', async () => (await composer().inputValue()) === '');

test('a shortcut after a slash puts the canned answer in, with its variables filled in', async () => {
  await composer().pressSequentially('/ho');
  await page.getByTestId('suggest-list').getByRole('option', { name: /\/hold/ }).waitFor();
  await page.keyboard.press('Enter');
  await until('the text', async () => (await composer().inputValue()) === 'Hello Nina Okafor, hold the button. Ana');
  await send();
  expect((await arrived('hold the button')).to).toEqual(['nina@customers.example']);
  await emptied();
}, 60_000);

test('a canned answer that fits is suggested beside the ticket and put in with one key', async () => {
  const found = page.getByTestId('canned-suggestions').getByRole('listitem');
  await found.filter({ hasText: '/blink' }).getByText('lamp', { exact: true }).first().waitFor();
  expect(await found.count()).toBe(1);
  await composer().press('Escape');
  await page.keyboard.press('i');
  await until('the text', async () => (await composer().inputValue()) === 'Dear Nina Okafor, a lamp that blinks is looking for its hub.');
  await composer().fill('');
  await emptied();
}, 60_000);

test('a note that speaks to a colleague tells them at once and leads them to the ticket', async () => {
  const minjun = await Desktop.open(await Session.logIn(server.node.baseUrl, people.minjun, server.password));
  await page.getByTestId('tab-note').click();
  await composer().pressSequentially('What do you think @min');
  await page.getByTestId('suggest-list').getByRole('option').first().waitFor();
  await page.keyboard.press('Tab');
  await until('the name', async () => (await composer().inputValue()).includes('@Kim Min-jun '));
  await send();
  await until('Min-jun to hear of it', () => minjun.events.some((each) => each.name === 'follower.told' && each.data.why === 'mention' && each.data.ticketId === ticketId));
  expect((await minjun.session.read<{ rows: Ticket[] }>('GET', '/tickets?view=following')).rows.map((row) => row.id)).toEqual([ticketId]);
  await page.getByTestId('tab-reply').click();
}, 60_000);

test('reply to all goes to everybody who was on the mail, and to nobody of ours', async () => {
  await page.getByTestId('composer-mode').selectOption('reply-all');
  await until('the copy', async () => (await page.getByTestId('composer-cc').inputValue()) === 'boss@customers.example');
  await composer().fill('To all of you.');
  await send();
  expect((await arrived('To all of you.')).to.sort()).toEqual(['boss@customers.example', 'nina@customers.example']);
  await emptied();
}, 60_000);

test('a forward takes the mail and its files along, to whom one says and not to the customer', async () => {
  const first = page.getByTestId('message').filter({ hasText: 'Since Monday.' });
  await first.getByRole('button', { name: 'More for this message' }).click();
  await page.getByRole('menuitem', { name: 'Forward' }).click();
  await page.getByText('lamp.png').nth(1).waitFor();
  await composer().fill('Do you know this lamp?');
  await send();
  await page.getByText('Say to whom it goes').waitFor();
  // What is said in passing would lie over the tools for a while.
  await page.getByRole('status').getByRole('button', { name: 'Close' }).last().click();
  await page.getByTestId('composer-to').fill('Factory <factory@example.org>');
  await send();
  const { to, mail } = await arrived('Do you know this lamp?');
  expect([to, mail.subject, mail.attachments.map((each) => each.filename)]).toEqual([['factory@example.org'], 'Fwd: The lamp blinks', ['lamp.png']]);
  expect(mail.text).toContain('> Since Monday.');
  await emptied();
}, 60_000);

test('what was begun is on the server, is read by colleagues when shared, and comes back on another device', async () => {
  await composer().fill('Half a sentence');
  await page.getByTestId('draft-share').click();
  await until('the shared draft', async () => (await maria.read<{ rows: Draft[] }>('GET', `/drafts?ticketId=${ticketId}`)).rows.find((each) => each.shared && each.text === 'Half a sentence'));
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await until('the text from the server', async () => (await composer().inputValue().catch(() => '')) === 'Half a sentence');
  await composer().fill('A whole sentence.');
  await send();
  await arrived('A whole sentence.');
  await until('the draft to be gone', async () => (await maria.read<{ rows: Draft[] }>('GET', `/drafts?ticketId=${ticketId}`)).rows.length === 0);
}, 60_000);

test('an answer taken back before it leaves is in the composer again and was never said', async () => {
  await emptied();
  await composer().fill('Too hasty.');
  await page.getByRole('button', { name: 'More ways to send' }).click();
  await page.getByRole('menuitem', { name: 'In one hour' }).click();
  // The answer before it may still say so too: it has left a moment ago.
  await page.getByTestId('message').filter({ hasText: 'Too hasty.' }).getByRole('button', { name: 'Take back' }).click();
  await until('the text', async () => (await composer().inputValue()) === 'Too hasty.');
  await page.getByTestId('message').filter({ hasText: 'Too hasty.' }).waitFor({ state: 'detached' });
  expect(out.all.some((each) => each.mail.text?.includes('Too hasty.'))).toBe(false);
  await composer().fill('');
}, 60_000);

// What comes back was only the text: a forward to a colleague elsewhere, sent again, went to the customer, and without its files.
test('a forward taken back is a forward again, to whom it was, with its files', async () => {
  await page.getByTestId('message').filter({ hasText: 'Since Monday.' }).getByRole('button', { name: 'More for this message' }).click();
  await page.getByRole('menuitem', { name: 'Forward' }).click();
  const to = page.getByTestId('composer-to');
  await page.getByRole('button', { name: 'Remove lamp.png' }).waitFor();
  await to.fill('maker@factory.example');
  await composer().fill('Yours, I think.');
  await page.getByRole('button', { name: 'More ways to send' }).click();
  await page.getByRole('menuitem', { name: 'In one hour' }).click();
  await page.getByTestId('message').filter({ hasText: 'Yours, I think.' }).getByRole('button', { name: 'Take back' }).click();
  await until('the text', async () => (await composer().inputValue()) === 'Yours, I think.');
  expect(await to.inputValue()).toBe('maker@factory.example');
  await page.getByRole('button', { name: 'Remove lamp.png' }).waitFor();
  await send();
  const forwarded = await arrived('Yours, I think.');
  expect([forwarded.to, forwarded.mail.attachments.map((each) => each.filename), forwarded.mail.text?.includes('Since Monday.')]).toEqual([['maker@factory.example'], ['lamp.png'], true]);
  await emptied();
}, 60_000);

test('a picture that is pasted goes along with a plain answer', async () => {
  await composer().fill('See the picture.');
  await composer().evaluate(pastePicture, dot);
  await page.getByRole('button', { name: 'Remove pasted.png' }).waitFor();
  await until('the picture to be there', async () => (await page.locator('progress').count()) === 0);
  await send();
  const { mail } = await arrived('See the picture.');
  expect(mail.attachments.map(({ filename, contentDisposition, content }) => [filename, contentDisposition, content.equals(png)])).toEqual([['pasted.png', 'attachment', true]]);
  await emptied();
}, 60_000);

test('a picture pasted into the text is a part of the mail and stands inside it', async () => {
  await page.getByRole('button', { name: 'Rich text' }).click();
  await page.locator('[data-testid=composer][contenteditable]').click();
  await page.keyboard.type('Press here ');
  await page.locator('[data-testid=composer][contenteditable]').evaluate(pastePicture, dot);
  await page.locator('[data-testid=composer] img[src^="/files/"]').waitFor();
  await send();
  const { mail } = await arrived('Press here');
  const [picture] = mail.attachments;
  expect([picture?.filename, picture?.contentDisposition]).toEqual(['pasted.png', 'inline']);
  expect(picture?.related ?? picture?.cid).toBeTruthy();
  await page.locator('[data-testid=message][data-kind=agent] iframe').last().waitFor();
}, 60_000);

test('whoever writes first has copies, files and rich text as well', async () => {
  await page.getByRole('button', { name: 'New ticket' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Mail address').fill('owner@customers.example');
  await dialog.getByTestId('new-copies').click();
  await dialog.getByLabel('Cc', { exact: true }).fill('Boss <boss@customers.example>');
  await dialog.getByLabel('Bcc', { exact: true }).fill('archive@example.org');
  await dialog.getByLabel('Subject').fill('Your new lamp');
  await dialog.locator('[data-testid=composer][contenteditable]').click();
  await page.keyboard.press('Control+b');
  await page.keyboard.type('It is on its way.');
  await dialog.getByTestId('new-files').setInputFiles([{ name: 'bill.txt', mimeType: 'text/plain', buffer: Buffer.from('12 €') }, { name: 'lamp.png', mimeType: 'image/png', buffer: png }]);
  await dialog.locator('img[src^="/files/"]').waitFor();
  await until('the file to be there', async () => (await dialog.locator('progress').count()) === 0);
  await dialog.getByRole('button', { name: 'Send' }).click();
  await dialog.waitFor({ state: 'detached' });
  const { to, mail } = await arrived('It is on its way.');
  expect([to.sort(), mail.subject]).toEqual([['archive@example.org', 'boss@customers.example', 'owner@customers.example'], 'Your new lamp']);
  expect([mail.html, mail.attachments.map((each) => [each.filename, each.contentDisposition]).sort()]).toEqual([expect.stringMatching(/<strong>[^]*It is on its way\./), [['bill.txt', 'attachment'], ['lamp.png', 'inline']]]);
  expect(mail.headers.has('bcc')).toBe(false);
}, 60_000);

test('the console reported no fault on the way', () => {
  expect(seat.faults).toEqual([]);
});
