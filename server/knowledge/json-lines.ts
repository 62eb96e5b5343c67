import type { Readable, Writable } from 'node:stream';

/** Where lines come from, what they are called when one is bad, and where that is said. */
export interface JsonLines {
  from: Readable;
  name: string;
  complaints: Writable | undefined;
}

/** The lines of a stream, cut at line ends only: other separators may stand inside JSON. */
async function* linesOf(from: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  let rest: string[] = [];
  const cut = (text: string): string[] => {
    const lines = text.split('\n');
    if (lines.length > 1) lines[0] = rest.splice(0).join('') + (lines[0] ?? '');
    rest.push(lines.pop() ?? '');
    return lines;
  };
  for await (const chunk of from) yield* cut(typeof chunk === 'string' ? chunk : decoder.decode(chunk as Buffer, { stream: true }));
  yield* cut(decoder.decode());
  yield rest.join('');
}

/** The objects of a stream of JSON lines. A line that holds none is named and left out; the others count. */
export async function* jsonLines({ from, name, complaints }: JsonLines): AsyncGenerator<Record<string, unknown>> {
  let number = 0;
  for await (const line of linesOf(from)) {
    number += 1;
    const text = line.replace(/^\uFEFF/, '').trim();
    if (text === '') continue;
    const row = objectIn(text);
    if (row) yield row;
    else complaints?.write(`Line ${number} of ${name} is not a JSON object and was left out.\n`);
  }
}

function objectIn(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** Text of a field; a number is written out, anything else is empty. */
export const textIn = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '');
