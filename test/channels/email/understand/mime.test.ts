import { unpackTnef } from '../../../../server/channels/email/understand';
import { HEAD, OFFICE, plain, read } from './mails';

describe('headers', () => {
  test('encoded words are decoded and neighbours joined, even inside one character', async () => {
    const mail = await read('Subject: =?utf-8?B?w7w=?= =?utf-8?Q?_=C3?=\r\n =?utf-8?Q?=A4?= ende\r\n\r\nx');
    expect(mail.subject).toBe('ü ä ende');
  });

  test.each([
    ['UTF-8', Buffer.from('Subject: Größe\n\nx', 'utf8'), 'Größe'],
    ['the charset the text declares', Buffer.from('Subject: Gr\xf6\xdfe\nContent-Type: text/plain; charset=iso-8859-1\n\nx', 'latin1'), 'Größe'],
    ['Cyrillic declared by the text', Buffer.concat([Buffer.from('Subject: '), Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]), Buffer.from('\nContent-Type: text/plain; charset=windows-1251\n\nx')]), 'Привет'],
    ['raw bytes inside an encoded word', Buffer.from('Subject: =?iso-8859-1?Q?Gr\xf6\xdfe?=\n\nx', 'latin1'), 'Größe'],
  ])('raw 8-bit subjects are read as %s', async (_what, raw, subject) => {
    expect((await read(raw)).subject).toBe(subject);
  });

  test.each([
    ['base64 cut between two words wherever the line was full', '=?utf-8?B?Z3LDts?=\r\n =?utf-8?B?OfZXI=?=', 'größer'],
    ['Japanese words that switch back and forth', '=?iso-2022-jp?B?GyRCJVclaiVzGyhC?=\r\n =?iso-2022-jp?B?GyRCJT8hPBsoQg==?=', 'プリンター'],
    ['a word as long as a paragraph', `=?utf-8?Q?${'gr=C3=B6=C3=9Fer_'.repeat(60)}?=`, 'größer '.repeat(60).trim()],
  ])('encoded words: %s', async (_what, value, subject) => {
    expect((await read(`Subject: ${value}\r\n\r\nx`)).subject).toBe(subject);
  });

  test('a sender whose name has a comma, no quotes, stray brackets or letters of its own', async () => {
    const from = async (value: string): Promise<unknown> => (await read(`From: ${value}\n\nx`)).from;
    expect(await from('Larsen, Ada <ada@example.org>')).toEqual({ address: 'ada@example.org', name: 'Larsen, Ada' });
    expect(await from('Ada <<ada@example.org>>')).toEqual({ address: 'ada@example.org', name: 'Ada' });
    expect(await from('Ada <ada@exämple.org>')).toEqual({ address: 'ada@exämple.org', name: 'Ada' });
  });

  test.each([
    ['CR alone ends the lines', 'Subject: Printer\r\rhello', 'Printer'],
    ['a byte order mark comes first', '\ufeffSubject: Printer\n\nhello', 'Printer'],
    ['blanks stand before the colons', 'From : a@b.c\nSubject : Printer\n\nhello', 'Printer'],
  ])('%s', async (_what, raw, subject) => {
    expect(await read(raw)).toMatchObject({ subject, text: 'hello' });
  });

  test('address lists: quoted commas, comments, groups, missing brackets, semicolons, bare names', async () => {
    const mail = await read('From: ada@example.org (Ada Larsen)\nTo: "Larsen, Ada" <ada@example.org>; bob@example.org\nCc: Team: a@x.org, B <b@x.org>;, Nobody\nReply-To: <mailto:r@x.org>\n\nx');
    expect(mail.from).toEqual({ address: 'ada@example.org', name: 'Ada Larsen' });
    expect(mail.to).toEqual([{ address: 'ada@example.org', name: 'Larsen, Ada' }, { address: 'bob@example.org', name: '' }]);
    expect(mail.cc).toEqual([{ address: 'a@x.org', name: '' }, { address: 'b@x.org', name: 'B' }, { address: '', name: 'Nobody' }]);
    expect(mail.replyTo).toEqual([{ address: 'r@x.org', name: '' }]);
  });

  test('ids keep their case and order, and empty ones are none (LibreDesk #122)', async () => {
    const mail = await read('Message-ID: <Abc@X>\nIn-Reply-To: <>\nReferences: <one@x>\n <Two@x> <>\n <one@x>\n\nx');
    expect([mail.messageId, mail.inReplyTo, mail.references]).toEqual(['Abc@X', null, ['one@x', 'Two@x']]);
  });

  test('what a loop guard needs', async () => {
    const mail = await read('Return-Path: <>\nAuto-Submitted: Auto-Generated\nPrecedence: bulk\nX-Loop: help@example.com\nList-Id: <l.example.org>\nSubject: WG: Drucker\nDate: Mon, 2 Mar 2026 10:00 +0100 (CET)\n\nx');
    expect(mail).toMatchObject({ returnPath: '', autoSubmitted: 'auto-generated', precedence: 'bulk', xLoop: ['help@example.com'], forwarded: true, listHeaders: { 'list-id': '<l.example.org>' } });
    expect(mail.date?.toISOString()).toBe('2026-03-02T09:00:00.000Z');
  });
});

