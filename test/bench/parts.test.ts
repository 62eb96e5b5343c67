// The parts of the benchmarks of mail and chat: what they send, how they pace and count, and that an SMTP server understands them.
import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { drive, type Conversation } from '../../bench/chat/drive';
import { difference, paced, perUnit } from '../../bench/house';
import { mailKinds, makeMail } from '../../bench/ingest/mails';
import { SmtpSender } from '../../bench/ingest/smtp-sender';

test('a plain mail has 1.4 KB; every kind is a whole mail of its own', async () => {
  expect(Math.abs(makeMail('plain', 1).raw.length - 1400)).toBeLessThan(150);
  for (const kind of mailKinds) {
    const mail = await simpleParser(makeMail(kind, 7).raw);
    expect([mail.messageId, mail.from?.value[0]?.address, mail.attachments.length]).toEqual([`<bench-${kind}-7@mail.customers.example>`, 'regular7@customers.example', kind === 'attachment' ? 1 : 0]);
    expect((mail.text ?? '').length).toBeGreaterThan(300);
    expect(Boolean(mail.html)).toBe(kind === 'html' || kind === 'newsletter');
  }
});

test('the sender speaks SMTP over one connection, and a refusal is an error', async () => {
  const taken: string[] = [];
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'], logger: false,
    onRcptTo: ({ address }, _session, done) => done(address.startsWith('nobody') ? Object.assign(new Error('No such mailbox'), { responseCode: 550 }) : undefined),
    onData(stream, _session, done) { void simpleParser(stream).then((mail) => { taken.push(mail.messageId ?? ''); done(); }); },
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const sender = await SmtpSender.open((server.server.address() as AddressInfo).port);
  for (const n of [1, 2]) expect(await sender.send(makeMail('quoting', n))).toBeGreaterThan(0);
  expect(taken).toEqual(['<bench-quoting-1@mail.customers.example>', '<bench-quoting-2@mail.customers.example>']);
  await expect(sender.send(makeMail('plain', 3), 'nobody@example.com')).rejects.toThrow('550');
  sender.close();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

test('work begins at its pace, whatever the earlier ones do; failures are told', async () => {
  const begun: number[] = [];
  const start = performance.now();
  const failed = await paced({ perSecond: 100, total: 20 }, async (n) => {
    begun.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 150));
    if (n === 3) throw new Error('the fourth');
  });
  expect(failed.map((each) => each.message)).toEqual(['the fourth']);
  expect(begun).toHaveLength(20);
  expect(begun.at(-1)).toBeGreaterThanOrEqual(185);
});

test('a talk goes round over all pairs, timing answers and acknowledgements; what fails is told', async () => {
  const asked: number[] = [];
  const pair = (who: number): Conversation => ({
    async ask(_text, stored) {
      asked.push(who);
      stored();
      if (who === 2) throw new Error('gone');
      await new Promise((resolve) => setTimeout(resolve, 30));
    },
    close: () => undefined,
  });
  const talk = await drive([pair(0), pair(1), pair(2)], { perSecond: 1000, total: 9 });
  expect(asked).toEqual([0, 1, 2, 0, 1, 2, 0, 1, 2]);
  expect([talk.roundTrips.length, talk.acknowledgements.length, talk.failed.length]).toEqual([6, 9, 3]);
  expect(Math.min(...talk.roundTrips)).toBeGreaterThanOrEqual(25);
});

test('what the store was asked is split into writes and reads per unit', () => {
  const before = { commands: { 'insert a': 5, 'find a': 1 }, commits: 5, flushes: 1 };
  const after = { commands: { 'insert a': 15, 'find a': 21, 'update b': 20, 'findAndModify c': 10, 'aggregate a': 10, 'listIndexes a': 3 }, commits: 25, flushes: 11 };
  const between = difference(before, after);
  expect([between.commits, between.flushes, between.commands['insert a']]).toEqual([20, 10, 10]);
  const { writes, reads, lines } = perUnit(between, 10);
  expect([writes, reads, lines[0]]).toEqual([4, 3, 'find a: 2.00']);
});
