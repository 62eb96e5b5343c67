// No bytes may stop the parser: mutated mails, repetition of every kind, deep nesting. SOAK=1 runs ten thousand mutations.
import { random, rounds, seed } from '../../../support/soak';
import { understandMail } from '../../../../server/channels/email/understand';
import { HEAD, OFFICE, dsn } from './mails';

const LIMIT_MS = 2000;
const SEEDS = [
  OFFICE, dsn('gone@example.net', ['5.1.1', '550 5.1.1 User unknown']), `${HEAD}Content-Type: text/html\n\n<div>Yes.<blockquote type="cite">On 2 March 2026, A <a@b.c> wrote:<br>No?</blockquote></div>`,
  `${HEAD}\nYes.\n\nOn Mon, Mar 2, 2026 at 10:00 AM, Help <help@example.com> wrote:\n> No?\n\n-- \nAda`, 'Subject: =?utf-8?B?w7w=?= =?iso-2022-jp?B?GyRCJUYbKEI=?=\nContent-Type: text/plain; charset=utf-7\nContent-Transfer-Encoding: quoted-printable\n\n+APw- =C3=A4 =\n',
  `${HEAD}Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n${HEAD}\nx\n--b--\n--a--\n`,
].map((mail) => Buffer.from(mail));

const CHARSETS = ['utf-7', 'utf-16', 'utf-32', 'iso-2022-jp', 'iso-2022-kr', 'shift_jis', 'euc-kr', 'gb18030', 'hz-gb-2312', 'big5', 'koi8-r', 'ibm437', 'x-unknown', ''];

function relabelled(source: Buffer, next: () => number, [pattern, others]: [RegExp, readonly string[]]): Buffer {
  return Buffer.from(source.toString('latin1').replace(pattern, (found) => (next() < 0.5 ? others[Math.floor(next() * others.length)]! : found)), 'latin1');
}

function mutate(source: Buffer, next: () => number): Buffer {
  const at = Math.floor(next() * source.length);
  const to = Math.min(source.length, at + Math.floor(next() * 400));
  const parts = [
    () => source.subarray(0, at),
    () => Buffer.concat([source.subarray(0, to), source.subarray(at)]),
    () => Buffer.concat([source.subarray(0, at), source.subarray(to)]),
    () => Buffer.from(source.map((byte, i) => (i >= at && i < at + 5 ? byte ^ (1 << Math.floor(next() * 8)) : byte))),
    () => Buffer.from(source.toString('latin1'), next() < 0.5 ? 'utf8' : 'utf16le'),
    () => Buffer.from(source.toString('latin1').replace(/\n/g, next() < 0.5 ? '\r\n' : '\r'), 'latin1'),
    () => Buffer.concat([source.subarray(at), source.subarray(0, at)]),
    () => relabelled(source, next, [/charset="?[\w-]+"?/gi, CHARSETS.map((name) => `charset=${name}`)]),
    () => relabelled(source, next, [/(?<=transfer-encoding: ?)[\w-]+/gi, ['base64', 'quoted-printable', '7bit', 'binary', 'x-uuencode', 'nonsense']]),
    () => relabelled(source, next, [/(?<=content-type: ?)[\w/-]+/gi, ['text/html', 'text/plain', 'multipart/mixed', 'message/rfc822', 'message/delivery-status', 'application/ms-tnef']]),
    () => relabelled(source, next, [/^--.*$/gm, ['', '--', '--outer', '--alt--', ' --rel']]),
    () => relabelled(source, next, [/ /g, ['\n ', '\r\n\t', '\r\n \r\n ', '  ']]),
    () => Buffer.concat([source.subarray(0, at), Buffer.alloc(Math.floor(next() * 300), Math.floor(next() * 256)), source.subarray(at)]),
  ];
  return parts[Math.floor(next() * parts.length)]!();
}

test(`mutated mails are read, each at once (SEED=${seed()})`, async () => {
  const next = random();
  for (let i = 0; i < rounds(500, 10_000); i++) {
    let raw: Buffer = SEEDS[Math.floor(next() * SEEDS.length)]!;
    for (let n = Math.floor(next() * 3); n >= 0; n--) raw = mutate(raw, next);
    const cpu = process.cpuUsage();
    const mail = await understandMail(raw);
    const used = process.cpuUsage(cpu);
    expect((used.user + used.system) / 1000).toBeLessThan(LIMIT_MS);
    expect(typeof mail.text).toBe('string');
    expect(mail.replyText.trim() === '').toBe(mail.text.trim() === '');
  }
});

