import fc from 'fast-check';
import { htmlToText } from '../../../../server/channels/email/understand/html/html-to-text';
import { extractReply } from '../../../../server/channels/email/understand/reply/extract-reply';
import { replyTo, replyToHtml } from './mails';

const OWN = 'It works now.\n\nWhat about the second one?';

describe('a quotation below the answer is cut in every language', () => {
  test.each([
    ['English', 'On Mon, Mar 2, 2026 at 10:00 AM, Help Desk <help@example.com> wrote:'],
    ['English, wrapped', 'On Mon, Mar 2, 2026 at 10:00 AM, Help Desk <\nhelp@example.com> wrote:'],
    ['English, name only', 'Help Desk <help@example.com> wrote:'],
    ['German', 'Am 02.03.2026 um 10:00 schrieb Help Desk <help@example.com>:'],
    ['German, verb first', 'Help Desk <help@example.com> schrieb am Mo., 2. März 2026,\n10:00:'],
    ['French', 'Le lun. 2 mars 2026 à 10:00, Help Desk <help@example.com> a écrit :'],
    ['Spanish', 'El lun, 2 mar 2026 a las 10:00, Help Desk (<help@example.com>) escribió:'],
    ['Italian', 'Il giorno lun 2 mar 2026 alle ore 10:00 Help Desk <help@example.com> ha scritto:'],
    ['Portuguese', 'Em seg., 2 de mar. de 2026 às 10:00, Help Desk <help@example.com> escreveu:'],
    ['Dutch', 'Op ma 2 mrt 2026 om 10:00 schreef Help Desk <help@example.com>:'],
    ['Polish', 'pon., 2 mar 2026 o 10:00 Help Desk <help@example.com> napisał(a):'],
    ['Russian', 'пн, 2 мар. 2026 г. в 10:00, Help Desk <help@example.com>:'],
    ['Russian, with verb', '2 марта 2026 г. 10:00 пользователь Help Desk <help@example.com> написал:'],
    ['Korean', '2026년 3월 2일 (월) 오전 10:00, Help Desk <help@example.com>님이 작성:'],
    ['Japanese', '2026年3月2日(月) 10:00 Help Desk <help@example.com>:'],
    ['Chinese', 'Help Desk <help@example.com> 于2026年3月2日周一 10:00写道：'],
    ['Swedish', 'Den mån 2 mars 2026 kl 10:00 skrev Help Desk <help@example.com>:'],
    ['Czech', 'po 2. 3. 2026 v 10:00 odesílatel Help Desk <help@example.com> napsal:'],
    ['a date alone', '2026-03-02 10:00 GMT+01:00 Help Desk <help@example.com>:'],
    ['German, verb apart', 'Help Desk <help@example.com> hat am 02.03.2026 10:00 CET geschrieben:'],
    ['Thai', 'ในวันที่ จ. 2 มี.ค. 2026 เวลา 10:00 Help Desk <help@example.com> เขียนว่า:'],
    ['Hebrew, with marks of direction', '\u202bבתאריך יום ב׳, 2 במרץ 2026 ב-10:00 מאת \u202aHelp Desk\u202c\u200f <\u202ahelp@example.com\u202c\u200f>:\u202c'],
    ['no verb, no brackets', '2. März 2026, 10:00 von help@example.com:'],
    ['no date', 'Zitat von Help Desk <help@example.com>:'],
    ['the date last', '* Help Desk <help@example.com> [2026-03-02 10:00]:'],
    ['arrows', '>>> Help Desk <help@example.com> 02.03.2026 10:00 >>>'],
    ['a name that holds "I"', 'On 3/2/26 10:00, Levi wrote:'],
    ['Zoho', '---- On Mon, 02 Mar 2026 10:00:00 +0100 help@example.com wrote ----'],
  ])('%s', async (_language, line) => {
    expect(await replyTo(`${OWN}\n\n${line}\n\n> Did it help?\n> Yours\n`)).toBe(OWN);
    expect(await replyTo(`${OWN}\n\n${line}\n\nDid it help?\n\nYours\n`)).toBe(OWN);
  });
});

