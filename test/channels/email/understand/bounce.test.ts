import { classifyRefusal } from '../../../../server/channels/email/understand/bounce/classify';
import { bestStatus } from '../../../../server/channels/email/understand/bounce/status-code';
import { dsn, plain, read } from './mails';

describe('delivery reports (RFC 3464)', () => {
  test('who was refused, why, and which mail came back', async () => {
    const { bounce, autoReply } = await read(dsn('gone@example.net', ['5.1.1', '550 5.1.1 <gone@example.net>: Recipient address rejected: User unknown in local recipient table']));
    expect(autoReply).toBe(false);
    expect(bounce).toMatchObject({ type: 'hard', originalMessageId: 'sent-7@example.com', recipients: [{ address: 'gone@example.net', status: '5.1.1', type: 'hard' }] });
  });

  test('a delay is soft, a delivery is no bounce', async () => {
    expect((await read(dsn('slow@example.net', ['4.4.1', '451 4.4.1 no answer from host'], 'delayed'))).bounce).toMatchObject({ type: 'soft', recipients: [{ type: 'soft' }] });
    expect((await read(dsn('ok@example.net', ['2.0.0', '250 2.0.0 ok'], 'delivered'))).bounce).toBeNull();
  });

  test('an abuse report is none', async () => {
    const mail = await read('From: fbl@isp.example\nSubject: Abuse report\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\n\nUndeliverable\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n--b--\n');
    expect(mail).toMatchObject({ bounce: null, feedbackReport: true, autoReply: false });
  });
});

describe('reports written for people', () => {
  const daemon = (subject: string): string => `From: MAILER-DAEMON@mx.example.com\nTo: help@example.com\nSubject: ${subject}\n`;

  test.each([
    ['qmail', "Hi. This is the qmail-send program at mx.example.com.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<gone@example.net>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <help@example.com>\nMessage-ID: <sent-8@example.com>\n", 'gone@example.net', 'hard'],
    ['Exim', 'A message that you sent could not be delivered to one or more of its\nrecipients. The following address(es) failed:\n\n  full@example.net\n    SMTP error from remote mail server after RCPT TO:<full@example.net>:\n    552 5.2.2 Mailbox full\n', 'full@example.net', 'soft'],
    ['Exchange', 'Your message\n\n  To:      gone@example.net\n  Subject: Printer\n\ndid not reach the following recipient(s):\n\ngone@example.net on Mon, 2 Mar 2026 10:00\n    The recipient name is not recognized\n', 'gone@example.net', 'hard'],
    ['Gmail', 'Delivery to the following recipient failed permanently:\n\n     gone@example.net\n\nTechnical details of permanent failure:\nThe error that the other server returned was: 550 550 5.1.1 User Unknown (state 14).\n', 'gone@example.net', 'hard'],
    ['one line', 'Unknown user: gone@example.net\n\nOriginal message follows.\n\nReceived: from x', 'gone@example.net', 'hard'],
    ['a list in stars', 'Delivery to the following recipients failed permanently:\n\n   * gone@example.net\n\nSMTP:RCPT host 192.0.2.1: 553 5.3.0 <gone@example.net>... No such user here\n', 'gone@example.net', 'hard'],
  ])('%s', async (_server, text, address, type) => {
    const { bounce } = await plain(text, daemon('failure notice'));
    expect(bounce?.recipients.map((one) => [one.address, one.type])).toEqual([[address, type]]);
  });

  test('several addresses keep their own reasons', async () => {
    const { bounce } = await plain('Unable to deliver message to the following address(es).\n\n<a@example.net>:\n550 5.1.1 User unknown\n\n<b@example.net>:\n552 5.2.2 Over quota\n', daemon('Delivery failure'));
    expect(bounce).toMatchObject({ type: 'soft', recipients: [{ address: 'a@example.net', type: 'hard', status: '5.1.1' }, { address: 'b@example.net', type: 'soft', status: '5.2.2' }] });
  });

  test('X-Failed-Recipients names them', async () => {
    const { bounce } = await plain('An undisclosed address failed: Unrouteable address', `${daemon('Mail delivery failed')}X-Failed-Recipients: x@example.net\n`);
    expect(bounce?.recipients).toMatchObject([{ address: 'x@example.net', type: 'hard' }]);
  });

  test('Amazon SES by SNS', async () => {
    const { bounce } = await plain('{"notificationType":"Bounce","bounce":{"bouncedRecipients":[{"emailAddress":"gone@example.net","status":"5.1.1","diagnosticCode":"smtp; 550 5.1.1 user unknown"}]}}', 'From: no-reply@sns.amazonaws.com\nSubject: AWS Notification Message\n');
    expect(bounce?.recipients).toMatchObject([{ address: 'gone@example.net', status: '5.1.1', type: 'hard' }]);
  });
});

