import { createReadStream } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { jsonLines, textIn } from '../json-lines';
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
  /** Gets a sentence for each line that could not be read. */
  stderr?: Writable;
  /** Reads meaning as well as words when given. */
  vectors?: TextVectors;
}

async function load({ trainPath, stderr }: ClassifyCommandInput): Promise<LabelledText[]> {
  const rows: LabelledText[] = [];
  for await (const row of jsonLines({ from: createReadStream(trainPath), name: trainPath, complaints: stderr })) {
    const label = textIn(row['label']);
    if (label !== '') rows.push({ text: textIn(row['text']), label });
  }
  return rows;
}

/** `trunkline knowledge classify --train FILE`: trains, then answers every text on stdin. Answers the exit code. */
export async function runClassifyCommand(input: ClassifyCommandInput): Promise<number> {
  const { stdin, stdout, stderr, vectors } = input;
  const rows = await load(input);
  const classifier = vectors ? await trainWithMeaning(rows, vectors) : trainClassifier(rows);
  for await (const row of jsonLines({ from: stdin, name: 'the texts', complaints: stderr })) {
    const { label, confidence, top } = await classifier.classify(textIn(row['text']));
    const answer = `${JSON.stringify({ id: row['id'], label, confidence, top: top.map((entry) => entry.label) })}\n`;
    if (!stdout.write(answer)) await new Promise((resolve) => stdout.once('drain', resolve));
  }
  return 0;
}
