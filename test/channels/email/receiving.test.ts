// What comes in by the listener, and whether it came from where it says: real sockets, a real store, mailauth; only the DNS is a double.
import { generateKeyPairSync } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { addMailbox } from '../../../server/channels/email';
import { startSmtp } from '../../../server/channels/email/smtp-listener';
import { setMailResolver } from '../../../server/channels/email/trust';
import { findChannels } from '../../../server/channels/registry';
import { hostOf } from '../../../server/app/channel-host';
import { closeIntake, Messages, Tickets, type MessageDoc, type TicketDoc } from '../../../server/tickets';
import { Intakes, type IntakeDoc } from '../../../server/tickets/intake.model';
import { originalOf } from '../../../server/tickets/quarantine';
import { putRules } from '../../../server/tickets/routing/routing-rules';
import { markSpam } from '../../../server/tickets/trash-ticket';
import { selfSigned } from '../../support/certificate';
import { sendMail } from '../../support/mail';
import { freePort } from '../../support/ports';
import { until } from '../../support/session';
import { look, openFloor, queueOn, type Floor } from '../../tickets/house';

const to = 'support@example.com';
const records = new Map<string, string>();
let away = false;
let floor: Floor;
let port: number;
let mailboxId: string;
let queueId: string;
let listener: { stop(): Promise<void> };
const channel = findChannels().find((each) => each.manifest.id === 'email')!;
const tls = selfSigned();
const dkim = generateKeyPairSync('rsa', { modulusLength: 1024, publicKeyEncoding: { type: 'spki', format: 'der' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });

beforeAll(async () => {
  floor = await openFloor();
  queueId = (await queueOn(floor, { acknowledge: true }))._id;
  mailboxId = (await addMailbox(floor.ctx, { address: to, queueId }))._id;
  port = await freePort();
  listener = await startSmtp({ port, host: '127.0.0.1', log: floor.services.log, demo: false, tls, hostOf: (companyId) => hostOf(floor.services, channel, companyId) });
  setMailResolver(async (name, type) => {
    const found = records.get(`${name} ${type}`);
    if (away) throw Object.assign(new Error('no DNS'), { code: 'ETIMEOUT' });
    if (found === undefined) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
    return [[found]];
  });
  for (const [domain, policy] of [['strict.example', 'reject'], ['lax.example', 'none'], ['hold.example', 'quarantine']] as const) {
    records.set(`${domain} TXT`, 'v=spf1 ip4:203.0.113.5 -all');
    records.set(`_dmarc.${domain} TXT`, `v=DMARC1; p=${policy}`);
    records.set(`k1._domainkey.${domain} TXT`, `v=DKIM1; k=rsa; p=${dkim.publicKey.toString('base64')}`);
  }
}, 60_000);
afterAll(async () => {
  await listener.stop();
  await floor.stop();
});

let made = 0;

/** Works on what was stored, as the workers would; answers the last one's message and ticket. */
async function work(): Promise<{ message: MessageDoc; ticket: TicketDoc }> {
  for (const intake of await Intakes.find({ companyId: floor.ctx.companyId, state: 'stored' }).lean<IntakeDoc[]>()) {
    await channel.receive(hostOf(floor.services, channel, floor.ctx.companyId), { content: await originalOf(floor.ctx, intake), sourceId: intake.sourceId, meta: intake.meta, blobId: intake._id });
    await closeIntake(floor.ctx, intake._id, { state: 'done', reason: '' });
  }
  const message = await Messages.findOne({ companyId: floor.ctx.companyId, kind: 'customer' }).sort({ _id: -1 }).lean<MessageDoc>();
  const ticket = await Tickets.findOne({ companyId: floor.ctx.companyId, _id: message?.ticketId ?? '' }).lean<TicketDoc>();
  if (!message || !ticket) throw new Error('nothing came of it');
  return { message, ticket };
}

/** The mail as a program of nodemailer's would write it. */
async function written(mail: SendMailOptions): Promise<Buffer> {
  const made = await createTransport({ streamTransport: true, buffer: true }).sendMail({ to, subject: 'The lamp', text: 'It blinks.', ...mail });
  return made.message as Buffer;
}

/** As if it had come by SMTP from an address on the internet. */
async function from(domain: string, { ip = '203.0.113.5', change = (raw: Buffer) => raw, ...mail }: SendMailOptions & { ip?: string; change?: (raw: Buffer) => Buffer } = {}) {
  const sender = `nina${++made}@${domain}`;
  const content = change(await written({ from: sender, ...mail }));
  await hostOf(floor.services, channel, floor.ctx.companyId).accept({ sourceId: `${mailboxId}:${made}`, content, type: 'message/rfc822', meta: { mailboxId, envelopeFrom: sender, recipient: to, via: 'smtp', ip, helo: `mx.${domain}` } });
  return work();
}

const signed = (domain: string): SendMailOptions => ({ dkim: { domainName: domain, keySelector: 'k1', privateKey: dkim.privateKey } });
const broken = (raw: Buffer): Buffer => Buffer.from(raw.toString('latin1').replace('It blinks.', 'Pay at once.'), 'latin1');
const acknowledged = async (ticket: TicketDoc): Promise<number> => Messages.countDocuments({ companyId: ticket.companyId, ticketId: ticket._id, kind: 'agent', automatic: true });

// A mail that a stranger wrote in a customer's name must not look like the customer's (peers.md: "spoof?" badge; LibreDesk checks nothing).
describe('where a mail really came from', () => {
  test.each<[string, Parameters<typeof from>, object]>([
    ['from where its domain sends', ['strict.example'], { verdict: 'verified', spf: 'pass', dkim: 'none', dmarc: 'pass' }],
    ['signed, though a list passed it on', ['strict.example', { ...signed('strict.example'), ip: '198.51.100.9' }], { verdict: 'verified', dkim: 'pass', dmarc: 'pass' }],
    ['from elsewhere, and its domain minds', ['strict.example', { ip: '198.51.100.9' }], { verdict: 'forged', spf: 'fail', dmarc: 'fail', signs: expect.arrayContaining(['dmarc-fail']) }],
    ['changed on the way, and its domain minds', ['hold.example', { ...signed('hold.example'), ip: '198.51.100.9', change: broken }], { verdict: 'forged', dkim: 'fail', dmarc: 'fail' }],
    ['from elsewhere, and its domain does not mind', ['lax.example', { ip: '198.51.100.9' }], { verdict: 'unknown', spf: 'fail', dmarc: 'fail' }],
    ['signed by somebody else', ['silent.example', { ...signed('strict.example'), ip: '198.51.100.9' }], { verdict: 'unknown', spf: 'none', dkim: 'pass', dmarc: 'none' }],
    ['from a domain that says nothing', ['silent.example'], { verdict: 'unknown', spf: 'none', dkim: 'none', dmarc: 'none' }],
    ['marked by a filter before us', ['silent.example', { headers: { 'X-Spam-Flag': 'YES' } }], { verdict: 'spam', signs: ['filter'] }],
  ])('%s', async (_what, sent, trust) => {
    const { message, ticket } = await from(...sent);
    expect(message.trust).toMatchObject(trust);
    const bad = ['forged', 'spam'].includes(message.trust?.verdict ?? '');
    // Spam waits for nobody and is told nothing.
    expect([ticket.spam, (await look(floor, ticket._id)).work === null, await acknowledged(ticket)]).toEqual([bad, bad, bad ? 0 : 1]);
  });

  test('a DNS that is away loses no mail and blames nobody', async () => {
    away = true;
    const { message, ticket } = await from('strict.example');
    away = false;
    expect([message.trust?.verdict, ticket.spam]).toEqual(['unknown', false]);
  });

  test('nothing is said of a mail that came from inside, unsigned', async () => {
    expect((await from('strict.example', { ip: '10.0.0.5' })).message.trust).toBeUndefined();
  });

  test('rules read the findings', async () => {
    const rows = [{ id: '0123456789abcdef01234567', name: 'Proven', active: true, when: { attributes: [{ name: 'mail.trust', values: ['verified'] }, { name: 'mail.dmarc', values: ['pass'] }] }, then: { tags: ['proven'] } }];
    await putRules(floor.ctx, { rows, version: 0 });
    expect([(await from('strict.example')).ticket.tags, (await from('silent.example')).ticket.tags]).toEqual([['proven'], []]);
  });

  test('what was held back as forged is released, and waits for an agent like any other', async () => {
    const { ticket } = await from('strict.example', { ip: '198.51.100.9' });
    await markSpam(floor.ctx, floor.boss, { id: ticket._id, spam: false, blockSender: false });
    const released = await look(floor, ticket._id);
    expect([released.ticket.spam, released.ticket.status, released.work?.state, released.work?.queueId]).toEqual([false, 'open', 'waiting', queueId]);
  });
});

/** Speaks SMTP by hand: what is said, and every line that was answered. */
async function speak(...lines: string[]): Promise<string[]> {
  const socket: Socket = connect(port, '127.0.0.1');
  const heard: string[] = [];
  const answer = (): Promise<string> => new Promise((resolve) => {
    let text = '';
    const listen = (part: Buffer): void => {
      text += part.toString();
      if (!/^\d{3} .*\r\n$/m.test(text)) return;
      socket.off('data', listen);
      resolve(text);
    };
    socket.on('data', listen);
  });
  await answer();
  for (const line of lines) {
    const said = answer();
    socket.write(line.endsWith('\n') ? line : `${line}\r\n`);
    heard.push(await said);
  }
  socket.destroy();
  return heard;
}

const largest = 35 * 1024 * 1024;

describe('the listener', () => {
  test('encryption is offered and really spoken; the certificate is the one that was given', async () => {
    const transport = createTransport({ host: '127.0.0.1', port, requireTLS: true, tls: { ca: tls.cert, servername: 'localhost' } });
    await transport.sendMail({ from: 'tess@silent.example', to, subject: 'Encrypted', text: 'Nobody reads this on the way.' });
    transport.close();
    expect((await work()).ticket.subject).toBe('Encrypted');
    const doubtful = createTransport({ host: '127.0.0.1', port, requireTLS: true });
    await expect(doubtful.sendMail({ from: 'tess@silent.example', to, text: 'x' })).rejects.toThrow(/certificate|self-signed/);
    doubtful.close();
  });

  // FreeScout 4293: one huge mail stopped all intake.
  test('how large a mail may be is said at once, and held to', async () => {
    const [hello, size, next] = await speak('EHLO test', `MAIL FROM:<a@silent.example> SIZE=${largest + 1}`, 'MAIL FROM:<a@silent.example> SIZE=100');
    expect([hello, size, next]).toEqual([expect.stringContaining(`SIZE ${largest}`), expect.stringMatching(/^552/), expect.stringMatching(/^250/)]);
    const before = await Intakes.countDocuments({ companyId: floor.ctx.companyId });
    const huge = `Subject: huge\r\n\r\n${`${'x'.repeat(998)}\r\n`.repeat(Math.ceil(largest / 1000) + 1)}.\r\n`;
    const said = await speak('EHLO test', 'MAIL FROM:<a@silent.example>', `RCPT TO:<${to}>`, 'DATA', huge);
    expect(said.at(-1)).toMatch(/^552/);
    expect(await Intakes.countDocuments({ companyId: floor.ctx.companyId })).toBe(before);
  }, 30_000);

  test('mails that come at once share what memory there is: who finds none is told to try again, and finds it later', async () => {
    const other = await freePort();
    const small = await startSmtp({ port: other, host: '127.0.0.1', log: floor.services.log, demo: false, tls: null, mostHeld: 1_000_000, hostOf: (companyId) => hostOf(floor.services, channel, companyId) });
    const slow = connect(other, '127.0.0.1');
    let heard = '';
    slow.on('data', (data) => { heard += data.toString(); });
    const says = async (line: string, answer: RegExp): Promise<void> => {
      if (line) slow.write(line);
      await until(`an answer to ${line}`, () => answer.test(heard.split('\r\n').at(-2) ?? ''));
    };
    await says('', /^220/);
    await says('EHLO test\r\n', /^250 /);
    await says('MAIL FROM:<slow@silent.example>\r\n', /^250/);
    await says(`RCPT TO:<${to}>\r\n`, /^250/);
    await says('DATA\r\n', /^354/);
    slow.write(`From: slow@silent.example\r\nSubject: slow\r\n\r\n${`${'x'.repeat(998)}\r\n`.repeat(800)}`);
    const mail = (n: number) => sendMail(other, { from: 'quick@silent.example', to, subject: `Quick ${n}`, text: `${'y'.repeat(70)}\n`.repeat(7000) });
    await until('no room', () => mail(0).then(() => false, (error: Error) => /451.*try again later/.test(error.message)));
    await says('.\r\n', /^250/);
    slow.destroy();
    for (const n of [1, 2, 3]) await mail(n);
    await small.stop();
    await work();
  }, 30_000);

  test('nobody passes mail on through us: only addresses we read are taken', async () => {
    const said = await speak('EHLO test', 'MAIL FROM:<a@silent.example>', 'RCPT TO:<victim@elsewhere.example>', 'RCPT TO:<nobody@example.com>', `RCPT TO:<${to.toUpperCase()}>`, 'RCPT TO:<support+detail@example.com>');
    expect(said.slice(2).map((each) => each.slice(0, 3))).toEqual(['550', '550', '250', '250']);
  });

  test('of more than a hundred recipients the rest is asked for in a mail of its own', async () => {
    const said = await speak('EHLO test', 'MAIL FROM:<a@silent.example>', ...Array.from({ length: 101 }, (_, n) => `RCPT TO:<support+${n}@example.com>`));
    expect(said.slice(-2)).toEqual([expect.stringMatching(/^250/), expect.stringMatching(/^452 4\.5\.3/)]);
  });

  test('"250" is said only once the mail is stored; while nothing can be stored the sender is told to try again', async () => {
    const other = await freePort();
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => { open = resolve; });
    let broken = true;
    const slow = await startSmtp({ port: other, host: '127.0.0.1', log: floor.services.log, demo: false, tls: null, hostOf: (companyId) => {
      const host = hostOf(floor.services, channel, companyId);
      return { ...host, accept: async (raw) => { if (broken) throw new Error('the store is away'); await gate; return host.accept(raw); } };
    } });
    const mail = { from: 'vera@customers.example', to, subject: 'Kept', text: 'Is it kept?', messageId: '<kept-1@customers.example>' };
    const stored = () => Intakes.countDocuments({ companyId: floor.ctx.companyId, 'meta.envelopeFrom': mail.from, state: 'stored' });
    const before = await stored();
    await expect(sendMail(other, mail)).rejects.toThrow('451');
    broken = false;
    let said = false;
    const sent = sendMail(other, mail).then(() => { said = true; });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect([said, (await stored()) - before]).toEqual([false, 0]);
    open();
    await sent;
    expect((await stored()) - before).toBe(1);
    await slow.stop();
    await work();
  });

  // FreeScout 2375 and peers: a server that did not hear our "250" sends again.
  test('the same mail again is taken and makes no second message, also when it took another way', async () => {
    const mail = { from: 'again@silent.example', to, subject: 'Twice', messageId: '<twice@silent.example>', text: 'Only once.' };
    for (const headers of [{}, { Received: 'from a by b; Mon, 2 Mar 2026 09:00:00 +0000' }]) await sendMail(port, { ...mail, headers });
    await work();
    expect(await Messages.countDocuments({ companyId: floor.ctx.companyId, text: /Only once/ })).toBe(1);
  });

  // Scanners, cameras and scripts write no Message-ID: two of them, or one on two days, may say the very same.
  test('mails without a Message-ID are the same only if who wrote them and when are the same, too', async () => {
    const texts = async (sender: string, day: string, id = ''): Promise<void> => {
      const said = await speak('EHLO test', 'MAIL FROM:<a@silent.example>', `RCPT TO:<${to}>`, 'DATA', `From: ${sender}\r\nTo: ${to}\r\n${id}Date: ${day} Mar 2026 09:00:00 +0000\r\nSubject: Alarm\r\n\r\nDoor 7 is open.\r\n.\r\n`);
      expect(said.at(-1)).toMatch(/^250/);
    };
    for (const [sender, day] of [['gate@silent.example', '2'], ['gate@silent.example', '2'], ['gate@silent.example', '3'], ['yard@silent.example', '3']] as const) await texts(sender, day);
    await texts('gate@silent.example', '4', 'Message-ID: <>\r\n');
    await texts('gate@silent.example', '5', 'Message-ID:\r\n');
    await work();
    expect(await Messages.countDocuments({ companyId: floor.ctx.companyId, text: /Door 7 is open/ })).toBe(5);
  });

  // RFC 3834: nobody is behind a null sender, whatever the headers say (FreeScout 4250: about thirty levels of bounces in one subject).
  test('a mail from the null sender is a machine\'s, and is not acknowledged', async () => {
    await sendMail(port, { envelope: { from: '', to }, from: 'robot@silent.example', subject: 'Your request', text: 'We have received it.' });
    const { message, ticket } = await work();
    expect([message.automatic, await acknowledged(ticket)]).toEqual([true, 0]);
  });
});
