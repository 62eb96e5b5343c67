import { calibrate, confidenceOf, judgeText, UNTESTED, type Calibration, type Trial } from './calibration';
import { labelNames } from './label-names';
import { mixInto, trainMargins } from './margins';
import { Model } from './model';
import { nonsense } from './nonsense';
import { train, type Linear, type Rows, type Schedule } from './softmax';
import { OUT_OF_SCOPE, type Classifier, type LabelledText, type Measured, type MeaningClassifier, type TextVectors, type TrainOptions } from './types';
import { Vectorizer, withMeaning } from './vectorizer';

const EPOCHS = 12;
/** Every fifth row of a label is kept out for calibration; one label in seven is kept out altogether, to see what unknown topics look like. */
const KEPT_OUT = 5;
const UNKNOWN = 7;
const FEWEST_TRIALS = 20;
const THRESHOLDS = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95];
const SLICE_MS = 10;
const BATCH = 32;

interface Row extends LabelledText {
  meaning?: Float32Array;
}

/** Trains in one go; blocks while it does (some 10-20 s for 10,000 rows and 77 labels). Use trainInBackground in a server. */
export function trainClassifier(rows: readonly LabelledText[], options: TrainOptions = {}): Classifier {
  const work = steps(rows, options);
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** The same, in slices of a few milliseconds, so that a server goes on answering meanwhile. */
export async function trainInBackground(rows: readonly LabelledText[], options: TrainOptions = {}): Promise<Classifier> {
  return slowly(steps(rows, options));
}

/** Trains on words and meaning together; pays off where a topic has few examples. Fails when the embedder does. */
export async function trainWithMeaning(rows: readonly LabelledText[], vectors: TextVectors, options: TrainOptions = {}): Promise<MeaningClassifier> {
  const joined: Row[] = [];
  for (let i = 0; i < rows.length; i += BATCH) {
    const batch = rows.slice(i, i + BATCH);
    const meanings = await vectors.embed(batch.map((row) => row.text));
    batch.forEach((row, k) => joined.push({ ...row, meaning: meanings[k] ?? new Float32Array(0) }));
  }
  const model = await slowly(steps(joined, options));
  return {
    labels: model.labels,
    measured: model.measured,
    classify: async (text) => model.classify(text, (await vectors.embed([text]))[0]),
  };
}

async function slowly(work: Generator<void, Model>): Promise<Model> {
  for (;;) {
    const until = performance.now() + SLICE_MS;
    while (performance.now() < until) {
      const { done, value } = work.next();
      if (done) return value;
    }
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

function* steps(rows: readonly Row[], options: TrainOptions): Generator<void, Model> {
  const usable = rows.filter((row) => row.text.trim() !== '');
  const labels = labelsOf(usable);
  if (labels.length === 0) throw new Error('A classifier needs at least one row with a label');
  const schedule = { epochs: options.epochs ?? EPOCHS, seed: options.seed ?? 1 };
  const { calibration, measured } = yield* rehearse(usable, schedule);
  return new Model({ labels, ...(yield* fit(usable, labels, schedule)), calibration, measured });
}

const labelsOf = (rows: readonly Row[]): string[] => [...new Set(rows.map((row) => row.label))].filter((label) => label !== OUT_OF_SCOPE);

interface Fitted {
  vectorizer: Vectorizer;
  linear: Linear;
}

function* fit(rows: readonly Row[], labels: readonly string[], schedule: Schedule): Generator<void, Fitted> {
  const numbers = new Map(labels.map((label, i) => [label, i]));
  const dimensions = rows[0]?.meaning?.length ?? 0;
  const names = dimensions > 0 ? [] : labelNames(labels);
  const all: readonly Row[] = dimensions > 0 ? rows : [...rows, ...names, ...nonsense(rows, schedule.seed)];
  const vectorizer = Vectorizer.learn([...rows, ...names]);
  yield;
  const table: Rows = {
    vectors: all.map(({ text, meaning }) => (meaning ? withMeaning(vectorizer.vector(text), meaning, vectorizer.size) : vectorizer.vector(text))),
    targets: Int32Array.from(all, (row) => numbers.get(row.label) ?? -1),
    labels: labels.length,
    features: vectorizer.size + dimensions,
  };
  yield;
  const linear = yield* train(table, schedule);
  mixInto(linear, yield* trainMargins(table, schedule.seed));
  return { vectorizer, linear };
}

interface Rehearsed {
  calibration: Calibration;
  measured: Measured | undefined;
}

/** Trains once without the rows kept out and looks how it does on them: calibration and honest figures come from here. */
function* rehearse(rows: readonly Row[], schedule: Schedule): Generator<void, Rehearsed> {
  const { learnt, tried, labels } = split(rows);
  const numbers = new Map(labels.map((label, i) => [label, i]));
  if (tried.filter((row) => numbers.has(row.label)).length < FEWEST_TRIALS) return { calibration: UNTESTED, measured: undefined };
  const { vectorizer, linear } = yield* fit(learnt, labels, schedule);
  const trials: Trial[] = [];
  let right = 0;
  let three = 0;
  for (const { text, meaning, label } of tried) {
    const vector = vectorizer.vector(text);
    const { order, signs } = judgeText(linear, meaning ? withMeaning(vector, meaning, vectorizer.size) : vector);
    const place = order.indexOf(numbers.get(label) ?? -1);
    trials.push({ signs, right: place === 0, inScope: place >= 0 });
    if (place === 0) right += 1;
    if (place >= 0 && place < 3) three += 1;
    yield;
  }
  const count = trials.filter((trial) => trial.inScope).length;
  const calibration = calibrate(trials);
  return { calibration, measured: { rows: count, accuracy: right / count, bestThree: three / count, from: thresholds(trials, calibration) } };
}

// Rows of unknown topics count as well: deciding one of them is a mistake.
function thresholds(trials: readonly Trial[], calibration: Calibration): Measured['from'] {
  const judged = trials.map((trial) => ({ confidence: confidenceOf(calibration, trial.signs), right: trial.right }));
  return THRESHOLDS.map((confidence) => {
    const decided = judged.filter((each) => each.confidence >= confidence);
    return { confidence, decided: decided.length / judged.length, right: decided.length === 0 ? 1 : decided.filter((each) => each.right).length / decided.length };
  });
}

interface Split {
  learnt: Row[];
  tried: Row[];
  labels: string[];
}

function split(rows: readonly Row[]): Split {
  const all = labelsOf(rows);
  const labels = all.length < 2 * UNKNOWN ? all : all.filter((_, i) => i % UNKNOWN !== UNKNOWN - 1);
  const known = new Set([...labels, OUT_OF_SCOPE]);
  const counts = new Map<string, number>();
  const learnt: Row[] = [];
  const tried: Row[] = [];
  for (const row of rows) {
    const count = counts.get(row.label) ?? 0;
    counts.set(row.label, count + 1);
    if (count % KEPT_OUT === KEPT_OUT - 1) tried.push(row);
    else if (known.has(row.label)) learnt.push(row);
  }
  return { learnt, tried, labels };
}