describe('ordinary mail is no bounce', () => {
  test.each([
    ['a customer who forwards one', 'From: Ada <ada@example.org>\nSubject: Fwd: Undelivered Mail Returned to Sender\n', 'I got this:\n\n<help@example.com>: 550 5.1.1 User unknown'],
    ['a customer who answers one', 'From: Ada <ada@example.org>\nSubject: Re: Delivery Status Notification (Failure)\n', 'My message could not be delivered to help@example.com'],
    ['a customer who quotes one', 'From: Ada <ada@example.org>\nSubject: Mail problem\n', 'Final-Recipient: rfc822; help@example.com\nAction: failed\nStatus: 5.1.1\n'],
    ['a parcel that was not delivered', 'From: no-reply@parcels.example\nSubject: Your parcel\n', 'Your parcel could not be delivered to ada@example.org. User unknown at this address.'],
    ['a delivery note', 'From: delivery@shop.example\nSubject: Delivery status\n', 'Your order is on its way to ada@example.org.'],
    ['a postmaster who asks', 'From: postmaster@customer.example\nSubject: Question\n', 'Mail to bob@example.net has been returned. Can you check?'],
  ])('%s', async (_what, head, text) => {
    expect((await plain(text, head)).bounce).toBeNull();
  });
});

describe('hard means that the address itself is dead', () => {
  const judge = (diagnostic: string, status = ''): string => classifyRefusal({ diagnostic, context: '', status: bestStatus(status, diagnostic), stage: '', delayed: false });

  test.each([
    '550 5.1.1 The email account that you tried to reach does not exist. Please try double-checking the address',
    "550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302)", '550 5.4.1 Recipient address rejected: Access denied. [AM0EUR02.eop-EUR02.prod.protection.outlook.com]',
    '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup', "554 delivery error: dd This user doesn't have a yahoo.com account (x@yahoo.com)",
    '550 5.1.1 <x@example.net>: Recipient address rejected: User unknown in virtual mailbox table', '550 No such user here', '553 sorry, no mailbox here by that name (#5.7.1)', '550 Utilisateur inconnu', '550 Empfänger unbekannt',
    '550 5.1.2 Host or domain name not found. Name service error for name=x.example type=A: Host not found', 'Unrouteable address', '551 5.1.6 User has moved', '550 5.1.10 NULL MX: domain does not accept mail (nullMX)', '550 5.1.1 Mailbox does not exist',
  ])('hard: %s', (diagnostic) => {
    expect(judge(diagnostic)).toBe('hard');
  });

  test.each([
    "452 4.2.2 The email account that you tried to reach is over quota", '552 5.2.2 Mailbox size limit exceeded', '550 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using Spamhaus', '554 5.7.1 <x@example.net>: Relay access denied',
    '550 5.7.26 This mail has been blocked because the sender is unauthenticated', '550 5.7.1 Message rejected due to DMARC policy', '552 5.3.4 Message size exceeds fixed limit', '451 4.7.1 Greylisting in action, please come back later',
    '421 4.7.0 Try again later', '550 5.2.1 The email account that you tried to reach is disabled', '554 5.4.6 Too many hops', '553 5.1.8 Domain of sender address x@y.example does not exist', '550 5.4.7 Delivery expired', '550 5.7.133 sender not authenticated for group',
    '550 spam message rejected', '450 4.1.8 Sender address rejected: Domain not found', '550 Mailbox is frozen',
  ])('soft: %s', (diagnostic) => {
    expect(judge(diagnostic)).toBe('soft');
  });

  test('an unknown user refused after the data is a filter', () => {
    expect(classifyRefusal({ diagnostic: '550 User unknown', context: '', status: '5.0.0', stage: 'data', delayed: false })).toBe('soft');
  });

  test('the most telling code wins', () => {
    expect(bestStatus('5.0.0', "550 5.1.0 - Unknown address error 550-'5.2.2 Mailbox full'")).toBe('5.2.2');
    expect(bestStatus('4.4.7', 'host 192.0.2.1 did not answer')).toBe('4.4.7');
    expect(bestStatus('5.1.1 (bad address)', '')).toBe('5.1.1');
  });
});