describe('a quoted header block is cut', () => {
  test.each([
    ['English', 'From: Help <help@example.com>\nSent: Monday, 2 March 2026 10:00\nTo: Ada\nSubject: Printer'],
    ['English in stars', '*From:* Help\n*Sent:* Monday\n*To:* Ada\n*Subject:* Printer'],
    ['German', 'Von: Help <help@example.com>\nGesendet: Montag, 2. März 2026 10:00\nAn: Ada\nBetreff: Drucker'],
    ['French', 'De : Help <help@example.com>\nEnvoyé : lundi 2 mars 2026 10:00\nÀ : Ada\nObjet : Imprimante'],
    ['Spanish', 'De: Help\nEnviado: lunes, 2 de marzo de 2026\nPara: Ada\nAsunto: Impresora'],
    ['Italian', 'Da: Help\nInviato: lunedì 2 marzo 2026\nA: Ada\nOggetto: Stampante'],
    ['Portuguese', 'De: Help\nEnviada em: segunda-feira\nPara: Ada\nAssunto: Impressora'],
    ['Dutch', 'Van: Help\nVerzonden: maandag 2 maart 2026\nAan: Ada\nOnderwerp: Printer'],
    ['Polish', 'Od: Help\nWysłano: poniedziałek\nDo: Ada\nTemat: Drukarka'],
    ['Russian', 'От: Help\nОтправлено: понедельник\nКому: Ada\nТема: Принтер'],
    ['Korean', '보낸 사람: Help\n보낸 날짜: 2026년 3월 2일\n받는 사람: Ada\n제목: 프린터'],
    ['Japanese', '差出人: Help\n送信日時: 2026年3月2日\n宛先: Ada\n件名: プリンター'],
    ['Chinese', '发件人: Help\n发送时间: 2026年3月2日\n收件人: Ada\n主题: 打印机'],
  ])('%s', async (_language, block) => {
    expect(await replyTo(`${OWN}\n\n${block}\n\nDid it help?\n`)).toBe(OWN);
    expect(await replyTo(`${OWN}\n\n________________________________\n${block}\n\nDid it help?\n`)).toBe(OWN);
  });

  test.each(['-----Original Message-----', '----- Ursprüngliche Nachricht -----', "-------- Message d'origine --------", '----- Mensaje original -----', '----- Messaggio originale -----', '-----Oorspronkelijk bericht-----', '-----원본 메시지-----', '----- 原始邮件 -----', '---- 回复的原邮件 ----', '---Original---', '---------[ 받은 메일 내용 ]----------', '----- Mail original -----', '-------- Перенаправленное сообщение --------', '##- Bitte antworten Sie über dieser Zeile -##', '---------- Forwarded message ---------', 'Begin forwarded message:'])('%s', async (marker) => {
    expect(await replyTo(`${OWN}\n\n${marker}\nDid it help?\n`)).toBe(OWN);
  });
});

test('strokes around words nobody knows announce a quoted mail when its header follows', async () => {
  expect(await replyTo(`${OWN}\n\n---------- Salamat ----------\nFrom: Help <help@example.com>\nDate: Monday\nSubject: Printer\n\nDid it help?\n`)).toBe(OWN);
});

test("a table of the quoted mail's header is cut, a table of the sender's stays", async () => {
  expect(await replyTo(`${OWN}\n\n| From | Help<help@example.com> |\n| Date | 03/02/2026 10:00 |\n| Subject | Printer |\nDid it help?\n`)).toBe(OWN);
  expect(await replyTo('The prices:\n\n| item | price |\n| ink | 12.00 |')).toBe('The prices:\n\n| item | price |\n| ink | 12.00 |');
});

test('the line above an attribution is no part of it, whatever numbers it holds', async () => {
  const line = 'On Mon, Mar 2, 2026 at 10:00 AM Help Desk <help@example.com> wrote:';
  for (const own of ['Yes, at 10:30 on 3 March 2026.', '3. see screenshot', 'Am Montag ging die Rechnung 4711 ein. Und nun?']) expect(await replyTo(`${own}\n${line}\n> Did it help?\n`)).toBe(own);
});

