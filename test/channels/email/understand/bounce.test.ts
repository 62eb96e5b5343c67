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

  const role = (from: string, subject: string): string => `From: ${from}\nTo: help@example.com\nSubject: ${subject}\n`;

  test.each([
    ['hMailServer', role('mailer-daemon@example.net', 'Message undeliverable: Printer'), 'Your message did not reach some or all of the intended recipients.\n\n   Subject: Printer\n\nThe following recipient(s) could not be reached:\n\ngone@example.net\n   Error Type: SMTP\n   Remote server (203.0.113.5) issued an error.\n   hMailServer sent: RCPT TO:<gone@example.net>\n   Remote server replied: 550 5.1.1 User unknown\n', 'gone@example.net', 'hard'],
    ['MDaemon', role('MDaemon@example.net', 'Permanent Delivery Failure'), 'The attached message had PERMANENT fatal delivery errors!\n\n--\nSession Transcript:\nMon 2026-03-02 10:00:00: --> RCPT To:<gone@example.net>\nMon 2026-03-02 10:00:00: <-- 550 <gone@example.net> No such user here\n', 'gone@example.net', 'hard'],
    ['Domino', role('Postmaster@example.net', 'DELIVERY FAILURE: User gone (gone@example.net) not listed in Domino Directory'), 'Your message\n\n  Subject: Printer\n\nwas not delivered to:\n\n  gone@example.net\n\nbecause:\n\n  User gone (gone@example.net) not listed in Domino Directory\n', 'gone@example.net', 'hard'],
    ['GroupWise', role('Mailer-Daemon@example.net', 'Message status - undeliverable'), 'The message that you sent was undeliverable to the following:\n\tgone@example.net (user not found)\n', 'gone@example.net', 'hard'],
    ['CommuniGate', role('MAILER-DAEMON@example.net', 'Undeliverable mail: Printer'), "Failed to deliver to 'gone@example.net'\nLOCAL module(account gone) reports:\n account is full (quota exceeded)\n", 'gone@example.net', 'soft'],
    ['Exchange in German', role('postmaster@example.net', 'Unzustellbar: Drucker'), 'Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:\n\ngone@example.net<mailto:gone@example.net>\nDie eingegebene E-Mail-Adresse konnte nicht gefunden werden.\n\ngone@example.net\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##\n', 'gone@example.net', 'hard'],
    ['Exchange in French', role('postmaster@example.net', 'Non remis : Imprimante'), 'Échec de la remise pour ces destinataires ou groupes :\n\ngone@example.net<mailto:gone@example.net>\nL’adresse de messagerie que vous avez entrée est introuvable.\n\ngone@example.net\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##\n', 'gone@example.net', 'hard'],
    ['NetEase', role('Postmaster@163.com', '系统退信/Systems bounce'), '抱歉，您的邮件被退回来了……\n\n原邮件信息：\n时间 2026-03-02 10:00:00\n主题 打印机\n收件人 gone@163.com\n\n退信原因：\n您要发送的收件人邮箱不存在 550 User not found: gone@163.com\n', 'gone@163.com', 'hard'],
    ['QQ', role('PostMaster@qq.com', '来自qq.com的退信'), '抱歉，您的邮件被退回来了。\n\n收件人邮件地址（gone@qq.com）不存在，邮件无法送达。\n\n退信原因\nhost mx3.qq.com said: 550 Mailbox not found.\n', 'gone@qq.com', 'hard'],
    ['Naver', role('postmaster@naver.com', '메일 전송 실패 안내'), '아래와 같은 이유로 메일을 전송하지 못했습니다.\n\n받는사람 : gone@naver.com\n실패사유 : 550 5.1.1 No such user gone@naver.com\n', 'gone@naver.com', 'hard'],
    ['Courier', role('"Courier mail server at mx.example.net" <@>', 'NOTICE: mail delivery status.'), '                           UNDELIVERABLE MAIL\n\nYour message to the following recipients cannot be delivered:\n\n<gone@example.net>:\n    mx.example.net [192.0.2.9]:\n>>> RCPT TO:<gone@example.net>\n<<< 550 5.1.1 <gone@example.net>... User Unknown\n', 'gone@example.net', 'hard'],
    ['James, under the returned subject', `Return-Path: <>\n${role('postmaster@example.net', 'Re: Printer')}`, "I'm afraid I wasn't able to deliver your message to the following addresses.\n\nFailed recipient(s):\ngone@example.net\n\nError message:\n550 5.1.1 User Unknown\n", 'gone@example.net', 'hard'],
    ['Domino in German', role('Postmaster@example.net', 'ZUSTELLUNGSFEHLER: Benutzer gone nicht im Domino-Verzeichnis aufgeführt'), 'Ihre Nachricht\n\nwurde nicht zugestellt an:\n\n  gone@example.net\n\nGrund:\n\n  Benutzer gone nicht im Domino-Verzeichnis aufgeführt\n', 'gone@example.net', 'hard'],
    ...([['German', 'Ihre Nachricht wurde nicht an gone@example.net zugestellt, weil die Adresse nicht gefunden wurde.'], ['French', "Votre message n'a pas été distribué à gone@example.net, car l'adresse est introuvable."], ['Spanish', 'Tu mensaje no se ha entregado a gone@example.net porque no se ha encontrado la dirección.'], ['Italian', "Il tuo messaggio non è stato recapitato a gone@example.net perché l'indirizzo non è stato trovato."], ['Portuguese', 'Sua mensagem não foi entregue a gone@example.net porque o endereço não foi encontrado.'], ['Dutch', 'Je bericht is niet bezorgd bij gone@example.net omdat het adres niet gevonden is.'], ['Polish', 'Twoja wiadomość nie została dostarczona na adres gone@example.net, ponieważ nie można odnaleźć go.'], ['Russian', 'Ваше письмо не доставлено получателю gone@example.net, так как его адрес не найден.'], ['Korean', '주소를 찾을 수 없으므로 메일이 gone@example.net에 전송되지 않았습니다.'], ['Japanese', 'アドレスが見つかりませんでした。gone@example.netへのメールは配信されませんでした。'], ['Chinese', '由于找不到地址，因此您的邮件未能发送至gone@example.net。']] as const).map(([language, text]) => [`Gmail in ${language}`, role('Mail Delivery Subsystem <mailer-daemon@googlemail.com>', 'Delivery Status Notification (Failure)'), text, 'gone@example.net', 'hard'] as [string, string, string, string, string]),
    ...([['Italian', 'Non recapitabile: Stampante', 'Impossibile recapitare il messaggio ai seguenti destinatari o gruppi'], ['Polish', 'Niedostarczalne: Drukarka', 'Dostarczenie do następujących adresatów lub grup nie powiodło się'], ['Russian', 'Не удается доставить: Принтер', 'Сбой доставки сообщения следующим получателям или группам'], ['Korean', '배달되지 않음: 프린터', '다음 받는 사람 또는 그룹에 배달하지 못했습니다.'], ['Japanese', '配信不能: プリンター', '次の受信者またはグループへの配信に失敗しました。'], ['Chinese', '未送达: 打印机', '未能传递到以下收件人或组'], ['Chinese of Taiwan', '無法傳遞: 印表機', '無法傳遞給以下收件者或群組']] as const).map(([language, subject, text]) => [`Exchange in ${language}`, role('Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.net>', subject), `${text}:\n\ngone@example.net<mailto:gone@example.net>\n\ngone@example.net\nRemote Server returned '550 5.1.1 RESOLVER.ADR.RecipNotFound; not found'\n`, 'gone@example.net', 'hard'] as [string, string, string, string, string]),
    ['a server that goes on trying', role('Mailer-Daemon@example.net', 'Warning: message 1abc-0001 delayed 24 hours'), 'A message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours on the queue.\n\n  late@example.net\n    host mx.example.net: 550 User unknown\n', 'late@example.net', 'soft'],
    ['a server that warns of a delay', role('Mail Delivery Subsystem <MAILER-DAEMON@example.net>', 'Warning: could not send message for past 4 hours'), '   ----- The following addresses had transient non-fatal errors -----\n<late@example.net>\n\n   ----- Transcript of session follows -----\n<late@example.net>... Deferred: Connection timed out with mx.example.net.\n', 'late@example.net', 'soft'],
  ])('%s', async (_server, head, text, address, type) => {
    const { bounce } = await plain(text, head);
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
    // A shop's customers write of deliveries that failed, and of addresses.
    ['a customer whose parcel was not delivered', 'From: Ada <ada@example.org>\nSubject: Undelivered parcel\n', 'My parcel could not be delivered to ada@example.org, the driver said: user unknown. What now?'],
    ['a customer whose delivery failed', 'From: Ada <ada@example.org>\nSubject: Delivery failed!\n', 'The delivery failed again. Please write to my new address: ada.larsen@example.net'],
    ['a customer whose own mails fail', 'From: Ada <ada@example.org>\nSubject: Mail delivery problem\n', 'Every mail to bob@example.net is rejected by your server: 550 5.1.1 user unknown. It was not delivered to bob@example.net.'],
    ['a customer under the same subject', 'From: Ada <ada@example.org>\nSubject: Delivery Status Notification (Failure)\n', 'Your server answers:\n\nDelivery to the following recipient failed permanently:\n\n     sales@example.com\n'],
    ['a shop whose courier failed', 'From: no-reply@shop.example\nSubject: Delivery failed\n', 'The courier could not deliver your parcel to ada@example.org. Contact: service@shop.example'],
    ['a shop that got a message', 'From: no-reply@shop.example\nSubject: Your message to Shop\n', 'Thank you for your message to service@shop.example.'],
    ['a parcel that was not delivered', 'From: no-reply@parcels.example\nSubject: Your parcel\n', 'Your parcel could not be delivered to ada@example.org. User unknown at this address.'],
    ['a delivery note', 'From: delivery@shop.example\nSubject: Delivery status\n', 'Your order is on its way to ada@example.org.'],
    ['a postmaster who asks', 'From: postmaster@customer.example\nSubject: Question\n', 'Mail to bob@example.net has been returned. Can you check?'],
  ])('%s', async (_what, head, text) => {
    expect((await plain(text, head)).bounce).toBeNull();
  });
});

