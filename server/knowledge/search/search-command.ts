import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { createSearchIndex, type SearchIndex } from './search-index';

/** Where the command reads and writes. */
export interface SearchCommandInput {
  /** JSON lines {id, title, text, lang}. */
  docsPath: string;
  /** JSON lines {id, q, lang}. */
  stdin: Readable;
  /** Gets JSON lines {id, ranked: [document id, …]}, best first, in the order of the questions. */
  stdout: Writable;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const language = (value: unknown): { language: string } | Record<string, never> => (typeof value === 'string' && value ? { language: value } : {});

async function load(path: string): Promise<SearchIndex> {
  const index = createSearchIndex();
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    if (!line.trim()) continue;
    const row = JSON.parse(line) as Record<string, unknown>;
    index.put({ id: String(row['id']), title: text(row['title']), body: text(row['text']), ...language(row['lang']) });
  }
  return index;
}

/** `trunkline knowledge search DOCS`: answers every question on stdin with the ten best documents. Answers the exit code. */
export async function runSearchCommand({ docsPath, stdin, stdout }: SearchCommandInput): Promise<number> {
  const index = await load(docsPath);
  for await (const line of createInterface({ input: stdin, crlfDelay: Infinity })) {
    if (!line.trim()) continue;
    const row = JSON.parse(line) as Record<string, unknown>;
    const lang = language(row['lang']).language;
    const { hits } = index.search({ q: text(row['q']), passages: 0, ...(lang === undefined ? {} : { lang }) });
    const answer = `${JSON.stringify({ id: row['id'], ranked: hits.map((hit) => hit.id) })}\n`;
    if (!stdout.write(answer)) await new Promise((resolve) => stdout.once('drain', resolve));
  }
  return 0;
}
