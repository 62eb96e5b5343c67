// What a mail may and may not do, over real SMTP against one server: loops end, bounces show, out-of-office is kept, strangers stay out.
import type { CannedAnswer, Composition, Draft, Message, Queue, Ticket, TicketBonds } from '../../protocol';
import { sendMail, startMailReceiver, type MailReceiver } from '../support/mail';
import { people, Session, startDemo, until, type DemoServer } from '../support/session';

let out: MailReceiver;
let server: DemoServer;
let maria: Session;
beforeAll(async () => {
  out = await startMailReceiver();
  server = await startDemo({ env: { SMTP_RELAY_URL: out.url } });
  maria = await Session.logIn(server.node.baseUrl, people.maria, server.password);
}, 90_000);
afterAll(async () => {
  await server.stop();
  await out.stop();
}, 60_000);

const tickets = async (): Promise<Ticket[]> => (await maria.read<{ rows: Ticket[] }>('GET', '/tickets?view=all&limit=200')).rows;
const ticketAbout = (subject: string): Promise<Ticket> => until(`a ticket about ${subject}`, async () => (await tickets()).find((each) => each.subject === subject) ?? null);
const messagesOf = async (id: string): Promise<Message[]> => (await maria.read<{ rows: Message[] }>('GET', `/tickets/${id}/messages`)).rows;
const linkOf = (id: string) => until('a link', async () => (await maria.read<TicketBonds>('GET', `/tickets/${id}/bonds`)).links[0] ?? null);
const send = (mail: Parameters<typeof sendMail>[1]): Promise<string> => sendMail(server.node.smtpPort, mail);
const answer = (id: string, text: string, more: object = {}): Promise<Message> => maria.read<Message>('POST', `/tickets/${id}/messages`, { clientId: `c-${Math.random().toString(36).slice(2)}xxxx`, kind: 'agent', text, ...more });
const arrived = (text: string) => out.next((each) => each.mail.text?.includes(text) ?? false);

test('an answer carries a verifiable Message-ID, a ticket\'s own address and a quotation; the reply to that address threads without any reference (FreeScout 3175)', async () => {
  const first = await send({ from: 'one@customers.example', subject: 'Lamp one', text: 'It blinks.' });
  const ticket = await ticketAbout('Lamp one');
  await answer(ticket.id, 'Hold the button.');
  const { mail } = await arrived('Hold the button.');
  expect([mail.inReplyTo, mail.text]).toEqual([first, expect.stringContaining('> It blinks.')]);
  const own = mail.replyTo?.value[0]?.address ?? '';
  expect(own).toMatch(/^support\+t\./);
  await send({ from: 'one@customers.example', to: own, subject: 'no reference at all', text: 'Thanks.' });
  await until('the reply on the ticket', async () => ((await messagesOf(ticket.id)).some((each) => each.text.includes('Thanks.')) ? true : null));
}, 60_000);

test('a stranger who quotes a ticket number opens a ticket of their own, linked (Zammad 5064); a forward does as well (Zammad 4965)', async () => {
  const ticket = await ticketAbout('Lamp one');
  await send({ from: 'stranger@elsewhere.example', subject: `Hello [#${ticket.number}]`, text: 'Let me in.' });
  const fresh = await ticketAbout(`Hello [#${ticket.number}]`);
  expect(await linkOf(fresh.id)).toMatchObject({ id: ticket.id, kind: 'related' });
  const known = (await messagesOf(ticket.id))[0];
  expect(known?.text).toContain('It blinks.');
  await send({ from: 'one@customers.example', subject: 'WG: Lamp one', references: [(await arrived('Hold the button.')).mail.messageId ?? ''], text: 'See below.' });
  const forwarded = await ticketAbout('WG: Lamp one');
  expect(await linkOf(forwarded.id)).toMatchObject({ id: ticket.id, kind: 'forwarded' });
}, 60_000);

test('two mails that share an unknown parent are one ticket (Zammad 5716), and empty ids match nothing (LibreDesk 122)', async () => {
  await send({ from: 'two@customers.example', subject: 'Shared parent', references: ['<unknown@elsewhere.example>'], text: 'First.' });
  const ticket = await ticketAbout('Shared parent');
  await send({ from: 'three@customers.example', subject: 'Re: Shared parent', inReplyTo: '<unknown@elsewhere.example>', text: 'Second.' });
  const joined = await until('the second on the first', async () => { const now = await maria.read<Ticket>('GET', `/tickets/${ticket.id}`); return now.participants.length > 0 ? now : null; });
  expect([joined.customer.address, joined.participants.map((each) => each.address)]).toEqual(['two@customers.example', ['three@customers.example']]);
  await send({ from: 'four@customers.example', subject: 'Empty ids', headers: { References: '<>', 'In-Reply-To': '<>' }, text: 'Alone.' });
  expect((await ticketAbout('Empty ids')).id).not.toBe(ticket.id);
}, 60_000);