describe("the customer's words stay", () => {
  test.each([
    ['what was typed at a prompt', 'Here is what I typed:\n\n> npm install\n> npm start', 'Here is what I typed:\n\n> npm install\n> npm start'],
    ['a prompt with a name', 'I see:\n\nERROR 1146\nmysql> quit', 'I see:\n\nERROR 1146\nmysql> quit'],
    ['a journey', 'A ticket please\n\nFrom: Berlin\nTo: Paris\nDate: 2 March 2026\n\nThanks', 'A ticket please\n\nFrom: Berlin\nTo: Paris\nDate: 2 March 2026\n\nThanks'],
    ['what the sender wrote before', 'Guten Tag,\n\nam 2. März 2026 um 10:00 schrieb ich Ihnen:\nbitte senden Sie die Rechnung.', 'Guten Tag,\n\nam 2. März 2026 um 10:00 schrieb ich Ihnen:\nbitte senden Sie die Rechnung.'],
    ['a sentence that begins as telephones sign', 'The parcel was sent on Monday.\nSent from my office, it should have arrived.\nWhere is it?', 'The parcel was sent on Monday.\nSent from my office, it should have arrived.\nWhere is it?'],
    ['a line of a log with an address', 'The log says:\n\n2026-03-02 10:00 login failed for ada@example.org:\nwrong password', 'The log says:\n\n2026-03-02 10:00 login failed for ada@example.org:\nwrong password'],
    ['what a colleague wrote to the sender', 'Mein Kollege schrieb mir am 2.3.2026 um 10:00:\nDer Drucker geht wieder.', 'Mein Kollege schrieb mir am 2.3.2026 um 10:00:\nDer Drucker geht wieder.'],
    ['a sentence about a program', 'Outlook für Windows stürzt ab.\n\nWas tun?', 'Outlook für Windows stürzt ab.\n\nWas tun?'],
    ...['Sent by courier on Monday, as you said.', 'Von meinem Konto wurde zweimal abgebucht.', 'Von Outlook aus geht es.', 'Outlook for iOS crashes every day.'].map((line) => [line, `Hello,\n\n${line}\n\nPlease check.`, `Hello,\n\n${line}\n\nPlease check.`] as [string, string, string]),
    ['text between strokes', 'First\n\n=====\n\nSecond\n\n=====\n\nThird', 'First\n\n=====\n\nSecond\n\n=====\n\nThird'],
    ['a short choice behind strokes', 'Option A: keep it\n\n-----\n\nOption B: send it back', 'Option A: keep it\n\n-----\n\nOption B: send it back'],
    ['answers below a signature and a quotation', 'See below.\n\n-- \nAda Larsen\n\nOn 2 March 2026, Help wrote:\n\n> The model?\n\nHP 4200', 'See below.\n\n\n> The model?\n\nHP 4200'],
    ['a longer answer below the quotation, and a greeting above', 'Hello,\n\nOn 2 March 2026, Help wrote:\n\n> The model?\n\nIt is an HP.\n\nBought in May.\n\nSerial 7.', 'Hello,\n\n\n> The model?\n\nIt is an HP.\n\nBought in May.\n\nSerial 7.'],
    ['an answer below the quotation', 'On 2 March 2026, Help wrote:\n\n> Did it help?\n\nYes, thank you.\nAll fine.', 'Yes, thank you.\nAll fine.'],
    ['answers between quotations', 'Hello\n\n> first?\n\nyes\n\n> second?\n\nno', 'Hello\n\n> first?\n\nyes\n\n> second?\n\nno'],
    ['a quotation alone', '> Did it help?', '> Did it help?'],
    ['a forwarded mail alone', '---------- Forwarded message ---------\nFrom: Bob <bob@example.org>\nDate: Mon, 2 Mar 2026\nSubject: Invoice\nTo: Ada\n\nPlease pay.', 'Please pay.'],
    ['a sentence with "wrote:"', 'Your manual wrote: press start. I did.', 'Your manual wrote: press start. I did.'],
    ['a sentence about an iPhone', 'The photo was sent from my iPhone, is that a problem?', 'The photo was sent from my iPhone, is that a problem?'],
    ['code between fences', 'Look:\n\n```\n# a\n----\n> b\n```\n\nDone.', 'Look:\n\n```\n# a\n----\n> b\n```\n\nDone.'],
    ['one line that looks like a header', 'My question:\nFrom: where do I get it?\n\nThanks', 'My question:\nFrom: where do I get it?\n\nThanks'],
    ['long text behind a rule', `Part one\n\n------\n\n${'A line of the second part.\n'.repeat(30).trim()}`, `Part one\n\n------\n\n${'A line of the second part.\n'.repeat(30).trim()}`],
  ])('%s', async (_what, text, reply) => {
    expect(await replyTo(text)).toBe(reply);
  });

  test('never nothing, and every line of the result is the sender’s', () => {
    const line = fc.oneof(fc.constantFrom('> quoted', 'On 2 March 2026, A <a@b.c> wrote:', '--', '-----Original Message-----', 'From: A', 'Sent: today', 'Subject: x', 'Sent from my phone', '', 'Regards,', '```'), fc.string({ maxLength: 30 }));
    fc.assert(fc.property(fc.array(line, { maxLength: 15 }), (lines) => {
      const text = lines.join('\n');
      const reply = extractReply(text);
      expect(reply.trim() === '').toBe(text.trim() === '');
      const known = new Set(text.split('\n').map((row) => row.trim()));
      expect(reply.split('\n').every((row) => known.has(row.trim()))).toBe(true);
    }), { numRuns: 300 });
  });
});

