import { createReadStream } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { jsonLines, textIn } from '../json-lines';
import { createSearchIndex, type SearchIndex } from './search-index';

/** Where the command reads and writes. */
export interface SearchCommandInput {
  /** JSON lines {id, title, text, lang}. */
  docsPath: string;
  /** JSON lines {id, q, lang}. */
  stdin: Readable;
  /** Gets JSON lines {id, ranked: [document id, …]}, best first, in the order of the questions. */
  stdout: Writable;
  /** Gets a sentence for each line that could not be read. */
  stderr?: Writable;
}

const language = (value: unknown): { language: string } | Record<string, never> => (typeof value === 'string' && value ? { language: value } : {});

async function load({ docsPath, stderr }: SearchCommandInput): Promise<SearchIndex> {
  const index = createSearchIndex();
  for await (const row of jsonLines({ from: createReadStream(docsPath), name: docsPath, complaints: stderr })) {
    index.put({ id: String(row['id']), title: textIn(row['title']), body: textIn(row['text']), ...language(row['lang']) });
  }
  return index;
}

/** `trunkline knowledge search DOCS`: answers every question on stdin with the ten best documents. Answers the exit code. */
export async function runSearchCommand(input: SearchCommandInput): Promise<number> {
  const { stdin, stdout, stderr } = input;
  const index = await load(input);
  for await (const row of jsonLines({ from: stdin, name: 'the questions', complaints: stderr })) {
    const lang = language(row['lang']).language;
    const { hits } = index.search({ q: textIn(row['q']), passages: 0, ...(lang === undefined ? {} : { lang }) });
    const answer = `${JSON.stringify({ id: row['id'], ranked: hits.map((hit) => hit.id) })}\n`;
    if (!stdout.write(answer)) await new Promise((resolve) => stdout.once('drain', resolve));
  }
  return 0;
}
