// Mails written for these tests: small, made of the parts real mail programs use.
import { understandMail } from '../../../../server/channels/email/understand';
import type { UnderstoodMail } from '../../../../server/channels/email/understand';

export const HEAD = 'From: Ada Larsen <ada@example.org>\r\nTo: help@example.com\r\nSubject: Printer\r\nMessage-ID: <m1@example.org>\r\nDate: Mon, 02 Mar 2026 10:00:00 +0100\r\n';

export function read(mail: string | Buffer, encoding: BufferEncoding = 'utf8'): Promise<UnderstoodMail> {
  return understandMail(typeof mail === 'string' ? Buffer.from(mail, encoding) : mail);
}

export function plain(text: string, head = HEAD): Promise<UnderstoodMail> {
  return read(`${head}Content-Type: text/plain; charset=utf-8\r\n\r\n${text}`);
}

export async function replyTo(text: string): Promise<string> {
  return (await plain(text)).replyText.trim();
}

export async function replyToHtml(html: string): Promise<string> {
  const mail = await read(`${HEAD}Content-Type: text/html; charset=utf-8\r\n\r\n${html}`);
  return mail.replyText.trim();
}

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Mixed, related and alternative, a picture and a file: what an office mail program sends. */
export const OFFICE = `${HEAD}MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="outer"

--outer
Content-Type: multipart/related; boundary="rel"

--rel
Content-Type: multipart/alternative; boundary="alt"

--alt
Content-Type: text/plain; charset="iso-8859-1"
Content-Transfer-Encoding: quoted-printable

Gr=FC=DFe aus K=F6ln, der Drucker=
 druckt nicht.
--alt
Content-Type: text/html; charset="iso-8859-1"
Content-Transfer-Encoding: quoted-printable

<p>Gr=FC=DFe aus K=F6ln, der Drucker druckt nicht. <img src=3D"cid:pic@1"></p>
--alt--
--rel
Content-Type: image/png; name="pic.png"
Content-Transfer-Encoding: base64
Content-ID: <pic@1>
Content-Disposition: inline; filename="pic.png"

${PNG}
--rel--
--outer
Content-Type: text/plain; name="log.txt"
Content-Disposition: attachment; filename*0*=utf-8''fehler%20pr; filename*1*=otokoll%C3%A4.txt

line 1
--outer--
`;

/** A delivery report as Postfix writes it. */
export function dsn(address: string, [status, diagnostic]: [string, string], action = 'failed'): string {
  return `From: MAILER-DAEMON@mx.example.com (Mail Delivery System)
To: help@example.com
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="b/mx"
MIME-Version: 1.0

--b/mx
Content-Type: text/plain

This is the mail system at host mx.example.com.
<${address}>: ${diagnostic}
--b/mx
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; ${address}
Action: ${action}
Status: ${status}
Diagnostic-Code: smtp; ${diagnostic}
--b/mx
Content-Type: message/rfc822

From: help@example.com
To: ${address}
Message-ID: <sent-7@example.com>
Subject: Your printer

Hello
--b/mx--
`;
}