test("a customer who attaches a report's parts is no mail server", async () => {
  const mail = await read('From: Ada <ada@example.org>\nSubject: Problem with mail\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nWhat is wrong?\n--b\nContent-Type: message/delivery-status; name=details.txt\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; gone@example.net\nAction: failed\nStatus: 5.1.1\n--b--\n');
  expect(mail).toMatchObject({ bounce: null, replyText: 'What is wrong?' });
});

describe('hard means that the address itself is dead', () => {
  const judge = (diagnostic: string, status = ''): string => classifyRefusal({ diagnostic, context: '', status: bestStatus(status, diagnostic), stage: '', delayed: false });

  test.each([
    '550 5.1.1 The email account that you tried to reach does not exist. Please try double-checking the address',
    "550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302)", '550 5.4.1 Recipient address rejected: Access denied. [AM0EUR02.eop-EUR02.prod.protection.outlook.com]',
    '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup', "554 delivery error: dd This user doesn't have a yahoo.com account (x@yahoo.com)",
    '550 5.1.1 <x@example.net>: Recipient address rejected: User unknown in virtual mailbox table', '550 No such user here', '553 sorry, no mailbox here by that name (#5.7.1)', '550 Utilisateur inconnu', '550 Empfänger unbekannt',
    '550 5.1.2 Host or domain name not found. Name service error for name=x.example type=A: Host not found', 'Unrouteable address', '551 5.1.6 User has moved', '550 5.1.10 NULL MX: domain does not accept mail (nullMX)', '550 5.1.1 Mailbox does not exist', '550 User (x@example.net) unknown.', "550 Sorry, we don't have that user here", '501 5.1.3 Bad recipient address syntax', '550 5.1.0 Address rejected x@example.net', '550 Nieznany użytkownik', '550 Casella inesistente', '550 該当するユーザはいません', '550 해당 사용자가 없습니다', '550 5.1.1 Adresse d au moins un destinataire invalide. OFR_416 [416]', "DNS type 'mx' lookup of x.example responded with code NXDOMAIN",
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