const SIZE = 200_000;
const fill = (piece: string): string => piece.repeat(Math.ceil(SIZE / piece.length));
const DAEMON = 'From: MAILER-DAEMON@x.example\nSubject: Undelivered Mail\n';

test.each([
  ['boundaries', `${HEAD}Content-Type: multipart/mixed; boundary=a\n\n${fill('--a\nContent-Type: multipart/mixed; boundary=a\n\n')}`],
  ['parts', `${HEAD}Content-Type: multipart/mixed; boundary=a\n\n${fill('--a\nContent-Type: image/png\n\nx\n')}`],
  ['nested multiparts', HEAD + Array.from({ length: 3000 }, (_, i) => `Content-Type: multipart/mixed; boundary="b${i}"\n\n--b${i}\n`).join('')],
  ['header fields', fill('X-A: b\n')], ['folded lines', `Subject: a\n${fill(' b\n')}`], ['encoded words', `Subject: ${fill('=?utf-8?Q?a')}`], ['addresses', `To: ${fill('a@b.c, ')}`], ['brackets', `To: ${fill('(')}`], ['half addresses', `To: ${fill('"a" <')}`],
  ['ids', `References: ${fill('<a@b> ')}`], ['parameters', `Content-Type: text/plain; ${fill('name*1*=%41;')}`], ['soft breaks', `${HEAD}Content-Transfer-Encoding: quoted-printable\n\n${fill('= ')}`], ['padding', `${HEAD}Content-Transfer-Encoding: base64\n\n${fill('QQ==\n')}`],
  ['UTF-7 runs', `${HEAD}Content-Type: text/plain; charset=utf-7\n\n${fill('+AOQ-')}`], ['quotes', `${HEAD}\na\n${fill('> x\n')}`], ['attributions', `${HEAD}\na\n${fill('On 2016-01-01 12:00 a <a@b.c> wrote:\n> x\nb\n')}`], ['almost attributions', `${HEAD}\n${fill('On 1 2 3 2016 a@b\n')}`],
  ['header lines', `${HEAD}\n${fill('a\nFrom: x\nTo: y\n')}`], ['rules', `${HEAD}\na\n${fill('----\na\nb\n')}`], ['fences', `${HEAD}\n${fill('```\n')}`], ['one line', `${HEAD}\n${fill('wrote 2016: ')}`], ['letters', `${HEAD}\n${fill('ä')}`], ['blanks', `${HEAD}\n${fill(' ')}x`],
  ['tags', `${HEAD}Content-Type: text/html\n\n${fill('<a ')}>`], ['attributes', `${HEAD}Content-Type: text/html\n\n${fill('<a"')}>`], ['open quotations', `${HEAD}Content-Type: text/html\n\n${fill('<blockquote>x')}`], ['comments', `${HEAD}Content-Type: text/html\n\n${fill('<!--')}`], ['styles', `${HEAD}Content-Type: text/html\n\n${fill('<style')}>`],
  ['refused addresses', `${DAEMON}\n${fill('<a@b.c>: x\n')}`], ['different addresses', `${DAEMON}\n${Array.from({ length: 20_000 }, (_, i) => `<a${i}@b.c>: x\n`).join('')}`], ['status groups', `${DAEMON}Content-Type: multipart/report; boundary=q\n\n--q\nContent-Type: message/delivery-status\n\n${fill('Final-Recipient: rfc822;a@b.c\nAction: failed\n\n')}`],
  ['prose', `${DAEMON}\n${fill(`${'deliver '.repeat(110)}@\n`)}`], ['codes', `${DAEMON}\n${fill('550 5.1.1 ')}`],
])('a mail of nothing but %s costs little', async (_what, mail) => {
  const raw = Buffer.from(mail);
  const cpu = process.cpuUsage();
  await understandMail(raw);
  const used = process.cpuUsage(cpu);
  expect((used.user + used.system) / 1000).toBeLessThan(LIMIT_MS);
});
