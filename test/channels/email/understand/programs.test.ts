// Answers as Gmail, Apple Mail, Thunderbird and Outlook write them in each language, with and without marks, wrapped as they wrap, and in HTML whose classes a server on the way took out.
import { replyTo, replyToHtml } from './mails';

const own = 'It works now.\n\nWhat about the second one?';
const who = 'Help Desk <help@example.com>';

const attributions: [string, string][] = [
  ['Gmail, English', `On Mon, Mar 2, 2026 at 10:00 AM ${who} wrote:`], ['Gmail, German', `Am Mo., 2. März 2026 um 10:00 Uhr schrieb ${who}:`], ['Gmail, French', `Le lun. 2 mars 2026 à 10:00, ${who} a écrit :`], ['Gmail, Spanish', 'El lun, 2 mar 2026 a las 10:00, Help Desk (<help@example.com>) escribió:'],
  ['Gmail, Italian', `Il giorno lun 2 mar 2026 alle ore 10:00 ${who} ha scritto:`], ['Gmail, Portuguese', `${who} escreveu (segunda, 2/03/2026 à(s) 10:00):`], ['Gmail, Brazilian', `Em seg., 2 de mar. de 2026 às 10:00, ${who} escreveu:`], ['Gmail, Dutch', `Op ma 2 mrt 2026 om 10:00 schreef ${who}:`], ['Gmail, Polish', `pon., 2 mar 2026 o 10:00 ${who} napisał(a):`],
  ['Gmail, Russian', `пн, 2 мар. 2026 г. в 10:00, ${who}:`], ['Gmail, Korean', `2026년 3월 2일 (월) 오전 10:00, ${who}님이 작성:`], ['Gmail, Japanese', `2026年3月2日(月) 10:00 ${who}:`], ['Gmail, Chinese', `${who} 于2026年3月2日周一 10:00写道：`], ['Gmail, Chinese of Taiwan', `${who} 於 2026年3月2日 週一 上午10:00寫道：`],
  ['Apple, English', `On 2 Mar 2026, at 10:00, ${who} wrote:`], ['Apple, German', `Am 02.03.2026 um 10:00 schrieb ${who}:`], ['Apple, French', `Le 2 mars 2026 à 10:00, ${who} a écrit :`], ['Apple, Spanish', `El 2 mar 2026, a las 10:00, ${who} escribió:`], ['Apple, Italian', `Il giorno 2 mar 2026, alle ore 10:00, ${who} ha scritto:`], ['Apple, Portuguese', `No dia 02/03/2026, às 10:00, ${who} escreveu:`],
  ['Apple, Dutch', `Op 2 mrt. 2026 om 10:00 heeft ${who} het volgende geschreven:`], ['Apple, Polish', `Wiadomość napisana przez ${who} w dniu 2 mar 2026, o godz. 10:00:`], ['Apple, Russian', `2 марта 2026 г., в 10:00, ${who} написал(а):`], ['Apple, Korean', `2026. 3. 2. 오전 10:00, ${who} 작성:`], ['Apple, Japanese', `2026/03/02 10:00、${who}のメール:`], ['Apple, Chinese', `2026年3月2日 10:00，${who} 写道：`],
  ['Thunderbird, English', 'On 3/2/26 10:00 AM, Help Desk wrote:'], ['Thunderbird, German', 'Am 02.03.26 um 10:00 schrieb Help Desk:'], ['Thunderbird, French', 'Le 02/03/2026 à 10:00, Help Desk a écrit :'], ['Thunderbird, Spanish', 'El 2/3/26 a las 10:00, Help Desk escribió:'], ['Thunderbird, Italian', 'Il 02/03/26 10:00, Help Desk ha scritto:'], ['Thunderbird, Portuguese', 'Em 02/03/2026 10:00, Help Desk escreveu:'],
  ['Thunderbird, Dutch', 'Op 02-03-2026 om 10:00 schreef Help Desk:'], ['Thunderbird, Polish', 'W dniu 2.03.2026 o 10:00, Help Desk pisze:'], ['Thunderbird, Russian', '02.03.2026 10:00, Help Desk пишет:'], ['Thunderbird, Korean', '2026-03-02 오전 10:00에 Help Desk 이(가) 쓴 글:'], ['Thunderbird, Chinese', '在 2026/3/2 10:00, Help Desk 写道:'],
  ['Yahoo, French', 'Le lundi 2 mars 2026 à 10:00:00 UTC+1, Help Desk <help@example.com> a écrit :'], ['Yahoo, Spanish', 'En lunes, 2 de marzo de 2026, 10:00:00 CET, Help Desk <help@example.com> escribió:'], ['Yandex', '02.03.2026, 10:00, "Help Desk" <help@example.com>:'], ['Mail.ru', 'Понедельник, 2 марта 2026, 10:00 +03:00 от Help Desk <help@example.com>:'], ['Naver', '-----Original Message-----\nFrom: "Help Desk" <help@example.com>\nTo: <ada@example.org>;\nSent: 2026-03-02 (월) 10:00:00 (GMT+09:00)\nSubject: Printer'],
  ['QQ', '------------------ 原始邮件 ------------------\n发件人: "Help Desk" <help@example.com>;\n发送时间: 2026年3月2日(星期一) 上午10:00\n收件人: "Ada"<ada@example.org>;\n主题: Printer'], ['NetEase', 'At 2026-03-02 10:00:00, "Help Desk" <help@example.com> wrote:'], ['NetEase, Chinese', '在 2026-03-02 10:00:00，"Help Desk" <help@example.com> 写道：'],
];

