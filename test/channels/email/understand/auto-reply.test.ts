import { plain } from './mails';

const from = (name: string, lines: string): string => `From: ${name}\nTo: help@example.com\n${lines}\n`;

describe('answers written by programs are marked', () => {
  test.each<[string, string]>([
    ['RFC 3834', 'Auto-Submitted: auto-replied\nSubject: Printer'], ['RFC 3834 with a parameter', 'Auto-Submitted: auto-replied (vacation)\nSubject: Printer'],
    ['X-Autoreply', 'X-Autoreply: yes\nSubject: Printer'], ['X-Autorespond', 'X-Autorespond: Printer\nSubject: Printer'], ['Precedence', 'Precedence: auto_reply\nSubject: x'],
    ['a read receipt', 'Content-Type: multipart/report; report-type=disposition-notification\nSubject: Read: Printer'],
    ...['Automatic reply: Printer', 'Out of Office: Printer', 'Re: Out of office', 'Auto: Printer', 'Automatische Antwort: Drucker', 'Abwesenheitsnotiz', 'Réponse automatique : Imprimante', 'Respuesta automática: Impresora', 'Risposta automatica: Stampante', 'Resposta automática: Impressora', 'Automatisch antwoord: Printer', 'Autoodpowiedź: Drukarka', 'Автоматический ответ: Принтер', '자동 응답: 프린터', '自動応答: プリンター', '自动回复: 打印机'].map((subject) => [subject, `Subject: ${subject}`] as [string, string]),
  ])('%s', async (_what, lines) => {
    expect((await plain('I am away.', from('bob@example.org', lines))).autoReply).toBe(true);
  });

  test.each([
    ['a question about them', 'Subject: Out of office message does not work?'], ['an explicit no', 'Auto-Submitted: no\nSubject: Printer'], ['a notification', 'Auto-Submitted: auto-generated\nSubject: Invoice 7'], ['a newsletter', 'Precedence: bulk\nSubject: News'],
    ['a mail about holidays', 'Subject: My vacations and the printer?'],
  ])('but not %s', async (_what, lines) => {
    expect((await plain('Hello', from('bob@example.org', lines))).autoReply).toBe(false);
  });
});