describe('signatures', () => {
  test.each([
    ['behind two dashes', 'Thanks for the help.\n\n-- \nAda Larsen\nLarsen Ltd', 'Thanks for the help.'],
    ['with title and telephone', 'Please call me.\n\nBest regards,\n\nJohn Doe\nSales Manager\nTel: +49 30 123456', 'Please call me.'],
    ["with the sender's own name", 'Please call me.\n\nKind regards\nAda Larsen', 'Please call me.'],
    ...['Von meinem iPhone gesendet', 'Securely sent with Tuta. Get your own: https://tuta.com', 'Outlook voor iOS downloaden', 'Galaxy에서 보냄', 'iOS용 Outlook 다운로드', 'Windows 版のメールから送信', '发自网易邮箱大师', '從我的 Galaxy 傳送'].map((line) => [`of a telephone: ${line}`, `Please call me.\n\n${line}`, 'Please call me.'] as [string, string, string]),
    ['with lines nobody taught us', 'Please call me.\n\nCordiali saluti\n\nAda Larsen\nUfficio acquisti\nVia Roma 1, 00100 Roma\nPartita IVA 12345678901\nSede legale: Milano', 'Please call me.'],
    ['in German, as long as the law wants it', 'Please call me.\n\nBeste Grüße aus Berlin\n\ni.A. Ada Larsen\nLarsen GmbH\nHauptstr. 1\n10115 Berlin\nTel.: +49 30 123456-0\nGeschäftsführer: Bob Larsen\nAmtsgericht Berlin, HRB 12345', 'Please call me.'],
    ['the name first', 'Please call me.\n\nAda Larsen\nvia mobile', 'Please call me.'],
    ['in Russian', 'Please call me.\n\nС уважением,\nAda Larsen\nруководитель отдела', 'Please call me.'],
    ['not what comes after it', 'It works.\n\nBest regards\nAda Larsen\n\nP.S.: Invoice 4711 is missing.', 'It works.\n\nBest regards\nAda Larsen\n\nP.S.: Invoice 4711 is missing.'],
    ['not an address that is asked for', 'Please send it to\n\nAda Larsen\nHauptstr. 1\n10115 Berlin', 'Please send it to\n\nAda Larsen\nHauptstr. 1\n10115 Berlin'],
    ['not a colleague', 'Please ask:\n\nBob Miller\nTel: +44 20 7946 0001', 'Please ask:\n\nBob Miller\nTel: +44 20 7946 0001'],
    ['a footer behind strokes', 'Please call me.\n\n________________________________\nThis e-mail is confidential and intended solely for the addressee.', 'Please call me.'],
    ['not a good-bye with a name that may be anybody', 'Please call John.\n\nThanks,\nJohn', 'Please call John.\n\nThanks,\nJohn'],
  ])('%s', async (_what, text, reply) => {
    expect(await replyTo(text)).toBe(reply);
  });
});

