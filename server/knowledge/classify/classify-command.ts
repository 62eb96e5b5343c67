import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { trainClassifier, trainWithMeaning } from './train-classifier';
import type { LabelledText, TextVectors } from './types';

/** Where the command reads and writes. */
export interface ClassifyCommandInput {
  /** JSON lines {text, label}; the label 'oos' may occur. */
  trainPath: string;
  /** JSON lines {id, text}. */
  stdin: Readable;
  /** Gets JSON lines {id, label, confidence, top: [label, …]}. */
  stdout: Writable;
  /** Reads meaning as well as words when given. */
  vectors?: TextVectors;
}

const parse = (line: string): Record<string, unknown> => JSON.parse(line) as Record<string, unknown>;

async function load(path: string): Promise<LabelledText[]> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line.trim());
  return lines.map(parse).map((row) => ({ text: String(row['text'] ?? ''), label: String(row['label'] ?? '') }));
}

/** `trunkline knowledge classify --train FILE`: trains, then answers every text on stdin. Answers the exit code. */
export async function runClassifyCommand({ trainPath, stdin, stdout, vectors }: ClassifyCommandInput): Promise<number> {
  const rows = await load(trainPath);
  const classifier = vectors ? await trainWithMeaning(rows, vectors) : trainClassifier(rows);
  for await (const line of createInterface({ input: stdin, crlfDelay: Infinity })) {
    if (!line.trim()) continue;
    const row = parse(line);
    const { label, confidence, top } = await classifier.classify(String(row['text'] ?? ''));
    const answer = `${JSON.stringify({ id: row['id'], label, confidence, top: top.map((entry) => entry.label) })}\n`;
    if (!stdout.write(answer)) await new Promise((resolve) => stdout.once('drain', resolve));
  }
  return 0;
}
