import { plain } from './mails';

const from = (name: string, lines: string): string => `From: ${name}\nTo: help@example.com\n${lines}\n`;

describe('answers written by programs are marked', () => {
  test.each<[string, string]>([
    ['RFC 3834', 'Auto-Submitted: auto-replied\nSubject: Printer'], ['RFC 3834 with a parameter', 'Auto-Submitted: auto-replied (vacation)\nSubject: Printer'],
    ['X-Autoreply', 'X-Autoreply: yes\nSubject: Printer'], ['X-Autorespond', 'X-Autorespond: Printer\nSubject: Printer'], ['Precedence', 'Precedence: auto_reply\nSubject: x'], ['FirstClass', 'X-FC-MachineGenerated: true\nSubject: Printer'], ['a word people use, where it answers', 'In-Reply-To: <sent@example.com>\nSubject: Auto: Printer'],
    ['a read receipt', 'Content-Type: multipart/report; report-type=disposition-notification\nSubject: Read: Printer'],
    ...['Automatic reply: Printer', 'Out of Office: Printer', 'Re: Out of office', 'Bob Miller is out of the office (returning 9/3/2026)', 'OOO Re: Printer', '[Auto-Reply] Printer', 'Printer - automatic reply', 'Bob ist außer Haus', 'Urlaub Re: Drucker', 'En congés : Imprimante', 'Estoy de vacaciones', 'Autorespuesta: Impresora', 'Sono in ferie', 'Mensagem automática: Impressora', 'Niet op kantoor: Printer', 'Jestem na urlopie', 'Нет на рабочем месте: Принтер', '자동 회신: 프린터', '[부재중] Re: 프린터', '【自動返信】プリンター', '休暇中: プリンター', '【自动回复】打印机', 'Re: 打印机 自动回复', 'Automatische Antwort: Drucker', 'Abwesenheitsnotiz', 'Réponse automatique : Imprimante', 'Respuesta automática: Impresora', 'Risposta automatica: Stampante', 'Resposta automática: Impressora', 'Automatisch antwoord: Printer', 'Autoodpowiedź: Drukarka', 'Автоматический ответ: Принтер', '자동 응답: 프린터', '自動応答: プリンター', '自动回复: 打印机'].map((subject) => [subject, `Subject: ${subject}`] as [string, string]),
  ])('%s', async (_what, lines) => {
    expect((await plain('I am away.', from('bob@example.org', lines))).autoReply).toBe(true);
  });

  test.each([
    ['a question about them', 'Subject: Out of office message does not work?'], ['an explicit no', 'Auto-Submitted: no\nSubject: Printer'], ['a notification', 'Auto-Submitted: auto-generated\nSubject: Invoice 7'], ['a newsletter', 'Precedence: bulk\nSubject: News'],
    ['a mail about holidays', 'Subject: My vacations and the printer?'],
    ...['Auto: my car does not start', 'Vacation rental booking 4711', 'Urlaub 2026: Buchungsanfrage', 'Urlaubsantrag lässt sich nicht öffnen', 'Automatische Antwort geht nicht', 'Out of office supplies, please order', 'Server ist nicht erreichbar', 'Le son est absent', 'Férias: pedido recusado', '自動返信が届きません', '不在票が届きました', '自动回复怎么设置'].map((subject) => [subject, `Subject: ${subject}`] as [string, string]),
  ])('but not %s', async (_what, lines) => {
    expect((await plain('Hello', from('bob@example.org', lines))).autoReply).toBe(false);
  });
});
