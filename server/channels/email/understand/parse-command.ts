import type { Readable, Writable } from 'node:stream';
import type { UnderstoodMail } from './types';
import { understandMail } from './understand-mail';

export interface ParseCommand {
  /** JSON lines `{id, raw: base64}` in and `{id, result}` or `{id, error}` out, instead of one raw mail. */
  batch: boolean;
  stdin: Readable;
  stdout: Writable;
}

/** The result as JSON: the files' bytes are left out, everything else is as the parser says it. */
function printable(mail: UnderstoodMail): object {
  return { ...mail, attachments: mail.attachments.map(({ content: _content, ...rest }) => rest) };
}

async function parseOne(raw: Buffer): Promise<object> {
  return printable(await understandMail(raw, { safeHtml: true }));
}

async function answer(line: string): Promise<string> {
  let id: unknown = null;
  try {
    const request = JSON.parse(line) as { id?: unknown; raw?: unknown };
    id = request.id ?? null;
    const result = await parseOne(Buffer.from(String(request.raw ?? ''), 'base64'));
    return JSON.stringify({ id, result });
  } catch (error) {
    return JSON.stringify({ id, error: error instanceof Error ? error.message : String(error) });
  }
}

function write(stdout: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

async function runBatch({ stdin, stdout }: ParseCommand): Promise<void> {
  let rest: Buffer[] = [];
  const pending = new Set<Promise<void>>();
  const start = (line: string): void => {
    const job: Promise<void> = answer(line).then((text) => write(stdout, `${text}\n`)).finally(() => pending.delete(job));
    pending.add(job);
  };
  for await (const chunk of stdin as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      const line = Buffer.concat([...rest, chunk.subarray(from, at)]).toString('utf8');
      rest = [];
      from = at + 1;
      if (line.trim() !== '') start(line);
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  const last = Buffer.concat(rest).toString('utf8');
  if (last.trim() !== '') start(last);
  await Promise.all(pending);
}

async function runSingle({ stdin, stdout }: ParseCommand): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin as AsyncIterable<Buffer>) chunks.push(chunk);
  await write(stdout, `${JSON.stringify(await parseOne(Buffer.concat(chunks)))}\n`);
}

/** `trunkline mail parse [--batch]`: raw mail in, JSON out, sanitised HTML included. */
export async function runParseCommand(command: ParseCommand): Promise<void> {
  await (command.batch ? runBatch(command) : runSingle(command));
}