describe('parts', () => {
  test('text, HTML, the picture and the file, each once', async () => {
    const mail = await read(OFFICE);
    expect(mail.text.trim()).toBe('Grüße aus Köln, der Drucker druckt nicht.');
    expect(mail.html).toContain('cid:pic@1');
    expect(mail.attachments.map(({ filename, contentType, disposition, contentId, size }) => ({ filename, contentType, disposition, contentId, size }))).toEqual([
      { filename: 'pic.png', contentType: 'image/png', disposition: 'inline', contentId: 'pic@1', size: 70 },
      { filename: 'fehler protokollä.txt', contentType: 'text/plain', disposition: 'attachment', contentId: null, size: 6 },
    ]);
    expect(mail.attachments[1]?.content.toString()).toBe('line 1');
  });

  test('a mail without text part says what its HTML says', async () => {
    const mail = await read(`${HEAD}Content-Type: text/html\n\n<style>p{}</style><p>One &amp; <b>two</b><br>three</p><ul><li>a<li>b</ul>`);
    expect(mail.text.trim()).toBe('One & two\nthree\n\n- a\n- b');
  });

  test.each([
    ['no closing boundary', '--b\nContent-Type: text/plain\n\nfirst\n--b\nContent-Type: image/png; name=a.png\nContent-Transfer-Encoding: base64\n\nAAAA\n', 'first', ['a.png']],
    ['a boundary that never comes', 'only text\n', 'only text', [null]],
    ['nested parts with the same boundary', '--b\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\ninner\n--b--\n', 'inner', []],
    ['parts without an empty line', '--b\nContent-Type: text/plain\n--b\n\nsecond\n--b--\n', 'second', []],
    ['two closing delimiters', '--b\n\ntext\n--b--\n--b\nContent-Type: image/png; name=a.png\n\nx\n--b--\n', 'text', ['a.png']],
    ['a closing delimiter first', '--b--\n--b\n\ntext\n--b--\n', 'text', []],
    ['another boundary than declared', '--B\nContent-Type: text/plain\n\ntext\n--B\nContent-Type: image/png; name=a.png\n\nx\n--B--\n', 'text', ['a.png']],
    ['a boundary line with blanks behind it', '--b  \n\ntext\n--b--  \nepilogue\n', 'text', []],
  ])('broken multiparts lose nothing: %s', async (_what, body, text, names) => {
    const mail = await read(`${HEAD}Content-Type: multipart/mixed; boundary=b\n\n${body}`);
    expect(mail.text.trim()).toBe(text);
    expect(mail.attachments.map((file) => file.filename)).toEqual(names);
  });

  test.each(['multipart/mixed', 'multipart/mixed; boundary=b (comment)'])('%s: the boundary is seen in the body', async (type) => {
    expect((await read(`${HEAD}Content-Type: ${type}\n\n--b\nContent-Type: text/plain\n\ntext\n--b--\n`)).text).toBe('text');
  });

  test('the root of related parts need not be the first', async () => {
    const picture = 'Content-Type: image/png; name=a.png\nContent-ID: <pic>\n\nx';
    const page = 'Content-Type: text/html\nContent-ID: <root>\n\n<p>text</p>';
    for (const start of ['; start="<root>"', '']) expect(await read(`${HEAD}Content-Type: multipart/related; boundary=b${start}\n\n--b\n${picture}\n--b\n${page}\n--b--\n`)).toMatchObject({ html: '<p>text</p>', attachments: [{ filename: 'a.png' }] });
  });

  test('text of another kind is shown when there is no other', async () => {
    expect(await read(`${HEAD}Content-Type: text/markdown\n\n**hello**`)).toMatchObject({ text: '**hello**', attachments: [{ contentType: 'text/markdown' }] });
  });

  test.each([
    ['bytes in the charset of the text', Buffer.concat([Buffer.from('name="'), Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]), Buffer.from('.pdf"')]), 'Привет.pdf'],
    ['blanks where a name is continued', Buffer.from('name*0="a very long"; name*1=" name.pdf"'), 'a very long name.pdf'],
    ['a disposition that is only a name', Buffer.from('x=1\nContent-Disposition: filename="a.pdf"'), 'a.pdf'],
    ['uuencode alone', Buffer.from('x=1\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 a.txt\n%2&5L;&\\\n`\nend'), 'a.txt'],
  ])('file names: %s', async (_what, parameter, name) => {
    const mail = await read(Buffer.concat([Buffer.from(`${HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=windows-1251\n\nx\n--b\nContent-Type: application/pdf; `), parameter, Buffer.from('\n\nx\n--b--\n')]));
    expect(mail.attachments.map((file) => file.filename)).toEqual([name]);
  });

  test('a cut-off part is shown and kept', async () => {
    const mail = await read(`${HEAD}Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nhello\n--b\nContent-Type: text/html\n\n<p>hel`);
    expect(mail).toMatchObject({ text: 'hello', html: '<p>hel', attachments: [{ contentType: 'text/html', truncated: true }] });
  });

  test('an attached mail is one file, also in a digest', async () => {
    const mail = await read(`${HEAD}Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: one\n\nx\n--b\n\nSubject: two\n\ny\n--b--\n`);
    expect(mail.attachments.map((file) => [file.contentType, file.content.toString()])).toEqual([['message/rfc822', 'Subject: one\n\nx'], ['message/rfc822', 'Subject: two\n\ny']]);
  });
});