test('out-of-office is kept and marked, does not reopen, and is not acknowledged; a mail through a list still waits for an agent', async () => {
  const ticket = await ticketAbout('Lamp one');
  const id = (await arrived('Hold the button.')).mail.messageId ?? '';
  await maria.read('POST', `/tickets/${ticket.id}/solve`, { disposition: 'solved' });
  await send({ from: 'one@customers.example', subject: 'Out of office', inReplyTo: id, headers: { 'Auto-Submitted': 'auto-replied' }, text: 'I am away.' });
  const kept = await until('the out-of-office', async () => (await messagesOf(ticket.id)).find((each) => each.text.includes('I am away.')) ?? null);
  expect(kept.automatic).toBe(true);
  expect((await maria.read<Ticket>('GET', `/tickets/${ticket.id}`)).status).toBe('solved');
  await send({ from: 'lister@customers.example', subject: 'Through a list', headers: { 'List-Id': '<support.example.com>', Precedence: 'list' }, text: 'A person.' });
  const listed = await ticketAbout('Through a list');
  await until('it to wait', async () => ((await maria.read<Ticket>('GET', `/tickets/${listed.id}`)).workItem ? true : null));
}, 60_000);

test('a hard bounce shows on the message and suppresses the address until it is released', async () => {
  await send({ from: 'gone@customers.example', subject: 'Will bounce', text: 'Hello.' });
  const ticket = await ticketAbout('Will bounce');
  const sent = await answer(ticket.id, 'This comes back.');
  const { mail } = await arrived('This comes back.');
  const report = `From: MAILER-DAEMON@customers.example\r\nTo: support@demo.trunkline.localhost\r\nSubject: Undelivered Mail\r\nMessage-ID: <b1@customers.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nUser unknown.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.customers.example\r\n\r\nFinal-Recipient: rfc822; gone@customers.example\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: ${mail.messageId ?? ''}\r\n\r\n--b--\r\n`;
  await send({ envelope: { from: '', to: 'support@demo.trunkline.localhost' }, raw: report });
  await until('the bounce on the message', async () => ((await messagesOf(ticket.id)).find((each) => each.id === sent.id)?.delivery?.state === 'bounced' ? true : null));
  expect((await maria.ask('POST', `/tickets/${ticket.id}/messages`, { body: { clientId: 'again-12345', kind: 'agent', text: 'Once more.' } })).text).toContain('address-suppressed');
  expect((await maria.read<{ rows: { value: string }[] }>('GET', '/suppressed')).rows).toMatchObject([{ value: 'gone@customers.example' }]);
  await maria.read('DELETE', '/suppressed/gone@customers.example');
  await answer(ticket.id, 'Allowed again.');
}, 60_000);

test('two responders that answer each other end by themselves (FreeScout 688, osTicket 1041), visibly, until a supervisor allows it again', async () => {
  const { rows: queues } = await maria.read<{ rows: Queue[] }>('GET', '/queues');
  for (const queue of queues) await maria.read('PATCH', `/queues/${queue.id}`, { acknowledge: true });
  const acks = () => out.all.filter((each) => each.to.includes('robot@loop.example'));
  await send({ from: 'robot@loop.example', subject: 'Loop 0', text: 'I am a machine that does not say so.' });
  for (let round = 1; round <= 6; round += 1) {
    const expected = Math.min(round, 5);
    await until(`acknowledgement ${expected}`, () => (acks().length >= expected ? true : null));
    await send({ from: 'robot@loop.example', subject: `Loop ${round}`, text: `Your mail ${round} was received.` });
    await ticketAbout(`Loop ${round}`);
  }
  const broken = await until('the loop to be broken', async () => (await maria.read<{ rows: { value: string }[] }>('GET', '/broken-loops')).rows[0] ?? null);
  expect(broken).toMatchObject({ kind: 'address', value: 'robot@loop.example' });
  expect(acks()).toHaveLength(5);
  expect(acks()[0]?.from).toBe('');
  expect(acks()[0]?.mail.headers.get('auto-submitted')).toBe('auto-replied');
  await maria.read('DELETE', '/broken-loops/address/robot@loop.example');
  expect((await maria.read<{ rows: unknown[] }>('GET', '/broken-loops')).rows).toEqual([]);
}, 90_000);