// As programs that send plain text do: lines of 76 characters.
const wrapped = (line: string): string => line.replace(/(.{1,50})(?: |$)/g, '$1\n').trimEnd();
const html = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/\n/g, '<br>');

describe('an answer above the quotation is all that is shown', () => {
  test.each(attributions)('%s', async (_program, line) => {
    const marked = 'Did it help?\n\nYours,\nthe help desk'.replace(/^/gm, '> ');
    expect(await replyTo(`${own}\n\n${line}\n\n${marked}\n`)).toBe(own);
    expect(await replyTo(`${own}\n\n${line.includes('\n') ? line : wrapped(line)}\n\n${marked}\n`)).toBe(own);
    expect(await replyTo(`${own}\n\n${line}\n\nDid it help?\n\nYours\n`)).toBe(own);
    expect(await replyToHtml(`<div>It works now.</div><div><br></div><div>What about the second one?</div><br><div><div>${html(line)}<br></div><blockquote>Did it help?</blockquote></div>`)).toBe(own);
  });
});

const blocks: [string, string[]][] = [
  ['English', ['From: Help Desk <help@example.com>', 'Sent: Monday, March 2, 2026 10:00 AM', 'To: Ada', 'Subject: Printer']], ['German', ['Von: Help Desk <help@example.com>', 'Gesendet: Montag, 2. März 2026 10:00', 'An: Ada', 'Cc: Bob', 'Betreff: Drucker']], ['French', ['De : Help Desk <help@example.com>', 'Envoyé : lundi 2 mars 2026 10:00', 'À : Ada', 'Objet : Imprimante']],
  ['Spanish', ['De: Help Desk <help@example.com>', 'Enviado el: lunes, 2 de marzo de 2026 10:00', 'Para: Ada', 'Asunto: Impresora']], ['Italian', ['Da: Help Desk <help@example.com>', 'Inviato: lunedì 2 marzo 2026 10:00', 'A: Ada', 'Oggetto: Stampante']], ['Portuguese', ['De: Help Desk <help@example.com>', 'Enviado: segunda-feira, 2 de março de 2026 10:00', 'Para: Ada', 'Assunto: Impressora']],
  ['Dutch', ['Van: Help Desk <help@example.com>', 'Verzonden: maandag 2 maart 2026 10:00', 'Aan: Ada', 'Onderwerp: Printer']], ['Polish', ['Od: Help Desk <help@example.com>', 'Wysłane: poniedziałek, 2 marca 2026 10:00', 'Do: Ada', 'DW: Bob', 'Temat: Drukarka']], ['Russian', ['От: Help Desk <help@example.com>', 'Отправлено: 2 марта 2026 г. 10:00', 'Кому: Ada', 'Тема: Принтер']],
  ['Korean', ['보낸 사람: Help Desk <help@example.com>', '보낸 날짜: 2026년 3월 2일 월요일 오전 10:00', '받는 사람: Ada', '제목: 프린터']], ['Japanese', ['差出人: Help Desk <help@example.com>', '送信日時: 2026年3月2日 10:00', '宛先: Ada', '件名: プリンター']], ['Chinese', ['发件人: Help Desk <help@example.com>', '发送时间: 2026年3月2日 10:00', '收件人: Ada', '主题: 打印机']], ['Chinese of Taiwan', ['寄件者: Help Desk <help@example.com>', '寄件日期: 2026年3月2日 10:00', '收件者: Ada', '主旨: 印表機']],
];

describe('Outlook\'s block of header lines ends the answer', () => {
  test.each(blocks)('%s', async (_language, lines) => {
    const bold = lines.map((line) => line.replace(/^([^:：]+[:：])/, '<b>$1</b>').replace('<help', '&lt;help').replace('com>', 'com&gt;')).join('<br>');
    expect(await replyTo(`${own}\n\n${lines.join('\n')}\n\nDid it help?\n`)).toBe(own);
    expect(await replyTo(`${own}\n\n${lines.map((line) => line.replace(/^([^:：]+[:：])/, '*$1*')).join('\n')}\n\nDid it help?\n`)).toBe(own);
    expect(await replyTo(`${own}\n\n${lines.map((line) => line.replace(':', '：')).join('\n')}\n\nDid it help?\n`)).toBe(own);
    expect(await replyToHtml(`<p>It works now.</p><p>What about the second one?</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p>${bold}</p></div></div><p>Did it help?</p>`)).toBe(own);
    expect(await replyToHtml(`<p>It works now.</p><p>What about the second one?</p><hr><p>${bold}</p><p>Did it help?</p>`)).toBe(own);
  });
});