describe("Outlook's winmail.dat", () => {
  const attribute = (name: number, data: Buffer): Buffer => {
    const head = Buffer.alloc(9, 2);
    head.writeUInt32LE(name, 1);
    head.writeUInt32LE(data.length, 5);
    return Buffer.concat([head, data, Buffer.alloc(2)]);
  };
  const long = Buffer.from('größer und länger.pdf\0', 'utf16le');
  // Three properties: a number, one with a name of its own, and the long file name.
  const properties = Buffer.concat([Buffer.from([3, 0, 0, 0, 3, 0, 0x05, 0x37, 1, 0, 0, 0, 3, 0, 0x01, 0x80]), Buffer.alloc(16), Buffer.from([0, 0, 0, 0, 7, 0, 0, 0, 9, 0, 0, 0, 0x1f, 0, 0x07, 0x37, 1, 0, 0, 0, long.length, 0, 0, 0]), long]);
  const tnef = Buffer.concat([Buffer.from([0x78, 0x9f, 0x3e, 0x22, 1, 0]), attribute(0x00069002, Buffer.alloc(14)), attribute(0x00018010, Buffer.from('GRER~1.PDF\0')), attribute(0x0006800f, Buffer.from('%PDF')), attribute(0x00069005, properties), attribute(0x00069002, Buffer.alloc(14)), attribute(0x00018010, Buffer.from('b.txt\0')), attribute(0x0006800f, Buffer.from('bb'))]);
  const sent = async (content: Buffer): Promise<[string | null, number][]> => {
    const mail = await read(`${HEAD}Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n${content.toString('base64')}\n`);
    return unpackTnef(mail.attachments).map((file) => [file.filename, file.size]);
  };

  test('its files take its place', async () => {
    expect(await sent(tnef)).toEqual([['größer und länger.pdf', 4], ['b.txt', 2]]);
  });

  test('cut off or broken anywhere, nothing is lost and nothing breaks', async () => {
    for (let end = 0; end < tnef.length; end += 3) expect((await sent(tnef.subarray(0, end))).length).toBeGreaterThan(0);
    for (let at = 6; at < tnef.length; at += 5) {
      const broken = Buffer.from(tnef);
      broken[at] = 0xff;
      expect((await sent(broken)).length).toBeGreaterThan(0);
    }
  });
});

