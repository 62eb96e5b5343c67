// Mails as customers write them, made from a number: nothing of them comes from outside.
const words = 'the order number came with delivery last week and box was open one of lamps does not work since then we tried another socket but light goes out after some minutes could you please tell me how to send it back or whether there is a spare part many thanks for your help'.split(' ');
const subjects = ['Lamp does not work', 'Question about my invoice', 'Where is my order', 'Change of address', 'Return of two items', 'Error 0x80070057 when installing'];

/** What a mail looks like. */
export const mailKinds = ['plain', 'quoting', 'html', 'newsletter', 'attachment'] as const;
export type MailKind = (typeof mailKinds)[number];

/** A mail ready for DATA. */
export interface MadeMail {
  from: string;
  messageId: string;
  raw: string;
}

function prose(seed: number, length: number): string {
  let text = '';
  for (let i = seed; text.length < length; i += 1) text += `${words[(i * 7 + seed * 13) % words.length] ?? ''}${i % 11 === 10 ? '.\r\n' : ' '}`;
  return text.trimEnd();
}

const quoted = (text: string): string => text.split('\r\n').map((line) => `> ${line}`).join('\r\n');
const paragraphs = (text: string): string => text.split('\r\n').map((line) => `<p style="margin:0 0 8px">${line}</p>`).join('\r\n');

function bodyOf(kind: MailKind, n: number): { type: string; body: string } {
  const boundary = `=_bench_${n}`;
  const part = (type: string, text: string): string => `--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${text}\r\n`;
  const html = `<html><head><style>p{color:#222}</style></head><body>${paragraphs(prose(n, 900))}<img src="https://example.com/x.png" width="1"><div class="gmail_quote">On Mon, Nov 16, 2026 at 9:12 AM Support wrote:<blockquote>${paragraphs(prose(n + 5, 500))}</blockquote></div></body></html>`;
  switch (kind) {
    case 'plain': return { type: 'text/plain; charset=utf-8', body: prose(n, 900) };
    case 'quoting': return { type: 'text/plain; charset=utf-8', body: `${prose(n, 400)}\r\n\r\nOn Mon, Nov 16, 2026 at 9:12 AM Support <support@example.com> wrote:\r\n${quoted(prose(n + 5, 700))}\r\n` };
    case 'html': return { type: `multipart/alternative; boundary="${boundary}"`, body: `${part('text/plain', prose(n, 900))}${part('text/html', html)}--${boundary}--\r\n` };
    case 'newsletter': return { type: 'text/html; charset=utf-8', body: `<table width="600"><tr><td>${paragraphs(prose(n, 6000))}</td></tr></table>` };
    case 'attachment': return { type: `multipart/mixed; boundary="${boundary}"`, body: `${part('text/plain', prose(n, 500))}--${boundary}\r\nContent-Type: application/pdf; name="order-${n}.pdf"\r\nContent-Disposition: attachment; filename="order-${n}.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(prose(n, 9000)).toString('base64').replace(/.{76}/g, '$&\r\n')}\r\n--${boundary}--\r\n` };
  }
}

/** The mail of a number; every second one is from somebody who never wrote before. Plain ones have 1.4 KB. */
export function makeMail(kind: MailKind, n: number): MadeMail {
  const customer = n % 2 === 0 ? `c${n}` : `regular${n % 200}`;
  const from = `${customer}@customers.example`;
  const messageId = `bench-${kind}-${n}@mail.customers.example`;
  const { type, body } = bodyOf(kind, n);
  const head = [
    `Return-Path: <${from}>`, `Received: from mail.customers.example (mail.customers.example [192.0.2.${n % 250}]) by mx.example (Postfix) with ESMTPS id ${n.toString(16).padStart(10, '0')}`, '\tfor <support@demo.trunkline.localhost>; Tue, 17 Nov 2026 10:00:00 +0000 (UTC)',
    `From: "Customer ${customer}" <${from}>`, 'To: Demo Support <support@demo.trunkline.localhost>', `Subject: ${subjects[n % subjects.length] ?? ''} ${n}`, 'Date: Tue, 17 Nov 2026 10:00:00 +0000', `Message-ID: <${messageId}>`,
    'MIME-Version: 1.0', `Content-Type: ${type}`, 'Content-Transfer-Encoding: 8bit', 'X-Mailer: Bench 1.0',
  ];
  return { from, messageId, raw: `${head.join('\r\n')}\r\n\r\n${body}` };
}