test('a transcript has what was said with the customer and no notes, and is mailed to whom one says', async () => {
  const ticket = await ticketAbout('Will bounce');
  await maria.read('POST', `/tickets/${ticket.id}/messages`, { clientId: 'secret-note', kind: 'note', text: 'Between us.' });
  const text = (await maria.ask('GET', `/tickets/${ticket.id}/transcript`)).text;
  expect([text.includes(`#${ticket.number} Will bounce`), text.indexOf('Hello.') < text.indexOf('Allowed again.'), text.includes('Between us.')]).toEqual([true, true, false]);
  await maria.read('POST', `/tickets/${ticket.id}/transcript`, { to: 'auditor@elsewhere.example', clientId: 'transcript-1' });
  const { mail, to } = await out.next((each) => each.to.includes('auditor@elsewhere.example'));
  expect([to, mail.text?.includes('Allowed again.'), mail.text?.includes('Between us.')]).toEqual([['auditor@elsewhere.example'], true, false]);
  const forged = `${server.node.baseUrl}/help/en/unsubscribe/x.y.z`;
  const click = await fetch(forged, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'List-Unsubscribe=One-Click' });
  expect([click.status, (await fetch(forged)).status]).toEqual([404, 404]);
}, 60_000);

test('a merged ticket leads to the kept one, later mail comes there, and undoing gives its messages back', async () => {
  const [kept, other] = [await ticketAbout('Shared parent'), await ticketAbout('Empty ids')];
  await maria.read('POST', `/tickets/${kept.id}/merge`, { otherId: other.id });
  expect((await messagesOf(kept.id)).some((each) => each.text.includes('Alone.'))).toBe(true);
  expect((await maria.read<Ticket>('GET', `/tickets/${other.id}`)).mergedInto).toEqual({ id: kept.id, number: kept.number });
  expect((await maria.ask('POST', `/tickets/${other.id}/merge`, { body: { otherId: kept.id } })).text).toContain('already-merged');
  await maria.read('DELETE', `/tickets/${other.id}/merge`);
  expect((await messagesOf(kept.id)).some((each) => each.text.includes('Alone.'))).toBe(false);
  expect((await messagesOf(other.id)).some((each) => each.text.includes('Alone.'))).toBe(true);
  const [first] = (await messagesOf(kept.id)).filter((each) => each.kind === 'customer');
  const fresh = await maria.read<Ticket>('POST', `/tickets/${kept.id}/split`, { messageIds: [first?.id], subject: 'Split off' });
  expect((await messagesOf(fresh.id)).filter((each) => each.kind === 'customer')).toHaveLength(1);
}, 60_000);

test('a draft is kept until it is sent, a canned answer is filled in, reply to all leaves our own address out', async () => {
  const ticket = await ticketAbout('Will bounce');
  const text = await maria.read<CannedAnswer>('POST', '/canned-answers', { shortcut: 'hi', name: 'Hello', text: 'Hello {{customer.name|there}}, {{agent.name}} here about #{{ticket.number}}. {{customer.shoe}}', html: null, queueIds: [], locale: null, own: true });
  expect(await maria.read('GET', `/tickets/${ticket.id}/canned-answers/${text.id}`)).toEqual({ text: `Hello there, ${maria.me.account.name} here about #${ticket.number}. `, html: null, unknown: ['customer.shoe'] });
  expect((await maria.ask('POST', '/canned-answers', { body: { shortcut: 'HI', name: 'Other', text: 'x', html: null, queueIds: [], locale: null, own: true } })).text).toContain('shortcut-taken');
  await maria.read('PUT', '/drafts/draft-12345', { ticketId: ticket.id, text: 'Half a sen' });
  expect((await maria.read<{ rows: Draft[] }>('GET', `/drafts?ticketId=${ticket.id}`)).rows).toMatchObject([{ clientId: 'draft-12345', text: 'Half a sen', mine: true }]);
  await maria.read('POST', `/tickets/${ticket.id}/messages`, { clientId: 'draft-12345', kind: 'agent', text: 'Half a sentence.' });
  expect((await maria.read<{ rows: Draft[] }>('GET', '/drafts')).rows).toEqual([]);
  const composed = await maria.read<Composition>('GET', `/tickets/${ticket.id}/composition?mode=reply-all`);
  expect([composed.to, composed.cc, composed.from]).toEqual([['gone@customers.example'], [], 'support@demo.trunkline.localhost']);
}, 60_000);