describe('HTML mails of', () => {
  test.each([
    ['Gmail', '<div dir="ltr">Yes.<br></div><br><div class="gmail_quote"><div>On Mon, Mar 2, 2026 at 10:00 AM Help &lt;<a href="mailto:h@example.com">h@example.com</a>&gt; wrote:<br></div><blockquote class="gmail_quote">Did it help?</blockquote></div>'],
    ['Outlook', '<div class=WordSection1><p class=MsoNormal>Yes.</p><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p><b>From:</b> Help &lt;h@example.com&gt;<br><b>Sent:</b> Monday, March 2, 2026 10:00<br><b>To:</b> Ada<br><b>Subject:</b> Printer</p></div><p>Did it help?</p></div>'],
    ['Outlook on the web', '<div>Yes.</div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font><b>Von:</b> Help<br><b>Gesendet:</b> Montag, 2. März 2026<br><b>An:</b> Ada<br><b>Betreff:</b> Drucker</font></div><div>Did it help?</div>'],
    ['Apple Mail', '<html><body>Yes.<br><div><blockquote type="cite"><div>On 2 Mar 2026, at 10:00, Help &lt;h@example.com&gt; wrote:</div><br><div>Did it help?</div></blockquote></div></body></html>'],
    ['Thunderbird', '<p>Yes.</p><div class="moz-cite-prefix">Am 02.03.26 um 10:00 schrieb Help:<br></div><blockquote type="cite" cite="mid:x">Did it help?</blockquote>'],
    ['Yahoo', '<div>Yes.</div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>On Monday, March 2, 2026 at 10:00:00 AM GMT+1, Help &lt;h@example.com&gt; wrote:</div><div>Did it help?</div></div>'],
    ['Proton', '<div>Yes.</div><div class="protonmail_quote">On Monday, March 2nd, 2026 at 10:00, Help &lt;h@example.com&gt; wrote:<br><blockquote type="cite">Did it help?</blockquote></div>'],
    ['Outlook on the web in a language nobody taught us', '<div>Yes.</div><hr><div id="divRplyFwdMsg" dir="ltr"><b>Mula sa:</b> Help<br><b>Para kay:</b> Ada</div><div>Did it help?</div>'],
    ['Gmail with a signature', '<div dir="ltr">Yes.<div><br></div><div dir="ltr" class="gmail_signature">Zoe Other<br>Our motto</div></div><div class="gmail_quote">On Mon, Mar 2, 2026 at 10:00 AM Help &lt;h@example.com&gt; wrote:<blockquote>Did it help?</blockquote></div>'],
    ['Outlook with a signature', '<p>Yes.</p><div id="Signature"><p>Zoe Other</p><p>Our motto</p></div>'],
    ['Gmail with an indented line', '<div dir="ltr"><blockquote style="margin:0 0 0 40px;border:none;padding:0px">Yes.</blockquote></div><div class="gmail_quote">On Mon, Mar 2, 2026 at 10:00 AM Help &lt;h@example.com&gt; wrote:<blockquote style="margin:0 0 0 .8ex;border-left:1px #ccc solid">Did it help?</blockquote></div>'],
    ['163.com', '<div>Yes.</div><div id="isReplyContent"><div>Did it help?</div></div>'],
  ])('%s', async (_program, html) => {
    expect(await replyToHtml(html)).toBe('Yes.');
  });

  test("answers inside Gmail's own frame stay", async () => {
    const reply = await replyToHtml('<div>See below</div><div class="gmail_quote gmail_quote_container"><div class="gmail_attr">On Mon, Mar 2, 2026 at 10:00 AM Help &lt;h@example.com&gt; wrote:</div><blockquote class="gmail_quote">The model?</blockquote><div>HP 4200</div><blockquote class="gmail_quote">Since when?</blockquote><div>May</div></div>');
    expect(reply).toContain('HP 4200');
    expect(reply).toMatch(/May$/);
  });

  test('HTML becomes text in one pass', () => {
    expect(htmlToText('a<script>x<y</script>b <!-- > -->c<p title="1 > 2">d</p>&auml;&#x41;&nosuch;&lt;')).toBe('ab c\n\nd\n\näA&nosuch;<\n');
    expect(htmlToText('<pre>a\n  b</pre>1 < 2 and <3')).toBe('a\n  b\n\n1 < 2 and <3\n');
  });
});