describe('encodings', () => {
  const body = async (encoding: string, charset: string, bytes: string | Buffer): Promise<string> => {
    const head = Buffer.from(`Content-Type: text/plain; charset=${charset}\nContent-Transfer-Encoding: ${encoding}\n\n`);
    return (await read(Buffer.concat([head, Buffer.from(bytes)]))).text.trim();
  };

  test.each([
    ['base64 with text behind it', 'base64', 'utf-8', 'w6TDtg== ignored', 'äö'],
    ['base64 in two padded blocks', 'base64', 'utf-8', 'w6Q=\nw7Y=\n', 'äö'],
    ['soft breaks with blanks', 'quoted-printable', 'utf-8', 'a= \nb=3D=C3=A4=ZZ', 'ab=ä=ZZ'],
    ['UTF-7', '7bit', 'utf-7', 'Fr+APY-sche +- 1', 'Frösche + 1'],
    ['uuencode', 'x-uuencode', 'us-ascii', "begin 644 a\n%2&5L;&\\\n`\nend\n", 'Hello'],
    ['an encoding nobody knows', '8 bit', 'utf-8', 'ä', 'ä'],
    ['ISO-2022-JP', '7bit', 'iso-2022-jp', '\x1b$B%F%9%H\x1b(B', 'テスト'],
    ['a false ASCII declaration', '8bit', 'us-ascii', 'Größe', 'Größe'],
    ['text that claims to be base64', 'base64', 'utf-8', 'This is no base64, sorry.', 'This is no base64, sorry.'],
    ['a comment behind the encoding', 'quoted-printable (old)', 'utf-8', 'Gr=C3=B6=C3=9Fe', 'Größe'],
    ['UTF-8 that claims to be Latin-1', '8bit', 'iso-8859-1', 'Größe', 'Größe'],
    ['Japanese that declares nothing', '7bit', 'us-ascii', '\x1b$B%F%9%H\x1b(B', 'テスト'],
    ['Japanese of Windows', '7bit', 'cp50220', '\x1b$B%F%9%H\x1b(B', 'テスト'],
    ['a charset nobody knows', '8bit', 'x-mars', 'Größe', 'Größe'],
  ])('%s', async (_what, encoding, charset, bytes, text) => {
    expect(await body(encoding, charset, bytes)).toBe(text);
  });

  // Node 20.20 reads this charset as Latin-1: Outlook's quotation marks, dashes and the euro sign were lost.
  test.each(['windows-1252', 'iso-8859-1', 'cp1252'])('what Outlook writes in %s keeps its quotation marks and its euro sign', async (charset) => {
    const head = HEAD.replace('Subject: Printer', `Subject: =?${charset}?Q?12_=80?=`);
    const mail = await read(Buffer.concat([Buffer.from(`${head}Content-Type: text/plain; charset=${charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n`), Buffer.from([0x93, 0x31, 0x32, 0x20, 0x80, 0x94, 0x20, 0x96, 0x20, 0x6a, 0x61])]));
    expect([mail.subject, mail.text.trim()]).toEqual(['12 €', '“12 €” – ja']);
  });

  test('HTML that says its charset only inside', async () => {
    const bytes = Buffer.concat([Buffer.from(`${HEAD}Content-Type: text/html\n\n<meta charset="windows-1251"><p>`), Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2])]);
    expect((await read(bytes)).text.trim()).toBe('Привет');
  });

  test('rare charsets come from a table that is loaded when needed', async () => {
    expect(await body('8bit', 'cp850', Buffer.from([0x84, 0x94]))).toBe('äö');
  });

  test('a mail of nothing, of a header, of a text', async () => {
    expect((await read('')).text).toBe('');
    expect((await read('Subject: only')).subject).toBe('only');
    expect((await read('Just a line, no header at all.\nAnd another.')).text).toContain('And another.');
    expect((await plain('x')).attachments).toEqual([]);
  });
});
