import { PassThrough, Readable } from 'node:stream';
import { runParseCommand } from '../../../../server/channels/email/understand/parse-command';
import { HEAD, OFFICE } from './mails';

async function run(input: Buffer | string, batch: boolean): Promise<string> {
  const stdout = new PassThrough();
  const chunks: Buffer[] = [];
  stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  await runParseCommand({ batch, stdin: Readable.from([Buffer.from(input)]), stdout });
  return Buffer.concat(chunks).toString('utf8');
}

describe('trunkline mail parse', () => {
  test('one mail in, one JSON line out, files without their bytes', async () => {
    const output = await run(OFFICE.replace(/<p>/, '').replace('text/html', 'text/x-html'), false);
    expect(output.endsWith('}\n')).toBe(true);
    expect(output.trimEnd()).not.toContain('\n');
    const mail = JSON.parse(output) as { subject: string; attachments: object[] };
    expect(mail.subject).toBe('Printer');
    expect(mail.attachments[0]).not.toHaveProperty('content');
  });

  test('--batch answers every line by its id, also what is no request', async () => {
    const line = (id: string, raw: string): string => JSON.stringify({ id, raw: Buffer.from(raw).toString('base64') });
    const output = await run(`${line('a', `${HEAD}\none`)}\n\nnot json\n${line('b', '')}\n${line('c', `${HEAD}\nlast`)}`, true);
    const answers = output.trim().split('\n').map((text) => JSON.parse(text) as { id: string | null; result?: { text: string }; error?: string });
    expect(answers.map(({ id, result, error }) => [id, result?.text ?? typeof error]).sort()).toEqual([['a', 'one'], ['b', ''], ['c', 'last'], [null, 'string']].sort());
  });
});
